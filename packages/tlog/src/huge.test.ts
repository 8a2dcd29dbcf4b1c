import fc from 'fast-check';
import { expect, test } from 'vitest';
import { flip, leafOf, manyRefusals, sha256 } from '../test/kit.ts';
import { proveConsistency, verifyConsistency } from './consistency.ts';
import { append, type Frontier, rootOf } from './frontier.ts';
import { growTree } from './grow.ts';
import { type Hash, nodeHash } from './hash.ts';
import { inclusionRanges, proveInclusion, verifyInclusion } from './inclusion.ts';
import { type HashReader, nodesOf } from './range.ts';
import { edgeTiles, hashesAtLevel, tilesOfGrowth, tilesOfRanges, widthOf } from './tile.ts';
import { parsePath, tilePath } from './tile-path.ts';

/**
 * In a tree whose leaves are all the same, every perfect subtree of a level has the same hash. So trees of any size
 * can be computed, also where indexes no longer fit 32 bits.
 */
const levels: Hash[] = [leafOf(0)];
for (let level = 1; level <= 53; level += 1) {
  const below = levels[level - 1] ?? leafOf(0);
  levels.push(nodeHash(sha256, below, below));
}
const read: HashReader = (level) => levels[level] ?? leafOf(1);
const frontierOf = (size: number): Frontier => ({
  size,
  nodes: nodesOf({ start: 0, end: size }).map(({ level, index }) => read(level, index)),
});
const rootAt = (size: number) => rootOf(sha256, frontierOf(size));

const sizes = fc.oneof(
  fc.integer({ min: 2, max: Number.MAX_SAFE_INTEGER }),
  fc.integer({ min: 1, max: 52 }).map((power) => 2 ** power),
  fc.integer({ min: 2, max: 52 }).map((power) => 2 ** power + 1),
  fc.integer({ min: 2, max: 53 }).map((power) => 2 ** power - 1),
);

manyRefusals();

test('entries are proven in trees of any size up to 2^53 - 1', () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (size, share) => {
      const index = Math.min(size - 1, Math.floor(size * share));
      const proof = proveInclusion(sha256, index, size, read);
      const claim = { index, size, leaf: read(0, index), root: rootAt(size), proof };
      verifyInclusion(sha256, claim);
      // As many as levels: the powers of two are exact where a logarithm would be rounded.
      expect(2 ** (proof.length - 1)).toBeLessThan(size);
      expect(() => verifyInclusion(sha256, { ...claim, leaf: leafOf(1) })).toThrow(
        expect.objectContaining({ code: 'root-differs' }),
      );
      for (const [at, hash] of proof.entries())
        expect(() => verifyInclusion(sha256, { ...claim, proof: proof.with(at, flip(hash, at)) })).toThrow();
    }),
    { numRuns: 60 },
  );
});

test('growth is proven between any sizes up to 2^53 - 1', () => {
  fc.assert(
    fc.property(sizes, sizes, (one, other) => {
      const [olderSize, newerSize] = one < other ? [one, other] : [other, one];
      const proof = proveConsistency(sha256, olderSize, newerSize, read);
      const claim = {
        olderSize,
        olderRoot: rootAt(olderSize),
        newerSize,
        newerRoot: rootAt(newerSize),
        proof,
      };
      verifyConsistency(sha256, claim);
      for (const [at, hash] of proof.entries())
        expect(() =>
          verifyConsistency(sha256, { ...claim, proof: proof.with(at, flip(hash, at)) }),
        ).toThrow();
    }),
    { numRuns: 60 },
  );
});

test('a frontier goes on at any size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 53 - 1_000 }),
      fc.integer({ min: 0, max: 600 }),
      (size, count) => {
        const leaves = Array.from({ length: count }, () => read(0, 0));
        const grown = append(sha256, frontierOf(size), leaves, (level, index, hash) => {
          expect(hash).toEqual(read(level, index));
          expect((index + 1) * 2 ** level).toBeGreaterThan(size);
          expect((index + 1) * 2 ** level).toBeLessThanOrEqual(size + count);
        });
        expect(grown).toEqual(frontierOf(size + count));
      },
    ),
    { numRuns: 20 },
  );
});

test('beyond 2^32 entries a tree writes the tiles that were foretold, of the right hashes', () => {
  for (const size of [2 ** 32 - 100, 2 ** 32, 2 ** 40 - 1, 2 ** 48 + 65_535]) {
    const edge = edgeTiles(size).map((tile) => {
      const bytes = new Uint8Array(tile.width * 32);
      for (let at = 0; at < tile.width; at += 1) bytes.set(read(tile.level * 8, 0), at * 32);
      return { ...tile, bytes };
    });
    const leaves = Array.from({ length: 300 }, () => read(0, 0));
    const growth = growTree(sha256, { frontier: frontierOf(size), edge }, leaves);
    expect(growth.root).toEqual(rootAt(size + 300));
    expect(growth.tiles.map(tilePath)).toEqual(Array.from(tilesOfGrowth(size, size + 300), tilePath));
    for (const { level, bytes } of growth.tiles)
      for (let at = 0; at < bytes.length; at += 32)
        expect(bytes.subarray(at, at + 32)).toEqual(read(level * 8, 0));
    expect(growth.state.edge.map(tilePath)).toEqual(edgeTiles(size + 300).map(tilePath));
  }
});

test('tiles of proofs lie in the tree, have paths, and are few', () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (size, share) => {
      const index = Math.min(size - 1, Math.floor(size * share));
      const tiles = tilesOfRanges(inclusionRanges(index, { start: 0, end: size }), size);
      expect(tiles.length).toBeLessThanOrEqual(2 * Math.ceil(Math.log2(size) / 8 + 1));
      for (const tile of tiles) {
        expect(tile.width).toBe(widthOf(tile.level, tile.index, size));
        expect(tile.index * 256).toBeLessThan(hashesAtLevel(tile.level, size));
        expect(parsePath(tilePath(tile))).toEqual({ kind: 'tile', ...tile });
      }
    }),
    { numRuns: 200 },
  );
});
