import { expect, test } from 'vitest';
import { flip, leavesTo, manyRefusals, readerOf, sha256 } from '../test/kit.ts';
import { proveSubtreeConsistency, verifySubtreeConsistency } from './consistency.ts';
import { TlogError } from './errors.ts';
import { treeRoot } from './hash.ts';
import { proveSubtreeInclusion, verifySubtreeInclusion } from './inclusion.ts';
import { checkSubtree, nodesOf, rangeHash } from './range.ts';

manyRefusals();

const most = 40;
const leaves = leavesTo(most);
const read = readerOf(leaves);
const rootOf = (start: number, end: number) => treeRoot(sha256, leaves.slice(start, end));

/** By the draft's words: the start is a multiple of the smallest power of two that is at least the width. */
function isSubtree(start: number, end: number): boolean {
  if (start > end) return false;
  const ceiling = 2 ** Math.ceil(Math.log2(Math.max(1, end - start)));
  return start % ceiling === 0;
}

function* ranges(): Generator<{ start: number; end: number }> {
  for (let start = 0; start <= most; start += 1)
    for (let end = 0; end <= most; end += 1) yield { start, end };
}

test('what is a subtree and what is none', () => {
  for (const range of ranges()) {
    const check = () => checkSubtree(range);
    if (isSubtree(range.start, range.end)) expect(check).not.toThrow();
    else expect(check, `${range.start} to ${range.end}`).toThrow(expect.objectContaining({ code: 'range' }));
  }
  expect(() => checkSubtree({ start: 0, end: 2 ** 53 })).toThrow(expect.objectContaining({ code: 'number' }));
});

test('a subtree is made up of perfect ones, left to right, and has the hash of the definition', () => {
  for (const range of ranges()) {
    if (!isSubtree(range.start, range.end)) continue;
    const nodes = nodesOf(range);
    let at = range.start;
    for (const { level, index } of nodes) {
      expect(index * 2 ** level).toBe(at);
      at += 2 ** level;
    }
    expect(at).toBe(range.end);
    expect(rangeHash(sha256, range, read)).toEqual(rootOf(range.start, range.end));
  }
});

test('every leaf of every subtree is proven, and in no other place', () => {
  for (const range of ranges()) {
    if (!isSubtree(range.start, range.end)) continue;
    for (let index = range.start; index < range.end; index += 1) {
      const proof = proveSubtreeInclusion(sha256, index, range, read);
      const leaf = leaves[index] ?? new Uint8Array();
      const claim = { ...range, index, leaf, root: rootOf(range.start, range.end), proof };
      verifySubtreeInclusion(sha256, claim);
      expect(() => verifySubtreeInclusion(sha256, { ...claim, leaf: flip(leaf, index) })).toThrow(TlogError);
      if (proof.length > 0)
        expect(() => verifySubtreeInclusion(sha256, { ...claim, proof: proof.slice(1) })).toThrow(TlogError);
    }
  }
});

test('every subtree is consistent with every tree that holds it, and with no other', () => {
  for (const range of ranges()) {
    if (!isSubtree(range.start, range.end)) continue;
    for (let size = range.end; size <= most; size += 1) {
      const proof = proveSubtreeConsistency(sha256, range, size, read);
      const subtreeRoot = rootOf(range.start, range.end);
      const claim = { ...range, subtreeRoot, size, root: rootOf(0, size), proof };
      verifySubtreeConsistency(sha256, claim);
      if (range.start === range.end) continue;
      const wrong = [
        { ...claim, root: flip(claim.root, size) },
        { ...claim, subtreeRoot: flip(subtreeRoot, size) },
        ...proof.map((hash, at) => ({ ...claim, proof: proof.with(at, flip(hash, size)) })),
      ];
      for (const other of wrong) expect(() => verifySubtreeConsistency(sha256, other)).toThrow(TlogError);
    }
  }
});

test('an empty subtree is part of every tree, if it has the root of nothing and no proof', () => {
  const claim = { start: 4, end: 4, subtreeRoot: rootOf(0, 0), size: 9, root: rootOf(0, 9), proof: [] };
  expect(() => verifySubtreeConsistency(sha256, claim)).not.toThrow();
  expect(() => verifySubtreeConsistency(sha256, { ...claim, subtreeRoot: rootOf(0, 1) })).toThrow(
    expect.objectContaining({ code: 'root-differs', at: 'empty subtree' }),
  );
  expect(() => verifySubtreeConsistency(sha256, { ...claim, proof: [rootOf(0, 1)] })).toThrow(
    expect.objectContaining({ code: 'proof-length' }),
  );
});
