import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { manyRefusals, sha256 } from '../test/kit.ts';
import { verifyConsistency, verifySubtreeConsistency } from './consistency.ts';
import { TlogError } from './errors.ts';
import { verifyInclusion, verifySubtreeInclusion } from './inclusion.ts';

manyRefusals();

/** Samples lie beside the checkout: Apache-2.0 vectors of transparency-dev/merkle, good ones and mutated ones. */
const shared =
  process.env.THROUGHLINE_SHARED ?? fileURLToPath(new URL('../../../../shared', import.meta.url));
const folder = `${shared}/samples/tlog/merkle-vectors`;

type Vector = Readonly<Record<string, unknown>> & { readonly proof: readonly string[] | null };

const bytes = (value: unknown) => Uint8Array.from(Buffer.from(String(value), 'base64'));
const proofOf = ({ proof }: Vector) => (proof ?? []).map(bytes);

const checks: Readonly<Record<string, (vector: Vector) => void>> = {
  inclusion: (vector) =>
    verifyInclusion(sha256, {
      index: Number(vector.leafIdx),
      size: Number(vector.treeSize),
      leaf: bytes(vector.leafHash),
      root: bytes(vector.root),
      proof: proofOf(vector),
    }),
  consistency: (vector) =>
    verifyConsistency(sha256, {
      olderSize: Number(vector.size1),
      olderRoot: bytes(vector.root1),
      newerSize: Number(vector.size2),
      newerRoot: bytes(vector.root2),
      proof: proofOf(vector),
    }),
  subtreeinclusion: (vector) =>
    verifySubtreeInclusion(sha256, {
      index: Number(vector.leafIdx),
      start: Number(vector.start),
      end: Number(vector.end),
      leaf: bytes(vector.leafHash),
      root: bytes(vector.root),
      proof: proofOf(vector),
    }),
  subtreeconsistency: (vector) =>
    verifySubtreeConsistency(sha256, {
      start: Number(vector.start),
      end: Number(vector.end),
      subtreeRoot: bytes(vector.root1),
      size: Number(vector.size),
      root: bytes(vector.root2),
      proof: proofOf(vector),
    }),
};

const there = existsSync(folder);
if (!there)
  console.warn(`No vectors at ${folder}: set THROUGHLINE_SHARED to the directory that has samples/.`);

test.skipIf(!there).each([
  ['inclusion', 98, 6],
  ['consistency', 98, 6],
  ['subtreeinclusion', 204, 12],
  ['subtreeconsistency', 118, 12],
])('the vectors of %s: all %i, of which %i hold', (kind, count, holding) => {
  const files = globSync(`${folder}/${kind}/**/*.json`);
  const held: string[] = [];
  for (const file of files) {
    const vector: Vector & { wantErr: boolean } = JSON.parse(readFileSync(file, 'utf8'));
    const check = () => checks[kind]?.(vector);
    if (vector.wantErr) expect(check, file).toThrow(TlogError);
    else {
      expect(check, file).not.toThrow();
      held.push(file);
    }
  }
  expect([files.length, held.length]).toEqual([count, holding]);
});
