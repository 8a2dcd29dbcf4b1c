import { createPrivateKey, createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { afterAll, beforeAll, vi } from 'vitest';
import { concat } from '../src/bytes.ts';
import { type Hash, leafHash, nodeHash, type Sha256 } from '../src/hash.ts';
import { verifierKey } from '../src/key.ts';
import type { HashReader } from '../src/range.ts';
import type { Ed25519Sign, Ed25519Verify } from '../src/signing.ts';

/** SHA-256 by Node, in one call as is fastest. A plain Uint8Array: Node's Buffer shows as something else in a comparison. */
export const sha256: Sha256 = (...parts) => {
  const [only = new Uint8Array()] = parts;
  return new Uint8Array(hash('sha256', parts.length > 1 ? concat(parts) : only, 'buffer'));
};

export const text = (value: string): Uint8Array => new TextEncoder().encode(value);
export const hex = (value: string): Uint8Array =>
  Uint8Array.from(value.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));

/** An entry of its own for every index. */
export const entryOf = (index: number): Uint8Array => text(`entry ${index}`);
export const leafOf = (index: number): Hash => leafHash(sha256, entryOf(index));
export const leavesTo = (size: number, from = 0): Hash[] =>
  Array.from({ length: size - from }, (_, at) => leafOf(from + at));

/** Hashes of perfect subtrees straight from the leaves, pair by pair and without tiles. */
export function readerOf(leaves: readonly Hash[]): HashReader {
  const known = new Map<string, Hash>();
  const read: HashReader = (level, index) => {
    const place = `${level}/${index}`;
    const leaf = leaves[index];
    if (level === 0 && !leaf) throw new Error(`there is no leaf ${index}`);
    const found =
      known.get(place) ??
      (level === 0 && leaf
        ? leaf
        : nodeHash(sha256, read(level - 1, 2 * index), read(level - 1, 2 * index + 1)));
    known.set(place, found);
    return found;
  };
  return read;
}

/**
 * For files in which thousands of refusals are made: where each was made is of no interest and takes most of the time.
 * A busy machine gets a minute for each test.
 */
export function manyRefusals(): void {
  vi.setConfig({ testTimeout: 60_000 });
  const lines = Error.stackTraceLimit;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = lines;
  });
}

/** A copy with one bit turned over. */
export function flip(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = Math.floor(bit / 8) % copy.length;
  copy[at] = (copy[at] ?? 0) ^ (1 << (bit % 8));
  return copy;
}

/** Frames that turn 32 raw bytes into the DER that Node reads (RFC 8410). */
const privateFrame = hex('302e020100300506032b657004220420');
const publicFrame = hex('302a300506032b6570032100');
const framed = (frame: Uint8Array, raw: Uint8Array) => Buffer.concat([frame, raw]);

export const verifyEd25519: Ed25519Verify = (publicKey, message, signature) =>
  verify(
    null,
    message,
    createPublicKey({ key: framed(publicFrame, publicKey), format: 'der', type: 'spki' }),
    signature,
  );

/** A key pair from a seed of one byte, the same every time. */
export function keyPair(seed: number): { publicKey: Uint8Array; sign: Ed25519Sign } {
  const secret: KeyObject = createPrivateKey({
    key: framed(privateFrame, new Uint8Array(32).fill(seed)),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  return {
    publicKey: Uint8Array.from(publicKey),
    sign: (message) => new Uint8Array(sign(null, message, secret)),
  };
}

export const logName = 'log.example/audit';
export const logPair = keyPair(1);
export const logKey = verifierKey(sha256, logName, logPair.publicKey);
