import { decodeBundle, encodeBundle, maxEntryLength } from '@throughline/tlog/bundle.ts';
import { equalBytes, toHex } from '@throughline/tlog/bytes.ts';
import { rootOf } from '@throughline/tlog/frontier.ts';
import { emptyState, growTree, type TreeState } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import type { LogReader } from '@throughline/tlog/log-reader.ts';
import { type TileId, tileWidth } from '@throughline/tlog/tile.ts';
import { parsePath, tilePath } from '@throughline/tlog/tile-path.ts';
import type { Db } from '../../store/connection.ts';
import { publishedCheckpoint, readHead } from '../../store/log-checkpoint.ts';
import { readTiles, readTreeState, TreeBroken } from '../../store/log-tree.ts';
import { sha256 } from '../../store/sha256.ts';
import { type PlacedBundle, placedBundles } from '../../store/verify/bundles.ts';
import {
  fullTiles,
  keptHashes,
  type PlaceRow,
  placeRows,
  placesEnd,
  placesOutOfTime,
  tilesBeyond,
} from '../../store/verify/places.ts';
import { type FaultSink, oneEntry } from './fault-sink.ts';

/** Entries read at once: 32 bundles. */
const atOnce = 8_192;
const tilesAtOnce = 256;
/** Places out of time that are named, at most. */
const mostOutOfTime = 200;
/** A place whose entry is gone is hashed as nothing, so that the tree names exactly this place. */
const gone = Buffer.alloc(0);

/** An entry in its place, as text. */
export type PlacedText = { readonly index: number; readonly text: string };

type Pass = {
  readonly db: Db;
  readonly organisation: string;
  readonly faults: FaultSink;
  /** Told of every entry of a bundle in which something may be amiss, in order and once. */
  readonly seen: (rows: readonly PlaceRow[]) => Promise<void>;
  /**
   * Asked about every other bundle, in order and once, with a line of columns for each entry: whether the entries say the
   * same. Where not, `seen` is told of them.
   */
  readonly sound: (entries: readonly PlacedText[], columns: readonly string[]) => boolean;
};

/** What verifying the tree said, as far as the head depends on it. */
export type SignedTree = { readonly size: number; readonly root: Uint8Array };

/**
 * Reads the log of an organisation from its tables in order and once: as tiles and bundles for whoever verifies the
 * tree, each entry on its way for `seen` or `sound`. Notes what the tables themselves show: holes, hashes, the head.
 * A bundle's
 * rows are compared at once; where something differs, each is compared by itself and named.
 */
export class PlacePass implements LogReader {
  readonly #pass: Pass;
  /** By number, those that were read last. */
  readonly #bundles = new Map<number, { readonly bytes: Uint8Array; readonly width: number }>();
  #tiles: { level: number; from: number; found: ReadonlyMap<number, { bytes: Buffer }> } | undefined;
  #loaded = 0;
  #allSound = true;

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

  /**
   * Goes through whatever nobody asked for, to the log's end, and holds the head against it. Answers how many places.
   * @param signed the tree that verified, where one did
   */
  async finish(signed: SignedTree | undefined): Promise<number> {
    const { db, organisation, faults } = this.#pass;
    const end = await placesEnd(db, organisation);
    while (this.#loaded * atOnce < end) await this.#load();
    await this.#holdMoments();
    const head = await readHead(db, organisation);
    const about = { table: 'log_head' };
    const { size, root } = await this.#grown(end, this.#allSound ? signed : undefined);
    if (head || size > 0) {
      faults.hold('head-differs', about, 'size', { expected: size, found: head?.size });
      faults.hold('head-differs', about, 'root', { expected: toHex(root), found: head?.root });
    }
    for (const tile of await tilesBeyond(db, organisation, end))
      faults.add('superfluous', { path: tilePath({ ...tile, width: tileWidth }), table: 'log_tile' });
    return end;
  }

  /** One more than the highest place. */
  end(): Promise<number> {
    return placesEnd(this.#pass.db, this.#pass.organisation);
  }

  /** Moments of places never go back: a past register shows what had its place by then. */
  async #holdMoments(): Promise<void> {
    const { db, organisation, faults } = this.#pass;
    const { early, late } = await placesOutOfTime(db, organisation, mostOutOfTime);
    const add = (index: number, expected: string, found: Date) =>
      faults.add(
        'promoted-differs',
        { entries: oneEntry(index), table: 'log_leaf', column: 'at' },
        { expected, found: found.toISOString() },
      );
    for (const { index, at, before } of early) add(index, `not before ${before.toISOString()}`, at);
    if (late) add(late.index, 'a moment that has come', late.at);
  }

  async isEmpty(): Promise<boolean> {
    return (await this.end()) === 0;
  }

  /** The root over what is kept at the first places; that each is its entry's hash is said at the place. */
  async rootAt(size: number): Promise<Uint8Array> {
    return (await this.#grown(size, undefined)).root;
  }

  async #bundle(index: number, width: number): Promise<Uint8Array | null> {
    const group = Math.floor((index * tileWidth) / atOnce);
    while (this.#loaded <= group) await this.#load();
    const found = this.#bundles.get(index);
    if (found?.width === width) return found.bytes;
    const entries = found ? decodeBundle(found.bytes, found.width) : [];
    return encodeBundle(Array.from({ length: width }, (_, at) => entries[at] ?? gone));
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
    const { db, organisation } = this.#pass;
    const from = this.#loaded * atOnce;
    const below = Math.min(await placesEnd(db, organisation), from + atOnce);
    this.#loaded += 1;
    for (const index of this.#bundles.keys())
      if (index * tileWidth < from - atOnce) this.#bundles.delete(index);
    const found = from < below ? await placedBundles(db, organisation, from, below) : [];
    const byIndex = new Map(found.map((bundle) => [bundle.index, bundle]));
    for (let start = from; start < below; start += tileWidth) {
      const end = Math.min(below, start + tileWidth);
      const bundle = byIndex.get(start / tileWidth);
      if (!(bundle && this.#takes(bundle, end - start))) await this.#compare(start, end);
    }
  }

  /** Takes a bundle as it is, where nothing is amiss. */
  #takes({ index, places, lines, fits, columns }: PlacedBundle, width: number): boolean {
    if (places !== width || !fits || lines === null || lines.includes('\\')) return false;
    const texts = lines.split('\n');
    if (texts.length !== width || texts.some(({ length }) => length > maxEntryLength)) return false;
    const start = index * tileWidth;
    const entries = texts.map((text, at) => ({ index: start + at, text }));
    if (!this.#pass.sound(entries, columns.split('\n'))) return false;
    this.#keep(index, width, bundleOf(texts));
    return true;
  }

  /** Compares each place by itself and says what is wrong with it. */
  async #compare(start: number, below: number): Promise<void> {
    const { db, organisation, seen } = this.#pass;
    this.#allSound = false;
    const rows = await placeRows(db, organisation, start, below);
    const found = new Map(rows.map((row) => [row.index, bodied(row)]));
    const entries: Uint8Array[] = [];
    for (let index = start; index < below; index += 1) {
      this.#hold(index, found.get(index));
      const body = found.get(index)?.body ?? gone;
      // Longer than any entry may be, so no bundle can hold it: the tree then names this place.
      entries.push(body.length > maxEntryLength ? gone : body);
    }
    this.#keep(start / tileWidth, entries.length, encodeBundle(entries));
    await seen(rows.filter((row) => row.id !== null));
  }

  #keep(index: number, width: number, bytes: Uint8Array): void {
    this.#bundles.set(index, { bytes, width });
  }

  #hold(index: number, row: PlaceRow | undefined): void {
    const { faults } = this.#pass;
    const hash = leafHash(sha256, row?.body ?? gone);
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

  /**
   * The tree over what is kept at the places. That a hash is not its entry's was said at the place. Where every place has
   * its entry's hash and the entries are those that were signed, the tree up to there is the signed one.
   */
  async #grown(end: number, signed: SignedTree | undefined): Promise<SignedTree> {
    const { db, organisation } = this.#pass;
    let growth = growTree(sha256, await this.#signedState(signed), []);
    while (growth.size < end) {
      const below = Math.min(end, growth.size + atOnce);
      const kept = await keptHashes(db, organisation, growth.size, below);
      const hashes = Array.from(
        { length: below - growth.size },
        (_, at) => kept.get(growth.size + at) ?? leafHash(sha256, gone),
      );
      growth = growTree(sha256, growth.state, hashes);
    }
    return growth;
  }

  async #signedState(signed: SignedTree | undefined): Promise<TreeState> {
    if (!signed) return emptyState;
    try {
      const state = await readTreeState(this.#pass.db, this.#pass.organisation, signed.size);
      return equalBytes(rootOf(sha256, state.frontier), signed.root) ? state : emptyState;
    } catch (error) {
      // Roots of full tiles that are kept beside them are no part of the log: the tree is then made from its leaves.
      if (!(error instanceof TreeBroken)) throw error;
      return emptyState;
    }
  }
}

/** The bundle of entries whose characters are their bytes (c2sp.org/tlog-tiles): as `encodeBundle` makes it, in one go. */
function bundleOf(texts: readonly string[]): Uint8Array {
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, { length }) => sum + 2 + length, 0));
  let at = 0;
  for (const text of texts) {
    at = bytes.writeUInt16BE(text.length, at);
    at += bytes.write(text, at, 'latin1');
  }
  return bytes;
}

/** The body of an entry that is gone is not there either. */
function bodied(row: PlaceRow): PlaceRow {
  return row.id === null ? { ...row, body: gone } : row;
}
