import { TlogError } from './errors.ts';
import { checkHash, checkRoot, type Hash, nodeHash, type Sha256 } from './hash.ts';
import { checkWhole, splitPoint } from './numbers.ts';
import { checkSubtree, type HashReader, type Range, rangeHash } from './range.ts';

/** What an inclusion proof is held against: that `leaf` stands at `index` of the tree of `size` with this `root`. */
export type Inclusion = {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
};

/** The same in a subtree: `index` counts from the start of the log, not of the subtree. */
export type SubtreeInclusion = Range & Omit<Inclusion, 'size'>;

/**
 * The ranges whose hashes make the proof, from the leaf's sibling up to the root's child (RFC 6962 §2.1.1).
 * @throws TlogError `number`, `range`
 */
export function inclusionRanges(index: number, { start, end }: Range): Range[] {
  checkSubtree({ start, end });
  checkWhole(index, 'index');
  if (index < start || index >= end)
    throw new TlogError('range', 'index', `${index} is not among ${start} to ${end}, exclusive`);
  const ranges: Range[] = [];
  let from = start;
  let to = end;
  while (to - from > 1) {
    const middle = from + splitPoint(to - from);
    if (index < middle) {
      ranges.push({ start: middle, end: to });
      to = middle;
    } else {
      ranges.push({ start: from, end: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/**
 * Makes the proof that leaf `index` stands in the tree of `size`: PATH of RFC 6962 §2.1.1.
 * @throws TlogError `number`, `range`, and what `read` throws
 */
export function proveInclusion(sha256: Sha256, index: number, size: number, read: HashReader): Hash[] {
  return proveSubtreeInclusion(sha256, index, { start: 0, end: size }, read);
}

/** The same in a subtree (draft-ietf-plants-merkle-tree-certs, subtree inclusion proofs). */
export function proveSubtreeInclusion(
  sha256: Sha256,
  index: number,
  subtree: Range,
  read: HashReader,
): Hash[] {
  return inclusionRanges(index, subtree).map((range) => rangeHash(sha256, range, read));
}

/**
 * Holds a proof against a root (RFC 6962 §2.1.1; RFC 9162 §2.1.3.2 spells the check out). Returns when it holds.
 * @throws TlogError `number`, `range`, `hash`, `proof-length`, `root-differs`
 */
export function verifyInclusion(sha256: Sha256, { size, ...rest }: Inclusion): void {
  verifySubtreeInclusion(sha256, { ...rest, start: 0, end: size });
}

/** The same in a subtree (draft-ietf-plants-merkle-tree-certs). */
export function verifySubtreeInclusion(sha256: Sha256, claim: SubtreeInclusion): void {
  const { index, leaf, root, proof } = claim;
  const ranges = inclusionRanges(index, claim);
  checkProofLength(proof, ranges.length);
  checkHash(leaf, 'leaf');
  let hash = leaf;
  for (const [at, range] of ranges.entries()) {
    const sibling = proof[at] ?? hash;
    checkHash(sibling, `proof[${at}]`);
    hash = range.start > index ? nodeHash(sha256, hash, sibling) : nodeHash(sha256, sibling, hash);
  }
  checkRoot(hash, root, `inclusion of ${index}`);
}

/** @throws TlogError `proof-length` */
export function checkProofLength(proof: readonly Hash[], expected: number): void {
  if (proof.length !== expected)
    throw new TlogError('proof-length', 'proof', `has ${proof.length} hashes where ${expected} belong`);
}
