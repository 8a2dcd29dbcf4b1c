import { equalBytes, toHex } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import { collectFaults } from './log-fault.ts';
import { readTile, type Verification } from './log-reader.ts';
import { rangeHash } from './range.ts';
import { hashesOfTiles, tilesOfRanges } from './tile.ts';
import { checkpointPath, tilePath } from './tile-path.ts';

/** A checkpoint that somebody kept: whoever signed it stands by it. */
export type HeldCheckpoint = Pick<Checkpoint, 'size' | 'root'>;

/**
 * Notes when the log does not go on from a checkpoint held: it is smaller, or its first entries are others. From any
 * checkpoint without entries every log goes on.
 */
export async function checkHeld(
  verification: Verification,
  { size }: HeldCheckpoint,
  held: HeldCheckpoint,
): Promise<void> {
  const { sha256, faults } = verification;
  const about = { path: checkpointPath, entries: { start: 0, end: held.size } };
  if (held.size === 0) return;
  if (held.size > size) {
    const lost = { start: size, end: held.size };
    const expected = `${held.size} entries or more`;
    faults.add({ ...about, code: 'shrunk', entries: lost, expected, found: `${size} entries` });
    return;
  }
  const whole = { start: 0, end: held.size };
  const tiles = new Map<string, Uint8Array>();
  // Whatever is missing here was noted on the way through the whole tree.
  const quiet = { ...verification, faults: collectFaults(0) };
  for (const tile of tilesOfRanges([whole], size)) {
    const bytes = await readTile(quiet, tile);
    if (bytes === null) return;
    tiles.set(tilePath(tile), bytes);
  }
  const read = hashesOfTiles(sha256, size, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array());
  const root = rangeHash(sha256, whole, read);
  if (equalBytes(root, held.root)) return;
  faults.add({ ...about, code: 'forked', expected: toHex(held.root), found: toHex(root) });
}
