import type { Reader } from './reader.ts';

/** Whether a system, or any model or data set, changed in what is material after a moment: cheap, and never too little. */
export async function materialSince(reader: Reader, system: string, moment: Date): Promise<boolean> {
  const rows = await reader.run<{ changed: boolean }>({
    name: 'material-since',
    text: `select exists (select from record r where r.organisation = $1 and (r.id = $2 or r.kind in ('model', 'dataset'))
      and r.material_at > $3 and r.material_at > r.created_at) as changed`,
    values: [reader.organisation, system, moment],
  });
  return rows[0]?.changed === true;
}

/** Fields and relations of a record that material edits after a moment changed. */
export async function partsChangedAfter(reader: Reader, record: string, moment: Date): Promise<string[]> {
  const rows = await reader.run<{ part: string }>({
    name: 'parts-changed-after',
    text: `select distinct unnest(v.changed) as part from revision v
      where v.organisation = $1 and v.record = $2 and v.at > $3 and v.material and v.act = 'edited' order by part`,
    values: [reader.organisation, record, moment],
  });
  return rows.map(({ part }) => part);
}

/**
 * Those of the records given that changed in what is material since somebody last wrote what is material into another;
 * with a moment, since then. Steps write nothing.
 */
export async function changedSinceWork(
  reader: Reader,
  record: string,
  others: readonly string[],
  since: Date | null,
): Promise<{ kind: string; number: number }[]> {
  if (others.length === 0) return [];
  return reader.run<{ kind: string; number: number }>({
    name: 'changed-since-work',
    text: `select r.kind, r.number from record r where r.organisation = $1 and r.id = any($3::uuid[])
      and r.material_at > coalesce($4::timestamptz, (select max(v.at) from revision v where v.organisation = $1
        and v.record = $2 and (v.act = 'created' or (v.act = 'edited' and v.material))))
      order by r.kind, r.number`,
    values: [reader.organisation, record, [...new Set(others)], since],
  });
}
