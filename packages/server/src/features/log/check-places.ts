import { encodeBundle } from '@throughline/tlog/bundle.ts';
import { toHex } from '@throughline/tlog/bytes.ts';
import { emptyState, growTree } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import type { LogReader } from '@throughline/tlog/log-reader.ts';
import { type TileId, tileWidth } from '@throughline/tlog/tile.ts';
import { parsePath, tilePath } from '@throughline/tlog/tile-path.ts';
import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint, readHead } from '../../store/log-checkpoint.ts';
import { readTiles } from '../../store/log-tree.ts';
import { sha256 } from '../../store/sha256.ts';
import { fullTiles, type PlaceRow, placeRows, placesEnd, tilesBeyond } from '../../store/verify/places.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';

/** Entries read at once: sixteen bundles. */
const atOnce = 4_096;
const tilesAtOnce = 256;
/** A place whose entry is gone is hashed as nothing, so that the tree names exactly this place. */
const gone = Buffer.alloc(0);

type Found = ReadonlyMap<number, PlaceRow>;
type Pass = {
  readonly db: Db;
  readonly organisation: string;
  readonly faults: FaultSink;
  /** Told of every entry that has a place, in order and once. */
  readonly seen: (rows: readonly PlaceRow[]) => Promise<void>;
};

/**
 * Reads the log of an organisation from its tables in order and once: as tiles and bundles for whoever verifies the
 * tree, each entry on its way for `seen`. Notes what the tables themselves show: holes, hashes, the head.
 */
export class PlacePass implements LogReader {
  readonly #pass: Pass;
  readonly #groups = new Map<number, Found>();
  #tiles: { level: number; from: number; found: ReadonlyMap<number, { bytes: Buffer }> } | undefined;
  #loaded = 0;
  #growth = growTree(sha256, emptyState, []);

  constructor(pass: Pass) {
    this.#pass = pass;
  }

  async read(path: string): Promise<Uint8Array | null> {
    const { db, organisation } = this.#pass;
    const asked = parsePath(path);
    switch (asked.kind) {
      case 'checkpoint': {
        const published = await publishedCheckpoint(db, organisation);
        return published ? Buffer.from(published.note, 'utf8') : null;
      }
      case 'tile':
        return this.#tile(asked);
      case 'entries':
        return this.#bundle(asked.index, asked.width);
    }
  }

  /** Goes through whatever nobody asked for, to the log's end, and holds the head against it. Answers how many places. */
  async finish(): Promise<number> {
    const { db, organisation, faults } = this.#pass;
    const end = await placesEnd(db, organisation);
    while (this.#loaded * atOnce < end) await this.#load();
    const head = await readHead(db, organisation);
    const about = { table: 'log_head' };
    const { size, root } = this.#growth;
    if (head || size > 0) {
      faults.hold('head-differs', about, 'size', { expected: size, found: head?.size });
      faults.hold('head-differs', about, 'root', { expected: toHex(root), found: head?.root });
    }
    for (const tile of await tilesBeyond(db, organisation, end))
      faults.add('superfluous', { path: tilePath({ ...tile, width: tileWidth }), table: 'log_tile' });
    return end;
  }

  async isEmpty(): Promise<boolean> {
    return (await placesEnd(this.#pass.db, this.#pass.organisation)) === 0;
  }

  async #bundle(index: number, width: number): Promise<Uint8Array | null> {
    const group = Math.floor((index * tileWidth) / atOnce);
    while (this.#loaded <= group) await this.#load();
    const found = this.#groups.get(group);
    if (!found) return null;
    const start = index * tileWidth;
    const entries = Array.from({ length: width }, (_, at) => found.get(start + at)?.body ?? gone);
    return encodeBundle(entries);
  }

  async #tile(tile: TileId): Promise<Uint8Array | null> {
    const { db, organisation } = this.#pass;
    if (tile.width < tileWidth) return (await readTiles(db, organisation, [tile]))[0] ?? null;
    const from = Math.floor(tile.index / tilesAtOnce) * tilesAtOnce;
    // One level is walked at a time; tiles above it are few and asked for one by one.
    if (tile.level > 0) return (await readTiles(db, organisation, [tile]))[0] ?? null;
    if (this.#tiles?.from !== from)
      this.#tiles = { level: 0, from, found: await fullTiles(db, organisation, 0, from, tilesAtOnce) };
    return this.#tiles.found.get(tile.index)?.bytes ?? null;
  }

  async #load(): Promise<void> {
    const { db, organisation, seen } = this.#pass;
    const group = this.#loaded;
    const from = group * atOnce;
    const rows = await placeRows(db, organisation, from, from + atOnce);
    this.#groups.set(group, new Map(rows.map((row) => [row.index, bodied(row)])));
    this.#groups.delete(group - 2);
    this.#loaded += 1;
    const below =
      rows.length < atOnce ? Math.min(await placesEnd(db, organisation), from + atOnce) : from + atOnce;
    this.#grow(group, from, below);
    await seen(rows.filter((row) => row.id !== null));
  }

  #grow(group: number, from: number, below: number): void {
    const { faults } = this.#pass;
    const found = this.#groups.get(group);
    const hashes: Uint8Array[] = [];
    for (let index = from; index < below; index += 1) {
      const row = found?.get(index);
      const hash = leafHash(sha256, row?.body ?? gone);
      // The head is over what is kept at the places; that this is not the entry's hash is said at the place.
      hashes.push(row?.hash ?? hash);
      const about = { entries: oneEntry(index), table: 'log_leaf' };
      if (!row) faults.add('place-gone', about);
      else if (row.id === null)
        faults.add('entry-gone', { ...about, table: 'entry', row: row.entry }, { expected: row.entry });
      else if (!row.hash.equals(hash))
        faults.add(
          'place-differs',
          { ...about, row: row.entry, record: row.record },
          {
            expected: toHex(hash),
            found: row.hash.toString('hex'),
          },
        );
    }
    this.#growth = growTree(sha256, this.#growth.state, hashes);
  }
}

/** The body of an entry that is gone is not there either. */
function bodied(row: PlaceRow): PlaceRow {
  return row.id === null ? { ...row, body: gone } : row;
}
