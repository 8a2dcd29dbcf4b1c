import { toHex } from '@throughline/tlog/bytes.ts';
import { emptyState, growTree } from '@throughline/tlog/grow.ts';
import { leafHash } from '@throughline/tlog/hash.ts';
import { edgeTiles, tileWidth } from '@throughline/tlog/tile.ts';
import { entriesFrom } from '../src/store/log-proof.ts';
import { addTiles, readTiles } from '../src/store/log-tree.ts';
import { sha256 } from '../src/store/sha256.ts';
import type { Store } from '../src/store/store.ts';
import { openPublished } from './signing.ts';

const guarded = [
  'entry',
  'log_leaf',
  'log_tile',
  'log_origin',
  'approval',
  'log_key',
  'log_key_entry',
  'log_verification',
];

/** What whoever owns the database can do: anything, once the triggers are off. */
export async function asAttacker(store: Store, ...statements: [string, unknown[]][]): Promise<void> {
  const client = await store.owner.connect();
  try {
    await client.query('begin');
    for (const table of guarded) await client.query(`alter table ${table} disable trigger all`);
    for (const [text, values] of statements) await client.query(text, values);
    for (const table of guarded) await client.query(`alter table ${table} enable trigger all`);
    await client.query('commit');
  } catch (error) {
    // A connection that is given back within a failed transaction would fail whoever has it next.
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

/** Sets tiles and head so that they fit the leaves as they now stand, as a careful attacker would. */
export async function rebuildTree(store: Store, organisation: string): Promise<void> {
  const { rows } = await store.owner.query<{ hash: Buffer }>(
    'select hash from log_leaf where organisation = $1 order by index',
    [organisation],
  );
  const growth = growTree(
    sha256,
    emptyState,
    rows.map((row) => row.hash),
  );
  await asAttacker(store, ['delete from log_tile where organisation = $1', [organisation]]);
  await store.asOwner((db) => addTiles(db, organisation, growth));
  await asAttacker(store, [
    'update log_head set size = $2, root = $3 where organisation = $1',
    [organisation, growth.size, Buffer.from(growth.root)],
  ]);
}

/** Everything that must hold of a log once nobody works on it: throws with what does not. */
export async function ensureWholeLog(
  store: Store,
  organisation: string,
): Promise<{ readonly size: number; readonly indexes: number[] }> {
  const { rows } = await store.owner.query<{ index: string; hash: Buffer }>(
    'select index, hash from log_leaf where organisation = $1 order by index',
    [organisation],
  );
  const indexes = rows.map((row) => Number(row.index));
  if (indexes.some((index, at) => index !== at)) throw new Error('The places are not gapless');
  const entries = await store.asOwner((db) => entriesFrom(db, organisation, 0, rows.length));
  const leaves = entries.map((entry) => leafHash(sha256, entry));
  if (leaves.some((leaf, at) => toHex(leaf) !== rows[at]?.hash.toString('hex')))
    throw new Error('A leaf is not the hash of its entry');
  const growth = growTree(sha256, emptyState, leaves);
  const wanted = [...growth.tiles.filter(({ width }) => width === tileWidth), ...edgeTiles(rows.length)];
  const stored = await store.asOwner((db) => readTiles(db, organisation, wanted));
  for (const [at, { level, index, width }] of wanted.entries()) {
    const made = growth.tiles.find((tile) => tile.level === level && tile.index === index);
    if (!made || !stored[at]?.equals(made.bytes))
      throw new Error(`Tile ${index} of level ${level}, ${width} wide, is not that of the leaves`);
  }
  const { rows: counted } = await store.owner.query<{ n: number }>(
    'select count(*)::int as n from log_tile where organisation = $1',
    [organisation],
  );
  if (counted[0]?.n !== growth.tiles.filter(({ width }) => width === tileWidth).length)
    throw new Error('There are tiles too many or too few');
  const signed = await openPublished(store, organisation);
  if (signed.size !== rows.length || toHex(signed.root) !== toHex(growth.root))
    throw new Error('What is signed is not what stands');
  return { size: rows.length, indexes };
}
