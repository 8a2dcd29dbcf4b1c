import { decodeBundle } from './bundle.ts';
import { equalBytes } from './bytes.ts';
import { asTlogError, entriesOf, type Verification } from './log-reader.ts';
import { checkTile, type TileId, widthOf } from './tile.ts';
import { bundlePath, parsePath, tilePath } from './tile-path.ts';

/**
 * Looks at every path below `tile/` that the reader lists. A partial tile or bundle of an earlier size may still be
 * there (c2sp.org/tlog-tiles, partial tiles) and must then be the beginning of what replaced it; everything else
 * that the size does not ask for is noted. Other paths are not the log's.
 */
export async function checkListing(verification: Verification, size: number): Promise<void> {
  const { reader, faults } = verification;
  for await (const path of reader.list?.() ?? []) {
    if (!path.startsWith('tile/')) continue;
    const tile = tileOf(path);
    const width = tile ? widthOf(tile.level, tile.index, size) : 0;
    if (!tile || tile.width > width) {
      const expected = `nothing there in a log of ${size}`;
      faults.add({
        code: 'superfluous',
        path,
        entries: tile && entriesOf(tile),
        expected,
        found: 'something',
      });
    } else if (tile.width < width) await checkLeftover(verification, path, tile.kind, tile, width);
  }
}

async function checkLeftover(
  { reader, faults }: Verification,
  path: string,
  kind: 'tile' | 'entries',
  tile: TileId,
  width: number,
): Promise<void> {
  const replaced = kind === 'tile' ? tilePath({ ...tile, width }) : bundlePath({ ...tile, width });
  const [old, now] = await Promise.all([reader.read(path), reader.read(replaced)]);
  // What is missing was noted before, or went while we looked, as it may.
  if (!old || !now) return;
  const about = { path, entries: entriesOf(tile) };
  try {
    if (kind === 'tile') checkTile(tile, old);
    else decodeBundle(old, tile.width);
  } catch (error) {
    const expected = `${tile.width} ${kind === 'tile' ? 'hashes' : 'entries'}`;
    faults.add({ ...about, code: 'malformed', expected, found: asTlogError(error).message });
    return;
  }
  // The same entries have the same bytes in both, so the beginning is compared as it is.
  if (equalBytes(old, now.subarray(0, old.length))) return;
  const code = kind === 'tile' ? 'tile-differs' : 'entry-differs';
  faults.add({ ...about, code, expected: `the beginning of ${replaced}`, found: 'something else' });
}

function tileOf(path: string): (TileId & { readonly kind: 'tile' | 'entries' }) | null {
  try {
    const read = parsePath(path);
    return read.kind === 'checkpoint' ? null : { level: 0, ...read };
  } catch (error) {
    return asTlogError(error) && null;
  }
}
