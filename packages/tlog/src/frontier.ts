import { TlogError } from './errors.ts';
import { checkHash, emptyRoot, type Hash, nodeHash, type Sha256 } from './hash.ts';

/**
 * What must be known of a tree to go on with it: the roots of the perfect subtrees that make it up, the largest (and
 * leftmost) first, one for each bit set in the size. Also known as a compact range.
 */
export type Frontier = { readonly size: number; readonly nodes: readonly Hash[] };

/** Told of every node that is finished and will never change, in the order in which they are. Level 0 holds leaves. */
export type Finished = (level: number, index: number, hash: Hash) => void;

export const emptyFrontier: Frontier = { size: 0, nodes: [] };

/**
 * Appends leaf hashes: one node hash a leaf on average, whatever the size of the tree.
 * @throws TlogError `hash`, or `range` when the frontier's nodes do not fit its size
 */
export function append(
  sha256: Sha256,
  frontier: Frontier,
  leaves: Iterable<Hash>,
  finished?: Finished,
): Frontier {
  checkFrontier(frontier);
  const nodes = [...frontier.nodes];
  let size = frontier.size;
  for (const leaf of leaves) {
    checkHash(leaf, `leaf ${size}`);
    let hash = leaf;
    let index = size;
    finished?.(0, index, hash);
    for (let level = 1; index % 2 === 1; level += 1) {
      hash = nodeHash(sha256, nodes.pop() ?? hash, hash);
      index = (index - 1) / 2;
      finished?.(level, index, hash);
    }
    nodes.push(hash);
    size += 1;
  }
  return { size, nodes };
}

/** The tree's root, RFC 6962 §2.1. */
export function rootOf(sha256: Sha256, frontier: Frontier): Hash {
  checkFrontier(frontier);
  return foldRight(sha256, frontier.nodes) ?? emptyRoot(sha256);
}

/** Joins neighbouring perfect subtrees, each smaller than the one before it, to the hash over all; nothing for none. */
export function foldRight(sha256: Sha256, nodes: readonly Hash[]): Hash | undefined {
  let hash = nodes.at(-1);
  if (hash === undefined) return undefined;
  for (const left of nodes.slice(0, -1).reverse()) hash = nodeHash(sha256, left, hash);
  return hash;
}

function checkFrontier({ size, nodes }: Frontier): void {
  let bits = 0;
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2;
  if (bits !== nodes.length)
    throw new TlogError('range', 'frontier', `${nodes.length} nodes do not make up a tree of ${size}`);
}
