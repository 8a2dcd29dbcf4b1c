import { encodeBundle } from '../src/bundle.ts';
import { type Checkpoint, formatCheckpoint } from '../src/checkpoint.ts';
import { emptyState, growTree } from '../src/grow.ts';
import { leafHash } from '../src/hash.ts';
import type { LogFault } from '../src/log-fault.ts';
import type { LogReader } from '../src/log-reader.ts';
import { formatNote } from '../src/note.ts';
import { signText } from '../src/signing.ts';
import { tilesOfGrowth } from '../src/tile.ts';
import { bundlePath, tilePath } from '../src/tile-path.ts';
import { type LogCheck, type LogReport, verifyLog } from '../src/verify-log.ts';
import { entryOf, logKey, logName, logPair, sha256, text, verifyEd25519 } from './kit.ts';

/** A whole log in memory: bytes by path. */
export type Files = Map<string, Uint8Array>;

export type Log = { readonly files: Files; readonly checkpoint: Checkpoint };

/** A log of these entries, written at once. */
export async function logOf(entries: readonly Uint8Array[]): Promise<Log> {
  const { files, root } = treeOf(entries);
  const checkpoint = { origin: logName, size: entries.length, root, extensions: [] };
  files.set('checkpoint', text(await signed(checkpoint)));
  return { files, checkpoint };
}

export const entriesTo = (size: number): Uint8Array[] => Array.from({ length: size }, (_, at) => entryOf(at));

/** Tiles and bundles without a checkpoint. */
export function treeOf(entries: readonly Uint8Array[]): { files: Files; root: Uint8Array } {
  const files: Files = new Map();
  const growth = growTree(
    sha256,
    emptyState,
    entries.map((entry) => leafHash(sha256, entry)),
  );
  for (const tile of growth.tiles) files.set(tilePath(tile), tile.bytes);
  for (const tile of tilesOfGrowth(0, entries.length))
    if (tile.level === 0)
      files.set(
        bundlePath(tile),
        encodeBundle(entries.slice(tile.index * 256, tile.index * 256 + tile.width)),
      );
  return { files, root: growth.root };
}

/** The checkpoint as a note that the log's key signed. */
export async function signed(checkpoint: Checkpoint): Promise<string> {
  const note = formatCheckpoint(checkpoint);
  return formatNote({ text: note, signatures: [await signText(note, logKey, logPair.sign)] });
}

export function readerOfFiles(files: Files): Required<LogReader> {
  return { read: async (path) => files.get(path) ?? null, list: () => files.keys() };
}

export function check(files: Files, more: Partial<LogCheck> = {}): Promise<LogReport> {
  return verifyLog(readerOfFiles(files), { sha256, verify: verifyEd25519, key: logKey, ...more });
}

/** Faults in short: code, path, and the entries they concern. */
export function places(faults: readonly LogFault[]): string[] {
  return faults.map(
    ({ code, path, entries }) => `${code} ${path}${entries ? ` ${entries.start}-${entries.end}` : ''}`,
  );
}
