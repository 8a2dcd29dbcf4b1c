import { TlogError } from './errors.ts';
import { type Hash, hashAt, hashLength, packedRoot, type Sha256 } from './hash.ts';
import { checkWhole } from './numbers.ts';
import { type HashReader, type NodeId, nodesOf, type Range } from './range.ts';

/**
 * A tile of c2sp.org/tlog-tiles: `width` hashes (1 to 256) of tile level `level` from `index` * 256 on. Each hash of
 * tile level l is over 256^l leaves. A tile of level 0 and a bundle of entries share index and width.
 */
export type TileId = { readonly level: number; readonly index: number; readonly width: number };

/** With its hashes, packed: 32 * `width` bytes. */
export type Tile = TileId & { readonly bytes: Uint8Array };

export const tileWidth = 256;
/** Levels of the tree in one tile: 2^8 = 256. */
export const tileHeight = 8;

/** How many hashes stand at a tile level of a tree of `size`: floor(size / 256^level). */
export function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / tileWidth ** level);
}

/** How wide tile `index` of a level is in a tree of `size`: 0 (not there) to 256. */
export function widthOf(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(tileWidth, hashesAtLevel(level, size) - index * tileWidth));
}

/**
 * The tiles that a tree writes as it grows from size `from` to size `to` at once: each that is new or wider than
 * before, lowest level first. A partial tile is a new path, not a changed one. Those of level 0 are the bundles too.
 * @throws TlogError `number`, `range`
 */
export function* tilesOfGrowth(from: number, to: number): Generator<TileId> {
  checkWhole(from, 'from');
  checkWhole(to, 'to');
  if (from > to) throw new TlogError('range', 'from', `${from} is above ${to}: a log never shrinks`);
  for (let level = 0; hashesAtLevel(level, to) > 0; level += 1) {
    const had = hashesAtLevel(level, from);
    const has = hashesAtLevel(level, to);
    if (had === has) continue;
    for (let index = Math.floor(had / tileWidth); index * tileWidth < has; index += 1)
      yield { level, index, width: widthOf(level, index, to) };
  }
}

/** The partial tiles at the right edge of a tree, lowest level first: what must be read to go on with it. */
export function edgeTiles(size: number): TileId[] {
  checkWhole(size, 'size');
  const tiles: TileId[] = [];
  for (let level = 0; hashesAtLevel(level, size) > 0; level += 1) {
    const index = Math.floor(hashesAtLevel(level, size) / tileWidth);
    const width = widthOf(level, index, size);
    if (width > 0) tiles.push({ level, index, width });
  }
  return tiles;
}

/**
 * The tile that answers for a node of the binary tree, in a tree of `size`.
 * @throws TlogError `range` when the node is not finished at that size
 */
export function tileOfNode({ level, index }: NodeId, size: number): TileId {
  const tileLevel = Math.floor(level / tileHeight);
  const place = index * 2 ** (level % tileHeight);
  const tile = Math.floor(place / tileWidth);
  if ((index + 1) * 2 ** level > size)
    throw new TlogError('range', 'node', `${index} at level ${level} is not finished at ${size}`);
  return { level: tileLevel, index: tile, width: widthOf(tileLevel, tile, size) };
}

/** The tiles from which the hashes of these ranges can be read or made, each once. */
export function tilesOfRanges(ranges: readonly Range[], size: number): TileId[] {
  const tiles = new Map<string, TileId>();
  for (const node of ranges.flatMap(nodesOf)) {
    const tile = tileOfNode(node, size);
    tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}

/**
 * Reads hashes at any level out of tiles: what stands between the tiles' own levels is hashed from them.
 * @param tiles answers the bytes of a tile; what it throws passes through
 * @throws TlogError `tile` from the reader when a tile has another length than its width asks for
 */
export function hashesOfTiles(sha256: Sha256, size: number, tiles: (tile: TileId) => Uint8Array): HashReader {
  return (level, index) => {
    const tile = tileOfNode({ level, index }, size);
    const bytes = checkTile(tile, tiles(tile));
    const count = 2 ** (level % tileHeight);
    const place = index * count - tile.index * tileWidth;
    return count === 1
      ? hashAt(bytes, place)
      : packedRoot(sha256, bytes.subarray(place * hashLength, (place + count) * hashLength));
  };
}

/** The nodes of a tree's frontier out of its edge's tiles, which stand in the order of `edgeTiles`. */
export function nodesOfEdge(sha256: Sha256, size: number, edge: readonly Uint8Array[]): Hash[] {
  const tiles = edgeTiles(size);
  const read = hashesOfTiles(
    sha256,
    size,
    (wanted) => edge[tiles.findIndex((tile) => tile.level === wanted.level)] ?? new Uint8Array(),
  );
  return nodesOf({ start: 0, end: size }).map(({ level, index }) => read(level, index));
}

/** @throws TlogError `tile` */
export function checkTile(tile: TileId, bytes: Uint8Array): Uint8Array {
  const expected = tile.width * hashLength;
  if (bytes.length !== expected)
    throw new TlogError(
      'tile',
      `tile ${tile.index} of level ${tile.level}`,
      `has ${bytes.length} bytes where ${expected} belong`,
    );
  return bytes;
}
