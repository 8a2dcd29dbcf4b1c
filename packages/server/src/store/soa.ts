import { type SoaRecord, soaKinds } from '@throughline/domain/soa/types.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { lookedAtBehind } from './changed-since.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  unpackRecords,
} from './packed-records.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** Reading goes on for some fifty milliseconds at a time; requests of the same process come in between. */
const readAtOnce = 2_000;

/** What the statement reads of a record; the rest of a hundred thousand records would fill the process. */
const fields = ['source', 'appliesFrom', 'appliesTo', 'plannedOn', 'firstPlannedOn', 'conclusion', 'tester']
  .concat(['ownerTested', 'testedOn', 'nextTest', 'plannedDates'])
  .map((name) => `'${name}', x.fields->'${name}'`);
const links = ['controls', 'control', 'implementation', 'interimRisk', 'concerns'].map(
  (name) => `'${name}', x.links->'${name}'`,
);

type Row = {
  id: string;
  kind: string;
  number: number;
  state: string;
  system: string | null;
  owner: string | null;
  approved: boolean;
  material: Date | null;
  fields: FieldsColumn;
  links: LinksColumn;
};

/** Records that call for controls, put them in place or test them, as they count today. Ids of other records find nothing. */
export async function soaRecords(reader: Reader, ids: readonly string[]): Promise<SoaRecord[]> {
  const found: SoaRecord[] = [];
  const same = pool();
  // The database reads the next rows while those before are taken in here.
  let next = some(reader, ids.slice(0, readAtOnce));
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const rows = await next;
    next = some(reader, ids.slice(from + readAtOnce, from + 2 * readAtOnce));
    for (const { number, system, owner, material, ...row } of rows)
      found.push({
        ...row,
        ...(material ? { materialAt: material.toISOString() } : {}),
        kind: same(row.kind),
        state: same(row.state),
        system: system && same(system),
        owner: owner && same(owner),
        links: Object.fromEntries(Object.entries(row.links).map(([name, to]) => [same(name), to.map(same)])),
        ref: `${reader.registry.get(row.kind).prefix}-${number}`,
      });
  }
  return found;
}

function some(reader: Reader, ids: readonly string[]): Promise<Row[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return reader.run<Row>({
    name: 'soa-records',
    text: `select x.id, x.kind, x.number, x.state, x.system, x.owner, x.approved, x.material,
          jsonb_strip_nulls(jsonb_build_object(${fields.join(', ')})) as fields,
          jsonb_strip_nulls(jsonb_build_object(${links.join(', ')})) as links
        from (
          select r.id, r.kind, r.number, r.state, r.system, r.owner, r.in_force is not null as approved,
            case when r.kind = 'implementation' then r.material_at end as material,
            coalesce(v.fields, r.fields) as fields, coalesce(v.links, r.links) as links
          from record r left join revision v on v.organisation = $1 and v.record = r.id and v.version = r.in_force and r.in_force <> r.version
          where r.organisation = $1 and r.id = any($3::uuid[]) and r.kind = any($2) and r.archived_at is null
        ) x
        where x.links->'controls' is not null or x.links->'control' is not null`,
    values: [reader.organisation, soaKinds, ids],
  });
}

/** One text for all that read the same: ids of systems, controls and people stand in a hundred thousand records. */
function pool(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
}

/** Ids of all records that could belong to a statement. */
export async function soaIds(reader: Reader): Promise<string[]> {
  const rows = await reader.run<{ id: string }>({
    name: 'soa-ids',
    text: `select r.id from record r where r.organisation = $1 and r.kind = any($2) and r.archived_at is null order by r.id`,
    values: [reader.organisation, soaKinds],
  });
  return rows.map(({ id }) => id);
}

/** Records with their acts, by id: risks that are borne until an implementation is in place. */
export async function soaRisks(reader: Reader, ids: readonly string[]): Promise<TraceRecord[]> {
  const found: TraceRecord[] = [];
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
      name: 'soa-risks',
      text: `with rows as materialized (
          select ${packedColumns('r')} from record r
          where r.organisation = $1 and r.id = any($2::uuid[]) and r.archived_at is null
        ) select (select json_agg(x) from rows x) as records, ${packedAside('rows')}`,
      values: [reader.organisation, ids.slice(from, from + readAtOnce)],
    });
    if (row) found.push(...unpackRecords(reader.registry, row.records, row));
  }
  return found;
}

/** The end of the log as the transaction sees it, and the records that entries behind a place, or without one, speak of. */
export async function touchedSince(
  reader: Reader,
  index: number,
): Promise<{ readonly index: number; readonly records: readonly string[] | null }> {
  const [row] = await reader.run<{ size: string | null; records: string[] | null }>({
    name: 'touched-since',
    text: `with head as (select (select h.size from log_head h where h.organisation = $1) as size)
      select head.size::text as size, case when coalesce(head.size, 0) - 1 - $2::bigint <= $3 then array(
        select distinct y.record from (
          select l.entry from log_leaf l where l.organisation = $1 and l.index > $2::bigint
          union all select entry from unplaced_entries() as p(entry)
        ) e cross join lateral (
          select n.record from entry n where n.organisation = $1 and n.id = e.entry and n.record is not null
          union all select w.record from revision w where w.organisation = $1 and w.entry = e.entry
        ) y
      ) end as records from head`,
    values: [reader.organisation, index, lookedAtBehind],
  });
  return { index: Number(row?.size ?? 0) - 1, records: row?.records ?? null };
}

/** Ids of the catalogue that some control stands for, dropped ones included: whoever dropped one decided so. */
export async function adoptedItems(reader: Reader): Promise<Set<string>> {
  const rows = await reader.run<{ item: string }>({
    name: 'soa-adopted-items',
    text: `select r.fields->>'item' as item from record r
      where r.organisation = $1 and r.kind = 'control' and r.archived_at is null and r.fields->>'item' is not null`,
    values: [reader.organisation],
  });
  return new Set(rows.map(({ item }) => item));
}
