import { sql } from 'kysely';
import type { Db } from '../connection.ts';

/** 256 places, or fewer at the log's end, put together by the database. */
export type PlacedBundle = {
  readonly index: number;
  /** Places found, each once for every version that names its entry. */
  readonly places: number;
  /**
   * The entries that are there, a line for each, as PostgreSQL escapes bytes: where no line holds a backslash, each is
   * its entry to the byte. Entries hold no other characters; in hexadecimal they would be twice as long.
   */
  readonly lines: string | null;
  /**
   * Whether at each place the hash of its entry is kept, its moment is not before the entry's by more than clocks may differ, and a version that names it
   * has the entry's actor, moment, act and record, and is archived where its act says so.
   */
  readonly fits: boolean;
  /**
   * A line for each place: what stands beside the body in columns, parted by `unit`, of its version the rest, and of a
   * creation the record's number. The moment stands as `asPlaced` writes it.
   */
  readonly columns: string;
};

/** What parts columns, and the names within one: control characters, which no entry holds unescaped. */
export const unit = '\u001f';
export const innerUnit = '\u001d';

/**
 * A moment of an entry as PostgreSQL writes it where one moment is looked at: in UTC, to the microsecond, without zeros at
 * the end. Nothing for what is no such moment. Having PostgreSQL write it as entries do took an eighth of its time.
 */
export function asPlaced(at: string): string | undefined {
  const [, day, time, ms = ''] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})\.(\d{3})Z$/.exec(at) ?? [];
  if (day === undefined) return undefined;
  const fraction = ms === '000' ? '' : `.${ms.replace(/0+$/, '')}`;
  return `${day} ${time}${fraction}+00`;
}

/**
 * Bundles of a range of places, which begins at a bundle, with all that entries are compared with; where nothing differs,
 * comparing row by row finds nothing either.
 */
export async function placedBundles(
  db: Db,
  organisation: string,
  from: number,
  below: number,
): Promise<readonly PlacedBundle[]> {
  // Ids rise with places but for those that were written at the same time, so their entries and versions lie together: they
  // are read in one go and joined, where finding each by its id took twice the time. What lies elsewhere is not found, and
  // then compared one by one.
  const { rows: ends } = await sql<{ first: string; last: string }>`
    select min(entry::text) as first, max(entry::text) as last from log_leaf
    where organisation = ${organisation} and index >= ${from} and index < ${below}`.execute(db);
  const { first, last } = ends[0] ?? {};
  if (first == null || last == null) return [];
  // Without statistics, as right after a large import, loops within loops are chosen for what is expected to be a few rows:
  // eight thousand entries for each of eight thousand places, a minute for half a second's work.
  await loops(db, 'off');
  const { rows } = await sql<Omit<PlacedBundle, 'index'> & { index: string }>`
    select f.index / 256 as index, count(*)::int as places,
      string_agg(encode(e.body, 'escape'), ${'\n'} order by f.index) as lines,
      bool_and(coalesce(f.at >= e.at - interval '1 minute' and f.hash = sha256('\\x00'::bytea || e.body) and case when v.entry is null then true else
        v.record = e.record and 'record.' || v.act = e.act and v.actor_type = e.actor_type
        and v.actor_id = e.actor_id and v.at = e.at and case v.act when 'archived' then v.archived_at = v.at
          when 'restored' then v.archived_at is null else true end end, false)) as fits,
      string_agg(concat_ws(${unit}, e.id, e.act, coalesce(e.record::text, ''), e.actor_type, e.actor_id,
        e.at, v.version, v.kind, encode(v.digest, 'hex'), v.state, array_to_string(v.changed, ${innerUnit}, ''), v.material,
        case when v.entry is not null then coalesce(v.on_behalf_of::text, '') end,
        case when length(v.because) = 36 then v.because when v.entry is not null then '' end,
        case when v.act = 'created' then (select r.number from record r where r.organisation = v.organisation and r.id = v.record) end), ${'\n'} order by f.index) as columns
    from log_leaf f
    left join entry e on e.organisation = f.organisation and e.id = f.entry and e.id between ${first} and ${last}
    left join revision v on v.organisation = f.organisation and v.entry = f.entry and v.entry between ${first} and ${last}
    where f.organisation = ${organisation} and f.index >= ${from} and f.index < ${below}
    group by 1`.execute(db);
  await loops(db, 'on');
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}

const loops = (db: Db, as: 'on' | 'off') =>
  sql`select set_config('enable_nestloop', ${as}, true)`.execute(db);
