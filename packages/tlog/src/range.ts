import { TlogError } from './errors.ts';
import { foldRight } from './frontier.ts';
import { emptyRoot, type Hash, type Sha256 } from './hash.ts';
import { checkWhole } from './numbers.ts';

/** A perfect subtree: the hash over the 2^level leaves from `index` * 2^level on. Level 0 holds the leaves. */
export type NodeId = { readonly level: number; readonly index: number };

/** Leaves from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number };

/** Answers the hash of a perfect subtree that is finished in the tree at hand. */
export type HashReader = (level: number, index: number) => Hash;

/**
 * The perfect subtrees that make up a range, from left to right. The range must start where a subtree of its width
 * may start, as every range of an RFC 6962 tree does.
 */
export function nodesOf({ start, end }: Range): NodeId[] {
  const nodes: NodeId[] = [];
  for (let at = start; at < end; ) {
    let width = 1;
    let level = 0;
    while (width * 2 <= end - at) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, index: at / width });
    at += width;
  }
  return nodes;
}

/** MTH of RFC 6962 §2.1 over the leaves of a range. */
export function rangeHash(sha256: Sha256, range: Range, read: HashReader): Hash {
  return (
    foldRight(
      sha256,
      nodesOf(range).map(({ level, index }) => read(level, index)),
    ) ?? emptyRoot(sha256)
  );
}

/**
 * Refuses what is no subtree in the sense of draft-ietf-plants-merkle-tree-certs: the start must be a multiple of the
 * smallest power of two that is not below the width. What starts at 0 always is one.
 * @throws TlogError `number`, `range`
 */
export function checkSubtree({ start, end }: Range): void {
  checkWhole(start, 'start');
  checkWhole(end, 'end');
  let width = 1;
  while (width < end - start) width *= 2;
  if (start > end || start % width !== 0)
    throw new TlogError('range', 'start', `leaves ${start} to ${end} make no subtree`);
}
