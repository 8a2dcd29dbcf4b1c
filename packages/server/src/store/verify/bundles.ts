import { sql } from 'kysely';
import type { Db } from '../connection.ts';

/** 256 places, or fewer at the log's end, put together by the database. */
export type PlacedBundle = {
  readonly index: number;
  /** Places found, each once for every version that names its entry. */
  readonly places: number;
  /** The entries that are there, as c2sp.org/tlog-tiles bundles them. */
  readonly bytes: Buffer | null;
  /**
   * Whether at each place the hash of its entry is kept, and a version that names it has the entry's actor, moment, act
   * and record, and is archived where its act says so.
   */
  readonly fits: boolean;
  /**
   * A line for each place: what stands beside the body in columns, parted by `unit`, of its version the rest, and of a
   * creation the record's number.
   */
  readonly columns: string;
};

/** What parts columns, and the names within one: control characters, which no entry holds unescaped. */
export const unit = '\u001f';
export const innerUnit = '\u001d';

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
  const { rows } = await sql<Omit<PlacedBundle, 'index'> & { index: string }>`
    select f.index / 256 as index, count(*)::int as places,
      string_agg(substr(int4send(octet_length(e.body)), 3) || e.body, ''::bytea order by f.index) as bytes,
      bool_and(coalesce(f.hash = sha256('\\x00'::bytea || e.body) and case when v.entry is null then true else
        v.record = e.record and 'record.' || v.act = e.act and v.actor_type = e.actor_type
        and v.actor_id = e.actor_id and v.at = e.at and case v.act when 'archived' then v.archived_at = v.at
          when 'restored' then v.archived_at is null else true end end, false)) as fits,
      string_agg(concat_ws(${unit}, e.id, e.act, coalesce(e.record::text, ''), e.actor_type, e.actor_id,
        to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), v.version, v.kind, encode(v.digest, 'hex'),
        v.state, array_to_string(v.changed, ${innerUnit}, ''), v.material, case when v.act = 'created' then (select r.number
          from record r where r.organisation = v.organisation and r.id = v.record) end), ${'\n'} order by f.index) as columns
    from log_leaf f
    left join entry e on e.organisation = f.organisation and e.id = f.entry
    left join revision v on v.organisation = f.organisation and v.entry = f.entry
    where f.organisation = ${organisation} and f.index >= ${from} and f.index < ${below}
    group by 1`.execute(db);
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
}
