import { decodeBundle } from './bundle.ts';
import { TlogError } from './errors.ts';
import { hashLength, type Sha256 } from './hash.ts';
import type { Faults } from './log-fault.ts';
import type { Range } from './range.ts';
import { checkTile, type TileId, tileWidth } from './tile.ts';
import { type BundleId, bundlePath, tilePath } from './tile-path.ts';

/** Where a log is read from: a directory, an address, a database. */
export type LogReader = {
  /** The bytes at a path of c2sp.org/tlog-tiles below the log's prefix; `null` when nothing is there. */
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** Every path that is there, where that can be said; then what does not belong is found too. */
  readonly list?: () => AsyncIterable<string> | Iterable<string>;
};

/** What every part of a verification works with. */
export type Verification = {
  readonly sha256: Sha256;
  readonly reader: LogReader;
  readonly faults: Faults;
};

/** The entries below a tile, or below some of its hashes. */
export function entriesOf({ level, index, width }: TileId, from = 0, to = width): Range {
  const each = tileWidth ** level;
  return { start: (index * tileWidth + from) * each, end: (index * tileWidth + to) * each };
}

/** A tile's bytes; nothing, with the fault noted, where it is missing or of another length. */
export async function readTile({ reader, faults }: Verification, tile: TileId): Promise<Uint8Array | null> {
  const path = tilePath(tile);
  const entries = entriesOf(tile);
  const exact = await reader.read(path);
  // The specification lets a log drop a partial tile once the full one is there: its beginning is the partial one.
  const full = exact === null && tile.width < tileWidth ? await readFull(reader, tilePath, tile) : null;
  const bytes = exact ?? full?.subarray(0, tile.width * hashLength) ?? null;
  if (bytes === null) {
    faults.add({ code: 'missing', path, entries, expected: `${tile.width} hashes`, found: 'nothing' });
    return null;
  }
  try {
    return checkTile(tile, bytes);
  } catch (error) {
    const found = `${bytes.length} bytes`;
    faults.add({ code: 'malformed', path, entries, expected: `${tile.width} hashes`, found });
    return asTlogError(error) && null;
  }
}

/** A bundle's entries; nothing, with the fault noted, where it is missing or cannot be taken apart. */
export async function readBundle(
  { reader, faults }: Verification,
  bundle: BundleId,
): Promise<Uint8Array[] | null> {
  const path = bundlePath(bundle);
  const entries = entriesOf({ ...bundle, level: 0 });
  const expected = `${bundle.width} entries`;
  const exact = await reader.read(path);
  const full = exact === null && bundle.width < tileWidth ? await readFull(reader, bundlePath, bundle) : null;
  const bytes = exact ?? full;
  if (bytes === null) {
    faults.add({ code: 'missing', path, entries, expected, found: 'nothing' });
    return null;
  }
  try {
    return decodeBundle(bytes, full ? tileWidth : bundle.width).slice(0, bundle.width);
  } catch (error) {
    faults.add({ code: 'malformed', path, entries, expected, found: asTlogError(error).message });
    return null;
  }
}

/** Lets through what is a refusal of this package; everything else is not ours to explain. */
export function asTlogError(error: unknown): TlogError {
  if (error instanceof TlogError) return error;
  throw error;
}

function readFull<Id extends BundleId>(reader: LogReader, pathOf: (id: Id) => string, id: Id) {
  return reader.read(pathOf({ ...id, width: tileWidth }));
}
