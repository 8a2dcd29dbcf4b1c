import { sql } from 'kysely';
import type { Db } from '../connection.ts';

/** A place of the log beside its entry, with what is kept beside the body; `id` is `null` where the entry is gone. */
export type PlaceRow = {
  readonly index: number;
  readonly entry: string;
  readonly hash: Buffer;
  readonly id: string | null;
  readonly act: string;
  readonly record: string | null;
  readonly actor_type: string;
  readonly actor_id: string;
  readonly at: Date;
  /** When it got its place; `null` while it has none. */
  readonly placed_at: Date | null;
  readonly body: Buffer;
};

/** Places from an index on, in order: a gap where places are gone. */
export async function placeRows(
  db: Db,
  organisation: string,
  from: number,
  below: number,
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow & { index: string }>`
    select f.index, f.entry, f.hash, e.id, e.act, e.record, e.actor_type, e.actor_id, e.at, e.body, f.at as placed_at
    from log_leaf f left join entry e on e.organisation = f.organisation and e.id = f.entry
    where f.organisation = ${organisation} and f.index >= ${from} and f.index < ${below} order by f.index`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** The hashes that are kept at places, by place. */
export async function keptHashes(
  db: Db,
  organisation: string,
  from: number,
  below: number,
): Promise<ReadonlyMap<number, Buffer>> {
  const { rows } = await sql<{ index: string; hash: Buffer }>`
    select index, hash from log_leaf
    where organisation = ${organisation} and index >= ${from} and index < ${below}`.execute(db);
  return new Map(rows.map((row) => [Number(row.index), row.hash]));
}

/** One more than the highest place; 0 where there is none. */
export async function placesEnd(db: Db, organisation: string): Promise<number> {
  const { rows } = await sql<{ end: string | null }>`
    select max(index) + 1 as end from log_leaf where organisation = ${organisation}`.execute(db);
  return Number(rows[0]?.end ?? 0);
}

/** Entries that have no place and do not wait for one either. */
export async function entriesWithoutPlace(
  db: Db,
  organisation: string,
  most: number,
): Promise<{ id: string; act: string; record: string | null }[]> {
  const { rows } = await sql<{ id: string; act: string; record: string | null }>`
    select e.id, e.act, e.record from entry e
    where e.organisation = ${organisation}
      and not exists (select from log_leaf f where f.organisation = e.organisation and f.entry = e.id)
      and not exists (select from entry_pending p where p.organisation = e.organisation and p.entry = e.id and p.seq = e.seq)
    limit ${most}`.execute(db);
  return rows;
}

/** What waits for a place without being an entry. */
export async function waitingWithoutEntry(db: Db, organisation: string, most: number): Promise<string[]> {
  const { rows } = await sql<{ entry: string }>`
    select p.entry from entry_pending p where p.organisation = ${organisation}
      and not exists (select from entry e where e.organisation = p.organisation and e.id = p.entry)
    limit ${most}`.execute(db);
  return rows.map((row) => row.entry);
}

/** The bodies of entries that wait for their place: a moment old in an installation that runs. */
export async function waitingEntries(db: Db, organisation: string): Promise<PlaceRow[]> {
  const { rows } = await sql<Omit<PlaceRow, 'index' | 'hash'>>`
    select p.entry, e.id, e.act, e.record, e.actor_type, e.actor_id, e.at, e.body, null as placed_at from entry_pending p
    join entry e on e.organisation = p.organisation and e.id = p.entry
    where p.organisation = ${organisation} order by p.seq`.execute(db);
  return rows.map((row) => ({ ...row, index: -1, hash: Buffer.alloc(0) }));
}

/** Full tiles from an index on, in order, with the hash over each that is kept beside it. */
export async function fullTiles(
  db: Db,
  organisation: string,
  level: number,
  from: number,
  count: number,
): Promise<ReadonlyMap<number, { bytes: Buffer; root: Buffer }>> {
  const { rows } = await sql<{ index: string; bytes: Buffer; root: Buffer }>`
    select index, bytes, root from log_tile
    where organisation = ${organisation} and level = ${level} and index >= ${from} and index < ${from + count}`.execute(
    db,
  );
  return new Map(rows.map(({ index, ...tile }) => [Number(index), tile]));
}

/** Tiles beyond what a tree of this size has. */
export async function tilesBeyond(
  db: Db,
  organisation: string,
  size: number,
): Promise<{ level: number; index: number }[]> {
  const { rows } = await sql<{ level: number; index: string }>`
    select level, index from log_tile where organisation = ${organisation}
      and (index + 1) * power(256::numeric, level + 1) > ${size} order by level, index limit 100`.execute(db);
  return rows.map((row) => ({ level: row.level, index: Number(row.index) }));
}

/** Every name that the log went by, oldest first. */
export async function logOrigins(db: Db, organisation: string): Promise<string[]> {
  const rows = await db
    .selectFrom('log_origin')
    .select('origin')
    .where('organisation', '=', organisation)
    .orderBy('number')
    .execute();
  return rows.map((row) => row.origin);
}

/** Which entry told of which key. */
export async function toldKeys(db: Db, organisation: string): Promise<{ entry: string; key: number }[]> {
  return db
    .selectFrom('log_key_entry')
    .select(['entry', 'key'])
    .where('organisation', '=', organisation)
    .execute();
}

/**
 * From here on one moment is looked at, and nothing is written. The first statement of its transaction. Answers the
 * moment's name, while the transaction lasts.
 * @param moment one that another connection looks at: then both see the same
 */
export async function lookAtOneMoment(db: Db, moment?: string): Promise<string> {
  await sql`set transaction isolation level repeatable read, read only`.execute(db);
  if (moment !== undefined) await sql`set transaction snapshot ${sql.lit(moment)}`.execute(db);
  // Moments that are compared as texts are written the same everywhere.
  await sql`select set_config('timezone', 'UTC', true), set_config('datestyle', 'ISO', true)`.execute(db);
  if (moment !== undefined) return moment;
  const { rows } = await sql<{ moment: string }>`select pg_export_snapshot() as moment`.execute(db);
  return rows[0]?.moment ?? '';
}

/** Entries by their ids, in the order of their places; -1 while without one. */
export async function placesOfEntries(
  db: Db,
  organisation: string,
  entries: readonly string[],
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow & { index: string }>`
    select coalesce(f.index, -1) as index, e.id as entry, coalesce(f.hash, ''::bytea) as hash,
      e.id, e.act, e.record, e.actor_type, e.actor_id, e.at, e.body, f.at as placed_at
    from entry e left join log_leaf f on f.organisation = e.organisation and f.entry = e.id
    where e.organisation = ${organisation} and e.id = any(${entries}::uuid[]) order by f.index nulls last`.execute(
    db,
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** Entries that say they are about a record, and those that its versions and approvals name; -1 while without a place. */
export async function placesOfRecord(db: Db, organisation: string, record: string): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow & { index: string }>`
    select coalesce(f.index, -1) as index, e.id as entry, coalesce(f.hash, ''::bytea) as hash,
      e.id, e.act, e.record, e.actor_type, e.actor_id, e.at, e.body, f.at as placed_at
    from entry e left join log_leaf f on f.organisation = e.organisation and f.entry = e.id
    where e.organisation = ${organisation} and e.id in (
      select x.id from entry x where x.organisation = ${organisation} and x.record = ${record}
      union select v.entry from revision v where v.organisation = ${organisation} and v.record = ${record}
      union select a.entry from approval a where a.organisation = ${organisation} and a.record = ${record})
    order by f.index nulls last`.execute(db);
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** The entry that created each record and the newest of its versions, of those that are named; -1 while without a place. */
export async function tellingEntries(
  db: Db,
  organisation: string,
  records: readonly string[],
): Promise<PlaceRow[]> {
  const { rows } = await sql<PlaceRow & { index: string }>`
    select distinct on (e.record, e.act = 'record.created') coalesce(f.index, -1) as index, e.id as entry,
      coalesce(f.hash, ''::bytea) as hash, e.id, e.act, e.record, e.actor_type, e.actor_id, e.at, e.body, f.at as placed_at
    from entry e left join log_leaf f on f.organisation = e.organisation and f.entry = e.id
    where e.organisation = ${organisation} and e.record = any(${[...new Set(records)]}::uuid[]) and e.act like 'record.%'
    order by e.record, e.act = 'record.created', e.id desc`.execute(db);
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

/** By how much a moment may be before another, ms: places of earlier releases follow the clocks of their nodes. */
export const clocksDiffer = 60_000;

/** A place whose moment is before that of the place before it, with both. */
export type MomentFault = { readonly index: number; readonly at: Date; readonly before: Date };

/**
 * Places that are earlier than the one before them, though not than their entries, which is named there; and a last one that is later than every entry and than now, by the
 * database's clock and some minutes, which clocks may differ by.
 */
export async function placesOutOfTime(
  db: Db,
  organisation: string,
  most: number,
): Promise<{ readonly early: readonly MomentFault[]; readonly late: { index: number; at: Date } | null }> {
  const { rows: early } = await sql<MomentFault & { index: string }>`
    select f.index, f.at, f.before from (
      select index, entry, at, lag(at) over (order by index) as before from log_leaf where organisation = ${organisation}
    ) f left join entry e on e.organisation = ${organisation} and e.id = f.entry
    where f.at < f.before - interval '1 minute' and f.at >= coalesce(e.at, f.at) - interval '1 minute' limit ${most}`.execute(
    db,
  );
  const { rows: late } = await sql<{ index: string; at: Date }>`
    select f.index, f.at from (
      select index, at from log_leaf where organisation = ${organisation} order by index desc limit 1
    ) f where f.at > now() + interval '5 minutes' and f.at > (select max(at) from entry where organisation = ${organisation})`.execute(
    db,
  );
  const [last] = late;
  return {
    early: early.map((row) => ({ ...row, index: Number(row.index) })),
    late: last ? { index: Number(last.index), at: last.at } : null,
  };
}
