import { equalBytes, toHex } from './bytes.ts';
import { TlogError } from './errors.ts';

/**
 * SHA-256 over the parts as if they were one, in 32 bytes of its own. It must have read its input when it returns:
 * the same buffer is filled again for the next node.
 */
export type Sha256 = (...parts: Uint8Array[]) => Uint8Array;

/** 32 bytes. */
export type Hash = Uint8Array;

export const hashLength = 32;

/** Room for the prefix and the longest entry, so that one call with one part is enough. */
const leafRoom = new Uint8Array(1 + 0xffff);
const pair = new Uint8Array(1 + 2 * hashLength);
pair[0] = 1;

/** Hash of an entry: SHA-256(0x00 || entry), RFC 6962 §2.1. */
export function leafHash(sha256: Sha256, entry: Uint8Array): Hash {
  if (entry.length >= leafRoom.length) return sha256(Uint8Array.of(0), entry);
  leafRoom.set(entry, 1);
  return sha256(leafRoom.subarray(0, 1 + entry.length));
}

/** Hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 §2.1. */
export function nodeHash(sha256: Sha256, left: Hash, right: Hash): Hash {
  pair.set(left, 1);
  pair.set(right, 1 + hashLength);
  return sha256(pair);
}

/** Root of the tree without entries: SHA-256 of nothing, RFC 6962 §2.1. */
export function emptyRoot(sha256: Sha256): Hash {
  return sha256();
}

/**
 * MTH of RFC 6962 §2.1 over leaf hashes, or of any perfect subtrees of one height, that stand packed one after
 * another (a tile's bytes are such a list).
 * @throws TlogError `hash` when the length is no multiple of 32
 */
export function packedRoot(sha256: Sha256, packed: Uint8Array): Hash {
  if (packed.length % hashLength !== 0)
    throw new TlogError('hash', 'packed hashes', `${packed.length} bytes are no multiple of ${hashLength}`);
  let count = packed.length / hashLength;
  if (count === 0) return emptyRoot(sha256);
  // Not `slice`: on Node's Buffer, as databases hand them out, that is no copy.
  const row = new Uint8Array(packed);
  while (count > 1) {
    const pairs = Math.floor(count / 2);
    for (let at = 0; at < pairs; at += 1) {
      pair.set(row.subarray(2 * at * hashLength, (2 * at + 2) * hashLength), 1);
      row.set(sha256(pair), at * hashLength);
    }
    // A last node without a partner rises as it is: that is the split at the largest power of two, seen from below.
    if (count % 2 === 1) row.copyWithin(pairs * hashLength, (count - 1) * hashLength, count * hashLength);
    count = pairs + (count % 2);
  }
  return row.slice(0, hashLength);
}

/** MTH of RFC 6962 §2.1 over leaf hashes in order. */
export function treeRoot(sha256: Sha256, leaves: readonly Hash[]): Hash {
  const packed = new Uint8Array(leaves.length * hashLength);
  for (const [at, leaf] of leaves.entries()) {
    checkHash(leaf, `leaf ${at}`);
    packed.set(leaf, at * hashLength);
  }
  return packedRoot(sha256, packed);
}

/** The hash at a place of a packed list, as a view. */
export function hashAt(packed: Uint8Array, place: number): Hash {
  return packed.subarray(place * hashLength, (place + 1) * hashLength);
}

/** @throws TlogError `hash` */
export function checkHash(hash: Uint8Array, at: string): void {
  if (hash.length !== hashLength)
    throw new TlogError('hash', at, `has ${hash.length} bytes, a hash has ${hashLength}`);
}

/** @throws TlogError `root-differs` */
export function checkRoot(found: Uint8Array, expected: Uint8Array, at: string): void {
  if (!equalBytes(found, expected))
    throw new TlogError('root-differs', at, `leads to ${toHex(found)} and not to ${toHex(expected)}`);
}
