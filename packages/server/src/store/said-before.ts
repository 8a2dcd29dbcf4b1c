import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** What a version said; null where it was erased. */
export type SaidThen = { readonly fields: FieldsColumn | null; readonly links: LinksColumn | null };

/** What counts of each record and where it belongs, by id: its approved version where one is in force. */
export async function saidInForce(
  reader: Reader,
  records: readonly string[],
): Promise<ReadonlyMap<string, { readonly system: string | null; readonly fields: FieldsColumn }>> {
  const rows = await reader.run<{ id: string; system: string | null; fields: FieldsColumn }>({
    name: 'said-in-force',
    text: `select r.id, r.system, coalesce(v.fields, r.fields) as fields from record r
      left join revision v on v.organisation = r.organisation and v.record = r.id and v.version = r.in_force and r.in_force <> r.version
      where r.organisation = $1 and r.id = any($2::uuid[])`,
    values: [reader.organisation, [...new Set(records)]],
  });
  return new Map(rows.map(({ id, ...said }) => [id, said]));
}

/** What each record said at a moment, by id; of one that was made later, what it said first. */
export async function saidAt(
  reader: Reader,
  records: readonly string[],
  moment: Date,
): Promise<ReadonlyMap<string, SaidThen>> {
  if (records.length === 0) return new Map();
  const rows = await reader.run<SaidThen & { record: string }>({
    name: 'said-at',
    text: `select distinct on (v.record) v.record, v.fields, v.links from revision v
      where v.organisation = $1 and v.record = any($2::uuid[]) and (v.at <= $3 or v.version = 1)
      order by v.record, v.version desc`,
    values: [reader.organisation, [...new Set(records)], moment],
  });
  return new Map(rows.map(({ record, ...said }) => [record, said]));
}

/** When somebody last wrote what is material into a record. Steps write nothing. */
export async function lastWork(reader: Reader, record: string): Promise<Date | undefined> {
  const rows = await reader.run<{ at: Date | null }>({
    name: 'last-work',
    text: `select max(v.at) as at from revision v where v.organisation = $1 and v.record = $2
      and (v.act = 'created' or (v.act = 'edited' and v.material))`,
    values: [reader.organisation, record],
  });
  return rows[0]?.at ?? undefined;
}
