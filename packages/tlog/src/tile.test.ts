import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesTo, manyRefusals, readerOf, sha256 } from '../test/kit.ts';
import { entriesTo, treeOf } from '../test/log.ts';
import { consistencyRanges, proveConsistency } from './consistency.ts';
import { emptyState, growTree } from './grow.ts';
import { inclusionRanges, proveInclusion } from './inclusion.ts';
import { consistencyFromTiles, inclusionFromTiles, type ReadTiles } from './prove.ts';
import {
  edgeTiles,
  hashesOfTiles,
  type TileId,
  tileOfNode,
  tilesOfGrowth,
  tilesOfRanges,
  widthOf,
} from './tile.ts';
import { tilePath } from './tile-path.ts';

manyRefusals();

const paths = (tiles: Iterable<TileId>) => Array.from(tiles, tilePath);

test.each([
  [0, 0, []],
  [0, 1, ['tile/0/000.p/1']],
  [0, 255, ['tile/0/000.p/255']],
  [0, 256, ['tile/0/000', 'tile/1/000.p/1']],
  [255, 256, ['tile/0/000', 'tile/1/000.p/1']],
  [256, 256, []],
  [256, 257, ['tile/0/001.p/1']],
  [100, 600, ['tile/0/000', 'tile/0/001', 'tile/0/002.p/88', 'tile/1/000.p/2']],
  [65_535, 65_536, ['tile/0/255', 'tile/1/000', 'tile/2/000.p/1']],
  [65_536, 65_537, ['tile/0/256.p/1']],
])('growing from %i to %i writes its tiles', (from, to, expected) => {
  expect(paths(tilesOfGrowth(from, to))).toEqual(expected);
});

test('growing by way of any size writes, in the end, all that growing at once does', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 26), fc.nat(200_000), fc.nat(200_000), (start, first, second) => {
      const atOnce = paths(tilesOfGrowth(start, start + first + second));
      const inSteps = new Set([
        ...paths(tilesOfGrowth(start, start + first)),
        ...paths(tilesOfGrowth(start + first, start + first + second)),
      ]);
      expect(atOnce.filter((path) => !inSteps.has(path))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});

test('a log never shrinks', () => {
  expect(() => [...tilesOfGrowth(2, 1)]).toThrow(expect.objectContaining({ code: 'range' }));
  expect(() => [...tilesOfGrowth(0, 2 ** 53)]).toThrow(expect.objectContaining({ code: 'number' }));
});

test('the edge of the example of the specification', () => {
  expect(paths(edgeTiles(70_000))).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
  expect(paths(edgeTiles(256))).toEqual(['tile/1/000.p/1']);
  expect(paths(edgeTiles(0))).toEqual([]);
  expect(paths(edgeTiles(Number.MAX_SAFE_INTEGER)).at(-1)).toBe('tile/6/000.p/31');
  expect([widthOf(0, 273, 70_000), widthOf(0, 274, 70_000), widthOf(1, 0, 70_000)]).toEqual([112, 0, 256]);
});

test('each node is answered by the tile that the specification gives it', () => {
  expect(tileOfNode({ level: 0, index: 257 }, 70_000)).toEqual({ level: 0, index: 1, width: 256 });
  expect(tileOfNode({ level: 7, index: 3 }, 70_000)).toEqual({ level: 0, index: 1, width: 256 });
  expect(tileOfNode({ level: 8, index: 256 }, 70_000)).toEqual({ level: 1, index: 1, width: 17 });
  expect(tileOfNode({ level: 16, index: 0 }, 70_000)).toEqual({ level: 2, index: 0, width: 1 });
  expect(() => tileOfNode({ level: 16, index: 1 }, 70_000)).toThrow(
    expect.objectContaining({ code: 'range', at: 'node' }),
  );
  expect(() => tileOfNode({ level: 0, index: 70_000 }, 70_000)).toThrow('is not finished at 70000');
});

test('tiles answer every finished node of a tree as its leaves do', () => {
  const size = 700;
  const { tiles } = growTree(sha256, emptyState, leavesTo(size));
  const stored = new Map(tiles.map((tile) => [tilePath(tile), tile.bytes]));
  const read = hashesOfTiles(sha256, size, (tile) => stored.get(tilePath(tile)) ?? new Uint8Array());
  const direct = readerOf(leavesTo(size));
  for (let level = 0; 2 ** level <= size; level += 1)
    for (let index = 0; (index + 1) * 2 ** level <= size; index += 1)
      expect(read(level, index)).toEqual(direct(level, index));
});

test('a tile of another length is refused when it is read', () => {
  const read = hashesOfTiles(sha256, 300, () => new Uint8Array(8_191));
  expect(() => read(0, 0)).toThrow(expect.objectContaining({ code: 'tile', at: 'tile 0 of level 0' }));
});

const size = 66_000;
const { files } = treeOf(entriesTo(size));
const asked: string[] = [];
const read: ReadTiles = async (tiles) => {
  const wanted = paths(tiles);
  expect(new Set(wanted).size).toBe(wanted.length);
  asked.push(...wanted);
  return wanted.map((path) => files.get(path) ?? new Uint8Array());
};

test('a proof from stored tiles is the proof from the leaves, and takes at most two tiles a level', async () => {
  const direct = readerOf(leavesTo(size));
  for (const index of [0, 1, 255, 256, 40_000, 65_535, 65_536, 65_999]) {
    asked.length = 0;
    const proof = await inclusionFromTiles(sha256, index, size, read);
    expect(proof).toEqual(proveInclusion(sha256, index, size, direct));
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(asked).toEqual(paths(tilesOfRanges(inclusionRanges(index, { start: 0, end: size }), size)));
  }
  for (const older of [1, 255, 256, 257, 65_535, 65_536, 65_999, 66_000]) {
    asked.length = 0;
    const proof = await consistencyFromTiles(sha256, older, size, read);
    expect(proof).toEqual(proveConsistency(sha256, older, size, direct));
    expect(asked).toEqual(paths(tilesOfRanges(consistencyRanges({ start: 0, end: older }, size), size)));
  }
});

test('a proof that needs no hash asks for no tile, and too few tiles are refused', async () => {
  const never: ReadTiles = async () => {
    throw new Error('nothing is needed');
  };
  expect(await inclusionFromTiles(sha256, 0, 1, never)).toEqual([]);
  expect(await consistencyFromTiles(sha256, 9, 9, never)).toEqual([]);
  await expect(inclusionFromTiles(sha256, 1, 300, async () => [])).rejects.toThrow('0 were read where');
  await expect(inclusionFromTiles(sha256, 300, 300, never)).rejects.toMatchObject({ code: 'range' });
});
