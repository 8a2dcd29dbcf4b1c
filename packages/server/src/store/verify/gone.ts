import { sql } from 'kysely';
import type { Db } from '../connection.ts';

/** Whether a number of a kind was given out, as far as the counter knows. */
export async function wasNumbered(
  db: Db,
  organisation: string,
  kind: string,
  number: number,
): Promise<boolean> {
  const { rows } = await sql<{ given: boolean }>`
    select next > ${number} as given from counter where organisation = ${organisation} and kind = ${kind}`.execute(
    db,
  );
  return rows[0]?.given === true;
}

export type CreatedRow = { readonly record: string; readonly body: Buffer };

/**
 * Entries whose bytes name a number as creations do, about records whose row is not there. Columns beside an entry are
 * not to be believed more than its bytes, so these are read by whoever asks.
 */
export async function createdAndGone(
  db: Db,
  organisation: string,
  number: number,
): Promise<readonly CreatedRow[]> {
  // First what is gone, out of the index of records alone; only then the entries of those.
  const { rows } = await sql<CreatedRow>`
    with gone as materialized (
      select x.record from (select distinct record from entry
        where organisation = ${organisation} and record is not null) x
      where not exists (select from record r where r.organisation = ${organisation} and r.id = x.record))
    select e.record, e.body from gone
    join entry e on e.organisation = ${organisation} and e.record = gone.record
    where position(convert_to(${`"number":${number},`}, 'UTF8') in e.body) > 0 limit 100`.execute(db);
  return rows;
}

/** Whether entries speak of a record of this kind whose row is not there. */
export async function isGone(db: Db, organisation: string, record: string): Promise<boolean> {
  const { rows } = await sql<{ gone: boolean }>`
    select exists (select from entry where organisation = ${organisation} and record = ${record})
      and not exists (select from record where organisation = ${organisation} and id = ${record}) as gone`.execute(
    db,
  );
  return rows[0]?.gone === true;
}
