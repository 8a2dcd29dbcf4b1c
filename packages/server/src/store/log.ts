import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Reader } from './reader.ts';
import type { Tables } from './tables.ts';

/** RFC 6962 §2.1: the hash of a leaf is that of a zero byte and the entry. */
export function leafHash(body: Buffer): Buffer {
  return createHash('sha256').update(Buffer.of(0)).update(body).digest();
}

const atOnce = 2_000;

/** Organisations with entries that have no place in the log yet. */
export async function organisationsWithPending(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('entry_pending').select('organisation').distinct().limit(1_000).execute();
  return rows.map((row) => row.organisation);
}

/**
 * Gives pending entries of one organisation their places, in one transaction of the owner. The head's row is the
 * lock: a second sequencer passes by. What is gapless and in order stays so when a writer holds its transaction for
 * seconds, because an entry is pending only once it is committed. Answers how many were placed, or `busy`.
 */
export async function sequence(
  db: Kysely<Tables>,
  organisation: string,
  now: Date,
): Promise<number | 'busy'> {
  const head = (await lockHead(db, organisation)) ?? (await beginLog(db, organisation));
  if (!head) return 'busy';
  // Two statements that no statistics can mislead: the table is empty whenever it is analysed, and a delete joined to
  // itself then compared every row with every other (242 entries a second).
  const { rows } = await sql<{ seq: string; entry: string; body: Buffer }>`
    select p.seq, p.entry, (select e.body from entry e where e.organisation = ${organisation} and e.id = p.entry) as body
    from entry_pending p where p.organisation = ${organisation} order by p.seq limit ${atOnce}`.execute(db);
  if (rows.length === 0) return 0;
  await sql`delete from entry_pending where organisation = ${organisation}
    and seq = any(${rows.map((row) => row.seq)}::bigint[])`.execute(db);
  const first = Number(head.size);
  await sql`insert into log_leaf (organisation, index, entry, hash, at)
    select ${organisation}, ${first} + x.place - 1, x.entry, x.hash, ${now}
    from unnest(${rows.map((row) => row.entry)}::uuid[], ${rows.map((row) => leafHash(row.body))}::bytea[]) with ordinality as x(entry, hash, place)`.execute(
    db,
  );
  await db
    .updateTable('log_head')
    .set({ size: first + rows.length })
    .where('organisation', '=', organisation)
    .execute();
  return rows.length;
}

async function lockHead(db: Kysely<Tables>, organisation: string): Promise<{ size: string } | undefined> {
  return db
    .selectFrom('log_head')
    .select('size')
    .where('organisation', '=', organisation)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
}

/** The head of a log that has none yet. Asked first: an insert beside a sequencer at work would wait for its end. */
async function beginLog(db: Kysely<Tables>, organisation: string): Promise<{ size: string } | undefined> {
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
