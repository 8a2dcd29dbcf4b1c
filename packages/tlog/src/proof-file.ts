import { fromBase64, toBase64 } from './base64.ts';
import { fromUtf8, toUtf8 } from './bytes.ts';
import { TlogError } from './errors.ts';
import { checkHash, type Hash } from './hash.ts';
import { parseNote } from './note.ts';
import { checkWhole, parseDecimal, quoted } from './numbers.ts';

/** A proof that can be checked without the log (c2sp.org/tlog-proof@v1), kept in a file `*.tlog-proof`. */
export type ProofFile = {
  /** Whatever the application adds. Nothing vouches for it. */
  readonly extra: Uint8Array | null;
  readonly index: number;
  /** From the leaf's sibling up to the root's child (RFC 6962 §2.1.1). */
  readonly proof: readonly Hash[];
  /** The signed checkpoint, to the byte. */
  readonly checkpoint: string;
};

const firstLine = 'c2sp.org/tlog-proof@v1';
/** A tree of 2^53 leaves is 53 levels high. */
const maxHashes = 53;
/** An entry of the greatest length in base64, a note of the greatest length, and the rest. */
const maxLength = 1_200_000;

/** @throws TlogError `number`, `hash`, `proof-file`, `note`, `encoding` */
export function formatProofFile({ extra, index, proof, checkpoint }: ProofFile): string {
  checkWhole(index, 'index');
  if (extra?.length === 0) throw new TlogError('proof-file', 'extra', 'is empty; leave it out');
  for (const [at, hash] of proof.entries()) checkHash(hash, `proof[${at}]`);
  parseNote(checkpoint);
  const head = [
    firstLine,
    ...(extra ? [`extra ${toBase64(extra)}`] : []),
    `index ${index}`,
    ...proof.map(toBase64),
  ];
  return `${head.join('\n')}\n\n${checkpoint}`;
}

/**
 * Reads a proof in its one form. Nothing in it is to be believed before `verifyProofFile`.
 * @throws TlogError `proof-file`, `number`, `encoding`, `hash`, `note`
 */
export function parseProofFile(file: Uint8Array | string): ProofFile {
  if (file.length > maxLength) throw new TlogError('proof-file', 'file', `is longer than ${maxLength} bytes`);
  const text = fromUtf8(typeof file === 'string' ? toUtf8(file, 'file') : file, 'file');
  const split = text.indexOf('\n\n');
  const lines = text.slice(0, Math.max(0, split)).split('\n');
  if (split === -1 || lines.shift() !== firstLine)
    throw new TlogError('proof-file', 'line 1', `is not ${firstLine} with an empty line before a checkpoint`);
  const extra = lines[0]?.startsWith('extra ') ? readExtra(lines.shift() ?? '') : null;
  const first = extra === null ? 2 : 3;
  const [, index] = /^index (.*)$/u.exec(lines.shift() ?? '') ?? [];
  if (index === undefined) throw new TlogError('proof-file', `line ${first}`, 'does not name the index');
  if (lines.length > maxHashes)
    throw new TlogError(
      'proof-file',
      `line ${first + 1}`,
      `has ${lines.length} hashes, more than ${maxHashes}`,
    );
  const proof = lines.map((line, at) => readHash(line, `line ${first + 1 + at}`));
  const checkpoint = text.slice(split + 2);
  parseNote(checkpoint);
  return { extra, index: parseDecimal(index, `line ${first}`), proof, checkpoint };
}

function readExtra(line: string): Uint8Array {
  const extra = fromBase64(line.slice('extra '.length), 'line 2');
  if (extra.length === 0) throw new TlogError('proof-file', 'line 2', `${quoted(line)} has no extra data`);
  return extra;
}

function readHash(line: string, at: string): Hash {
  const hash = fromBase64(line, at);
  checkHash(hash, at);
  return hash;
}
