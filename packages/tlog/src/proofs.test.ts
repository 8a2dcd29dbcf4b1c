import { describe, expect, test } from 'vitest';
import { flip, leavesTo, manyRefusals, readerOf, sha256 } from '../test/kit.ts';
import { equalBytes } from './bytes.ts';
import { proveConsistency, verifyConsistency } from './consistency.ts';
import { TlogError } from './errors.ts';
import { append, emptyFrontier, rootOf } from './frontier.ts';
import { type Hash, hashLength, treeRoot } from './hash.ts';
import { proveInclusion, verifyInclusion } from './inclusion.ts';

/** Every size up to this, every leaf, every older size. */
const most = 220;
/** Up to here every hash of every proof is turned over in one bit and must be refused. */
const flipped = 90;

const leaves = leavesTo(most);
const read = readerOf(leaves);
const roots: Hash[] = [];
let frontier = emptyFrontier;
for (let size = 0; size <= most; size += 1) {
  roots.push(rootOf(sha256, frontier));
  frontier = append(sha256, frontier, leaves.slice(size, size + 1));
}
const rootAt = (size: number) => roots[size] ?? new Uint8Array();
const leafAt = (index: number) => leaves[index] ?? new Uint8Array();

manyRefusals();

/** Whether a check refuses, and with a refusal of this package: anything else is thrown on. */
function refused(check: () => void): boolean {
  try {
    check();
    return false;
  } catch (error) {
    if (error instanceof TlogError) return true;
    throw error;
  }
}

test('the frontier has the root of the definition at every size', () => {
  for (let size = 0; size <= most; size += 1)
    expect(equalBytes(rootAt(size), treeRoot(sha256, leaves.slice(0, size))), `size ${size}`).toBe(true);
});

test(`in every tree up to ${most}, every leaf's proof holds, and for no other leaf`, () => {
  for (let size = 1; size <= most; size += 1)
    for (let index = 0; index < size; index += 1) {
      const proof = proveInclusion(sha256, index, size, read);
      const claim = { index, size, leaf: leafAt(index), root: rootAt(size), proof };
      verifyInclusion(sha256, claim);
      const next = (index + 1) % size;
      const others = [
        { ...claim, leaf: leafAt(next) },
        { ...claim, index: next },
        { ...claim, root: rootAt(size - 1) },
      ];
      if (size > 1 && !others.every((other) => refused(() => verifyInclusion(sha256, other))))
        throw new Error(`${index} of ${size}: the proof of another holds`);
    }
});

test(`in every tree up to ${flipped}, a bit turned over in any hash of an inclusion proof is refused`, () => {
  let turned = 0;
  for (let size = 1; size <= flipped; size += 1)
    for (let index = 0; index < size; index += 1) {
      const proof = proveInclusion(sha256, index, size, read);
      const claim = { index, size, leaf: leafAt(index), root: rootAt(size), proof };
      for (const [at, hash] of proof.entries()) {
        turned += 1;
        const wrong = { ...claim, proof: proof.with(at, flip(hash, turned % (hashLength * 8))) };
        if (!refused(() => verifyInclusion(sha256, wrong)))
          throw new Error(`${index} of ${size}, hash ${at}`);
      }
    }
  expect(turned).toBeGreaterThan(20_000);
});

test(`from every older size to every size up to ${most}, the proof holds`, () => {
  for (let newer = 1; newer <= most; newer += 1)
    for (let older = 1; older <= newer; older += 1) {
      const proof = proveConsistency(sha256, older, newer, read);
      const claim = {
        olderSize: older,
        olderRoot: rootAt(older),
        newerSize: newer,
        newerRoot: rootAt(newer),
        proof,
      };
      verifyConsistency(sha256, claim);
      const others = [
        { ...claim, olderRoot: rootAt(older - 1) },
        { ...claim, newerRoot: rootAt(newer - 1) },
        { ...claim, proof: [...proof, rootAt(0)] },
        ...(proof.length > 0
          ? [
              { ...claim, proof: proof.slice(1) },
              { ...claim, proof: proof.slice(0, -1) },
            ]
          : []),
      ];
      if (!others.every((other) => refused(() => verifyConsistency(sha256, other))))
        throw new Error(`${older} to ${newer}: another proof holds`);
    }
});

test(`up to ${flipped}, a bit turned over in any hash of a consistency proof is refused`, () => {
  let turned = 0;
  for (let newer = 1; newer <= flipped; newer += 1)
    for (let older = 1; older <= newer; older += 1) {
      const proof = proveConsistency(sha256, older, newer, read);
      const claim = {
        olderSize: older,
        olderRoot: rootAt(older),
        newerSize: newer,
        newerRoot: rootAt(newer),
        proof,
      };
      for (const [at, hash] of proof.entries()) {
        turned += 1;
        const wrong = { ...claim, proof: proof.with(at, flip(hash, turned % (hashLength * 8))) };
        if (!refused(() => verifyConsistency(sha256, wrong)))
          throw new Error(`${older} to ${newer}, hash ${at}`);
      }
    }
  expect(turned).toBeGreaterThan(20_000);
});

describe('what is refused says why and where', () => {
  const claim = {
    index: 5,
    size: 8,
    leaf: leafAt(5),
    root: rootAt(8),
    proof: proveInclusion(sha256, 5, 8, read),
  };
  const short = new Uint8Array(31);
  test.each([
    ['an index at the size', { index: 8 }, 'range', 'index'],
    ['an index below zero', { index: -1 }, 'number', 'index'],
    ['half an index', { index: 0.5 }, 'number', 'index'],
    ['an index that is no number', { index: Number.NaN }, 'number', 'index'],
    ['a size beyond 2^53 - 1', { size: 2 ** 53 }, 'number', 'end'],
    ['no entries at all', { size: 0 }, 'range', 'index'],
    ['a proof that is too long', { proof: [...claim.proof, rootAt(1)] }, 'proof-length', 'proof'],
    ['a proof that is too short', { proof: claim.proof.slice(1) }, 'proof-length', 'proof'],
    ['a hash of 31 bytes', { proof: claim.proof.with(1, short) }, 'hash', 'proof[1]'],
    ['a leaf of 31 bytes', { leaf: short }, 'hash', 'leaf'],
    ['a root of 31 bytes', { root: short }, 'root-differs', 'inclusion of 5'],
    ['another root', { root: rootAt(7) }, 'root-differs', 'inclusion of 5'],
  ])('inclusion: %s', (_, change, code, at) => {
    expect(() => verifyInclusion(sha256, { ...claim, ...change })).toThrow(
      expect.objectContaining({ code, at }),
    );
  });

  const growth = {
    olderSize: 3,
    olderRoot: rootAt(3),
    newerSize: 7,
    newerRoot: rootAt(7),
    proof: proveConsistency(sha256, 3, 7, read),
  };
  test.each([
    ['an older size of 0', { olderSize: 0, proof: [] }, 'range', 'older size'],
    ['an older size above the newer', { olderSize: 8 }, 'range', 'end'],
    ['a negative size', { newerSize: -7 }, 'number', 'size'],
    ['a hash of 31 bytes', { proof: growth.proof.with(0, short) }, 'hash', 'proof[0]'],
    ['another older root', { olderRoot: rootAt(4) }, 'root-differs', 'consistency at 3'],
    ['another newer root', { newerRoot: rootAt(4) }, 'root-differs', 'consistency up to 7'],
  ])('consistency: %s', (_, change, code, at) => {
    expect(() => verifyConsistency(sha256, { ...growth, ...change })).toThrow(
      expect.objectContaining({ code, at }),
    );
  });

  test('making a proof refuses what verifying it would', () => {
    expect(() => proveInclusion(sha256, 8, 8, read)).toThrow(TlogError);
    expect(() => proveInclusion(sha256, -1, 8, read)).toThrow(TlogError);
    expect(() => proveConsistency(sha256, 9, 8, read)).toThrow(TlogError);
    expect(() => proveConsistency(sha256, 1, 1.5, read)).toThrow(TlogError);
  });
});

test('proofs of the sizes that RFC 6962 §2.1.3 draws', () => {
  const node = (level: number, index: number) => read(level, index);
  // Its tree of seven leaves: a proof for d0 is [b, h, l], for d3 [c, g, l], for d4 [f, j, k], for d6 [i, k].
  expect(proveInclusion(sha256, 0, 7, read)).toEqual([node(0, 1), node(1, 1), rootOfRange(4, 7)]);
  expect(proveInclusion(sha256, 3, 7, read)).toEqual([node(0, 2), node(1, 0), rootOfRange(4, 7)]);
  expect(proveInclusion(sha256, 4, 7, read)).toEqual([node(0, 5), node(0, 6), node(2, 0)]);
  expect(proveInclusion(sha256, 6, 7, read)).toEqual([node(1, 2), node(2, 0)]);
  // From three leaves [c, d, g, l], from four [l], from six [i, j, k].
  expect(proveConsistency(sha256, 3, 7, read)).toEqual([
    node(0, 2),
    node(0, 3),
    node(1, 0),
    rootOfRange(4, 7),
  ]);
  expect(proveConsistency(sha256, 4, 7, read)).toEqual([rootOfRange(4, 7)]);
  expect(proveConsistency(sha256, 6, 7, read)).toEqual([node(1, 2), node(0, 6), node(2, 0)]);
  expect(proveConsistency(sha256, 7, 7, read)).toEqual([]);
});

function rootOfRange(start: number, end: number): Hash {
  return treeRoot(sha256, leaves.slice(start, end));
}
