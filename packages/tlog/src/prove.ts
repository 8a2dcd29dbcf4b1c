import { consistencyRanges, proveConsistency } from './consistency.ts';
import { TlogError } from './errors.ts';
import type { Hash, Sha256 } from './hash.ts';
import { inclusionRanges, proveInclusion } from './inclusion.ts';
import type { HashReader, Range } from './range.ts';
import { hashesOfTiles, type TileId, tilesOfRanges } from './tile.ts';
import { tilePath } from './tile-path.ts';

/** Reads tiles of a tree: their bytes in the order asked for, all at once so that one query can answer. */
export type ReadTiles = (tiles: readonly TileId[]) => Promise<readonly Uint8Array[]>;

/**
 * The inclusion proof of leaf `index` in the tree of `size`, from its stored tiles: at most two tiles a level.
 * @throws TlogError `number`, `range`, `tile`, and what `read` throws
 */
export async function inclusionFromTiles(
  sha256: Sha256,
  index: number,
  size: number,
  read: ReadTiles,
): Promise<Hash[]> {
  const hashes = await readHashes(sha256, inclusionRanges(index, { start: 0, end: size }), size, read);
  return proveInclusion(sha256, index, size, hashes);
}

/** The consistency proof between two sizes, from stored tiles of the newer one. */
export async function consistencyFromTiles(
  sha256: Sha256,
  olderSize: number,
  newerSize: number,
  read: ReadTiles,
): Promise<Hash[]> {
  const ranges = consistencyRanges({ start: 0, end: olderSize }, newerSize);
  return proveConsistency(sha256, olderSize, newerSize, await readHashes(sha256, ranges, newerSize, read));
}

async function readHashes(
  sha256: Sha256,
  ranges: readonly Range[],
  size: number,
  read: ReadTiles,
): Promise<HashReader> {
  const wanted = tilesOfRanges(ranges, size);
  const bytes = wanted.length > 0 ? await read(wanted) : [];
  if (bytes.length !== wanted.length)
    throw new TlogError('tile', 'tiles', `${bytes.length} were read where ${wanted.length} were asked for`);
  const known = new Map(wanted.map((tile, at) => [tilePath(tile), bytes[at] ?? new Uint8Array()]));
  return hashesOfTiles(sha256, size, (tile) => known.get(tilePath(tile)) ?? new Uint8Array());
}
