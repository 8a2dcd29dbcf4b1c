import { TlogError } from './errors.ts';
import { checkHash, checkRoot, emptyRoot, type Hash, nodeHash, type Sha256 } from './hash.ts';
import { checkProofLength } from './inclusion.ts';
import { checkWhole, splitPoint } from './numbers.ts';
import { checkSubtree, type HashReader, type Range, rangeHash } from './range.ts';

/** That the tree of `newerSize` with `newerRoot` begins with the very leaves of the tree of `olderSize`. */
export type Consistency = {
  readonly olderSize: number;
  readonly olderRoot: Hash;
  readonly newerSize: number;
  readonly newerRoot: Hash;
  readonly proof: readonly Hash[];
};

/** That the subtree from `start` to `end` with `subtreeRoot` is part of the tree of `size` with `root`. */
export type SubtreeConsistency = Range & {
  readonly subtreeRoot: Hash;
  readonly size: number;
  readonly root: Hash;
  readonly proof: readonly Hash[];
};

/** One step down from the whole tree towards the subtree, and which hash of the proof belongs beside it. */
type Step = { readonly beside: Range; readonly side: 'left' | 'right' | 'left-of-both' };

/** The way from the whole tree down to what both share; `shared` is given by the proof unless it is the subtree itself. */
type Way = { readonly steps: readonly Step[]; readonly shared: Range; readonly given: boolean };

/**
 * The ranges whose hashes make the proof, in its order (RFC 6962 §2.1.2, and SUBTREE_PROOF of
 * draft-ietf-plants-merkle-tree-certs, of which it is the case `start` = 0).
 * @throws TlogError `number`, `range`
 */
export function consistencyRanges(subtree: Range, size: number): Range[] {
  const { steps, shared, given } = wayTo(subtree, size);
  return [...(given ? [shared] : []), ...steps.map(({ beside }) => beside).reverse()];
}

/**
 * Makes the proof that the tree of `newerSize` goes on from the one of `olderSize` (RFC 6962 §2.1.2).
 * @throws TlogError `number`, `range`, and what `read` throws
 */
export function proveConsistency(
  sha256: Sha256,
  olderSize: number,
  newerSize: number,
  read: HashReader,
): Hash[] {
  return proveSubtreeConsistency(sha256, { start: 0, end: olderSize }, newerSize, read);
}

/** The same for any subtree (draft-ietf-plants-merkle-tree-certs). */
export function proveSubtreeConsistency(
  sha256: Sha256,
  subtree: Range,
  size: number,
  read: HashReader,
): Hash[] {
  return consistencyRanges(subtree, size).map((range) => rangeHash(sha256, range, read));
}

/**
 * Holds a proof against two roots (RFC 6962 §2.1.2). Returns when it holds. An older size of 0 is refused: every tree
 * goes on from the empty one, so a proof of it says nothing.
 * @throws TlogError `number`, `range`, `hash`, `proof-length`, `root-differs`
 */
export function verifyConsistency(sha256: Sha256, claim: Consistency): void {
  if (claim.olderSize === 0)
    throw new TlogError('range', 'older size', 'is 0, from which every tree goes on');
  verifySubtreeConsistency(sha256, {
    start: 0,
    end: claim.olderSize,
    subtreeRoot: claim.olderRoot,
    size: claim.newerSize,
    root: claim.newerRoot,
    proof: claim.proof,
  });
}

/** The same for any subtree (draft-ietf-plants-merkle-tree-certs). The empty subtree is part of every tree. */
export function verifySubtreeConsistency(sha256: Sha256, claim: SubtreeConsistency): void {
  const { subtreeRoot, root, proof } = claim;
  const { steps, given } = wayTo(claim, claim.size);
  checkProofLength(proof, steps.length + (given ? 1 : 0));
  for (const [at, hash] of proof.entries()) checkHash(hash, `proof[${at}]`);
  if (claim.start === claim.end) {
    checkRoot(emptyRoot(sha256), subtreeRoot, 'empty subtree');
    return;
  }
  let older = given ? (proof[0] ?? subtreeRoot) : subtreeRoot;
  let newer = older;
  const upwards = [...steps].reverse();
  for (const [at, hash] of (given ? proof.slice(1) : proof).entries()) {
    const side = upwards[at]?.side;
    if (side === 'left-of-both') older = nodeHash(sha256, hash, older);
    newer = side === 'right' ? nodeHash(sha256, newer, hash) : nodeHash(sha256, hash, newer);
  }
  checkRoot(older, subtreeRoot, `consistency at ${claim.end}`);
  checkRoot(newer, root, `consistency up to ${claim.size}`);
}

function wayTo(subtree: Range, size: number): Way {
  checkSubtree(subtree);
  checkWhole(size, 'size');
  const { start, end } = subtree;
  if (end > size) throw new TlogError('range', 'end', `${end} lies beyond the size, ${size}`);
  if (start === end) return { steps: [], shared: subtree, given: false };
  const steps: Step[] = [];
  let rest: Range = { start: 0, end: size };
  let wanted = subtree;
  let given = false;
  while (rest.start !== wanted.start || rest.end !== wanted.end) {
    const middle = rest.start + splitPoint(rest.end - rest.start);
    if (wanted.end <= middle) {
      steps.push({ beside: { start: middle, end: rest.end }, side: 'right' });
      rest = { start: rest.start, end: middle };
      continue;
    }
    // A subtree that reaches over the middle starts where the rest does: what lies left of it is in both trees.
    const reachesOver = wanted.start < middle;
    steps.push({
      beside: { start: rest.start, end: middle },
      side: reachesOver ? 'left-of-both' : 'left',
    });
    rest = { start: middle, end: rest.end };
    if (reachesOver) {
      wanted = { start: middle, end: wanted.end };
      given = true;
    }
  }
  return { steps, shared: wanted, given };
}
