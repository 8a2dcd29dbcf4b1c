import { rootOf } from '@throughline/tlog/frontier.ts';
import { growTree } from '@throughline/tlog/grow.ts';
import { emptyRoot, leafHash } from '@throughline/tlog/hash.ts';
import { sql } from 'kysely';
import type { Db } from './connection.ts';
import { addTiles, buildTiles, readTreeState, TreeBroken } from './log-tree.ts';
import type { Reader } from './reader.ts';
import { sha256 } from './sha256.ts';

/** Entries that one transaction gives their places. */
export const atOnce = 4_096;

/** Organisations with entries that have no place in the log yet, or with places that have no tree yet. */
export async function organisationsWithPending(db: Db): Promise<string[]> {
  const { rows } = await sql<{ organisation: string }>`
    select organisation from log_head where root is null and size > 0
    union select organisation from (select distinct organisation from entry_pending limit 1000) p`.execute(
    db,
  );
  return rows.map((row) => row.organisation);
}

/** Entries that an organisation's log has or will have: those with a place and those that wait for one. */
export async function entriesWritten(db: Db, organisation: string): Promise<number> {
  const { rows } = await sql<{ written: string }>`
    select coalesce((select size from log_head where organisation = ${organisation}), 0)
      + (select count(*) from entry_pending where organisation = ${organisation}) as written`.execute(db);
  return Number(rows[0]?.written ?? 0);
}

/** Named so that tests can end a process between any two of them. */
export type SequenceStep = 'locked' | 'taken' | 'leaves' | 'tiles' | 'head';

/**
 * Gives pending entries of one organisation their places, with tiles and head, in one transaction of the owner. The
 * head's row is the lock: a second sequencer passes by. What is gapless and in order stays so when a writer holds its
 * transaction for seconds, because an entry is pending only once it is committed. Answers how many were placed, or
 * `busy`. Throws `TreeBroken` when what stands does not lead to the head's root: nothing is built on that.
 */
export async function sequence(
  db: Db,
  organisation: string,
  now: Date,
  reached: (step: SequenceStep) => void = () => undefined,
): Promise<number | 'busy'> {
  const head = (await lockHead(db, organisation)) ?? (await beginLog(db, organisation));
  if (!head) return 'busy';
  reached('locked');
  const first = Number(head.size);
  const root = head.root ?? (await firstRoot(db, organisation, first));
  const rows = await takePending(db, organisation);
  if (rows.length === 0) return 0;
  reached('taken');
  const state = await readTreeState(db, organisation, first);
  if (!root.equals(rootOf(sha256, state.frontier)))
    throw new TreeBroken(`Leaves and tiles do not lead to the root of the head at ${first} entries`);
  const hashes = rows.map((row) => leafHash(sha256, row.body));
  // No place is earlier than the one before or than its entry was made, whatever the clocks of nodes say: so that a moment
  // that somebody writes beside a place shows, and with it another past.
  await sql`insert into log_leaf (organisation, index, entry, hash, at)
    select ${organisation}, ${first} + x.place - 1, x.entry, x.hash, greatest(${now}::timestamptz,
      max((select e.at from entry e where e.organisation = ${organisation} and e.id = x.entry)) over (order by x.place),
      (select f.at from log_leaf f where f.organisation = ${organisation} and f.index = ${first}::bigint - 1))
    from unnest(${rows.map((row) => row.entry)}::uuid[], ${hashes}::bytea[]) with ordinality as x(entry, hash, place)`.execute(
    db,
  );
  reached('leaves');
  const growth = growTree(sha256, state, hashes);
  await addTiles(db, organisation, growth);
  reached('tiles');
  await setHead(db, organisation, growth.size, growth.root);
  reached('head');
  return rows.length;
}

async function takePending(db: Db, organisation: string): Promise<{ entry: string; body: Buffer }[]> {
  // Two statements that no statistics can mislead: the table is empty whenever it is analysed, and a delete joined to
  // itself then compared every row with every other (242 entries a second).
  const { rows } = await sql<{ seq: string; entry: string; body: Buffer }>`
    select p.seq, p.entry, (select e.body from entry e where e.organisation = ${organisation} and e.id = p.entry) as body
    from entry_pending p where p.organisation = ${organisation} order by p.seq limit ${atOnce}`.execute(db);
  if (rows.length > 0)
    await sql`delete from entry_pending where organisation = ${organisation}
      and seq = any(${rows.map((row) => row.seq)}::bigint[])`.execute(db);
  return rows;
}

/** Of a log whose entries were placed before there was a tree: all of it is built now. */
async function firstRoot(db: Db, organisation: string, size: number): Promise<Buffer> {
  const root = Buffer.from(size === 0 ? emptyRoot(sha256) : await buildTiles(db, organisation, size));
  await setHead(db, organisation, size, root);
  return root;
}

async function setHead(db: Db, organisation: string, size: number, root: Uint8Array): Promise<void> {
  await db
    .updateTable('log_head')
    .set({ size, root: Buffer.from(root) })
    .where('organisation', '=', organisation)
    .execute();
}

type Head = { size: string; root: Buffer | null };

async function lockHead(db: Db, organisation: string): Promise<Head | undefined> {
  return db
    .selectFrom('log_head')
    .select(['size', 'root'])
    .where('organisation', '=', organisation)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** The head of a log that has none yet. Asked first: an insert beside a sequencer at work would wait for its end. */
async function beginLog(db: Db, organisation: string): Promise<Head | undefined> {
  const known = await db
    .selectFrom('log_head')
    .select('size')
    .where('organisation', '=', organisation)
    .executeTakeFirst();
  if (known) return undefined;
  await db
    .insertInto('log_head')
    .values({ organisation, size: 0, root: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return lockHead(db, organisation);
}

/** The newest placed entry of an organisation: its index and hash, hex. An empty log has index -1 and an empty hash. */
export async function newestLeaf(reader: Reader): Promise<{ index: number; hash: string }> {
  const row = await reader.db
    .selectFrom('log_leaf')
    .select(['index', 'hash'])
    .where('organisation', '=', reader.organisation)
    .orderBy('index', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? { index: Number(row.index), hash: row.hash.toString('hex') } : { index: -1, hash: '' };
}
