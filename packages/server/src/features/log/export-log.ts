import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DomainError } from '@throughline/domain/errors.ts';
import { encodeBundle } from '@throughline/tlog/bundle.ts';
import { formatKey } from '@throughline/tlog/key.ts';
import { type TileId, tilesOfGrowth, tileWidth } from '@throughline/tlog/tile.ts';
import { bundlePath, checkpointPath, tilePath } from '@throughline/tlog/tile-path.ts';
import type { Services } from '../../services.ts';
import { makeDirectories } from '../../store/directories.ts';
import { entriesWritten } from '../../store/log.ts';
import { type PublishedCheckpoint, publishedCheckpoint } from '../../store/log-checkpoint.ts';
import { logKeys } from '../../store/log-keys.ts';
import { entriesFrom } from '../../store/log-proof.ts';
import { TreeBroken, treeOf } from '../../store/log-tree.ts';
import { type KnownKey, verifierKeys } from './keys.ts';

/** What was written: everything under one signed checkpoint. */
export type ExportedLog = {
  readonly checkpoint: PublishedCheckpoint;
  /** Oldest first. */
  readonly keys: readonly KnownKey[];
  readonly files: number;
  readonly bytes: number;
  /** Entries that were written and are not under the checkpoint, with a place or still waiting for one. */
  readonly behind: number;
};

type Progress = (done: number, total: number) => void;

/** Tiles that are read at once, and so entries: 4,096. */
const atOnce = 16;

/**
 * Writes the log as plain files in the layout of c2sp.org/tlog-tiles: tiles, entry bundles, `key` (the one that signed
 * the checkpoint, and below it all others), and last the checkpoint: a directory that has one is whole. Everything
 * under a checkpoint stays as it is, so writing goes on beside this. Refuses a directory that holds something.
 */
export async function exportLog(
  services: Services,
  organisation: string,
  directory: string,
  progress: Progress,
): Promise<ExportedLog> {
  const { checkpoint, keys } = await services.store.readWhole(organisation, async ({ db }) => {
    const published = await publishedCheckpoint(db, organisation);
    return { checkpoint: published, keys: verifierKeys(published?.origin, await logKeys(db)) };
  });
  if (!checkpoint)
    throw new DomainError('conflict', 'Nothing of this log is signed yet, so there is nothing to verify.');
  await ensureEmpty(directory);
  const files = new Files(directory);
  const tiles = [...tilesOfGrowth(0, checkpoint.size)];
  for (let from = 0; from < tiles.length; from += atOnce) {
    const group = tiles.slice(from, from + atOnce);
    for (const [path, bytes] of await readGroup(services, organisation, group))
      await files.write(path, bytes);
    progress(Math.min(tiles.length, from + atOnce), tiles.length);
  }
  const signer = keys.filter(({ number }) => number === checkpoint.key);
  const others = keys.filter(({ number }) => number !== checkpoint.key).reverse();
  await files.write('key', [...signer, ...others].map(({ key }) => `${formatKey(key)}\n`).join(''));
  await files.write(checkpointPath, checkpoint.note);
  const written = await services.store.asOwner((db) => entriesWritten(db, organisation));
  const behind = written - checkpoint.size;
  return { checkpoint, keys, files: files.count, bytes: files.bytes, behind };
}

/** Tiles, and for those of the lowest level the entries below them. */
async function readGroup(
  services: Services,
  organisation: string,
  tiles: readonly TileId[],
): Promise<[string, Uint8Array][]> {
  return services.store.readWhole(organisation, async ({ db }) => {
    const bytes = await treeOf(db, organisation)(tiles);
    const named = tiles.map((tile, at): [string, Uint8Array] => [tilePath(tile), bytes[at] ?? Buffer.of()]);
    const lowest = tiles.filter(({ level }) => level === 0);
    const [first] = lowest;
    if (!first) return named;
    const count = lowest.reduce((sum, { width }) => sum + width, 0);
    const entries = await entriesFrom(db, organisation, first.index * tileWidth, count);
    if (entries.length !== count)
      throw new TreeBroken(`The log has not all of its entries from ${first.index * tileWidth} on`);
    const bundles = lowest.map((tile): [string, Uint8Array] => {
      const start = (tile.index - first.index) * tileWidth;
      return [bundlePath(tile), encodeBundle(entries.slice(start, start + tile.width))];
    });
    return [...named, ...bundles];
  });
}

async function ensureEmpty(directory: string): Promise<void> {
  makeDirectories(directory);
  if ((await readdir(directory)).length > 0)
    throw new DomainError('conflict', `${directory} holds something already. Name a new or empty directory.`);
}

/** Writes below a directory, and counts. */
class Files {
  count = 0;
  bytes = 0;
  readonly #root: string;
  readonly #made = new Set<string>();

  constructor(root: string) {
    this.#root = root;
  }

  async write(path: string, content: Uint8Array | string): Promise<void> {
    const file = join(this.#root, path);
    const folder = dirname(file);
    if (!this.#made.has(folder)) {
      makeDirectories(folder);
      this.#made.add(folder);
    }
    await writeFile(file, content);
    this.count += 1;
    this.bytes += Buffer.byteLength(content);
  }
}
