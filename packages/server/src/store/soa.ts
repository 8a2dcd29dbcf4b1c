import { inForce } from '@throughline/domain/approvals.ts';
import { asFound, type FoundVersion } from '@throughline/domain/kinds/found.ts';
import { type SoaRecord, soaKinds } from '@throughline/domain/soa/types.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { linksOf, textOf } from '@throughline/domain/trace/read.ts';
import { lookedAtBehind } from './changed-since.ts';
import { foundBefore } from './found-before.ts';
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

/** Kinds that are read for the statement: those kept in the process, and the evidence of one cell. */
type Kind = (typeof soaKinds)[number] | 'evidence';

/** What the statement reads of a record, by its kind; the rest of a hundred thousand records would fill the process. */
const fieldsOf: Readonly<Record<Kind, readonly string[]>> = {
  treatment: [],
  'impact-assessment': [],
  obligation: ['source', 'appliesFrom', 'appliesTo'],
  classification: [],
  gate: [],
  implementation: ['plannedOn', 'firstPlannedOn', 'plannedDates', 'occurrences'],
  'control-test': ['conclusion', 'tester', 'ownerTested', 'testedOn', 'nextTest'],
  evidence: ['type', 'integrity', 'periodFrom', 'periodTo'],
};
const links = ['controls', 'control', 'implementation', 'interimRisk', 'concerns'];

type Row = {
  id: string;
  kind: string;
  number: number;
  state: string;
  system: string | null;
  owner: string | null;
  approved: boolean;
  material: string | null;
  created: string | null;
  fields: FieldsColumn;
  links: LinksColumn;
  found?: FoundVersion | null;
};

const parts = (column: string, names: readonly string[]): string =>
  names.length === 0
    ? "'{}'::jsonb"
    : `jsonb_strip_nulls(jsonb_build_object(${names.map((name) => `'${name}', ${column}->'${name}'`).join(', ')}))`;

/** Of an implementation, since when it is in place where that day lies ahead: of the others the state says all. */
const ahead = `case when x.kind = 'implementation' and x.fields->>'inPlaceSince' > to_char(now() - interval '2 days', 'YYYY-MM-DD')
    then jsonb_build_object('inPlaceSince', x.fields->'inPlaceSince') else '{}' end`;

/** What stands approved, where it is an older version: few records have one, so it is looked up for those alone. */
const counting = (column: 'fields' | 'links'): string => `coalesce(case when r.in_force <> r.version then (
    select v.${column} from revision v where v.organisation = $1 and v.record = r.id and v.version = r.in_force
  ) end, r.${column})`;

/** Records of some kinds as one JSON text: a hundred thousand rows of a driver cost more to make than to read. */
const packed = (kind: Kind, where: string): string => `select json_agg(y) as records from (
    select x.id, x.kind, x.number, x.state, x.system, x.owner, x.approved, x.material, x.created${kind === 'control-test' ? ', x.found' : ''},
      ${parts('x.fields', fieldsOf[kind])} || ${ahead} as fields, ${parts('x.links', links)} as links
    from (
      select r.id, r.kind, r.number, r.state, r.system, r.owner, r.in_force is not null as approved,
        case when r.kind in ('implementation', 'control-test') then r.material_at end as material,
        case when r.kind = 'implementation' and r.material_at > r.created_at then r.created_at end as created,
        ${counting('fields')} as fields, ${counting('links')} as links${kind === 'control-test' ? `, ${foundBefore('r')} as found` : ''}
      from record r where r.organisation = $1 and ${where} and r.archived_at is null
    ) x where x.links ?| array['controls', 'control', 'implementation']
  ) y`;

/** Records that call for controls, put them in place or test them, as they count today. Ids of other records find nothing. */
export async function soaRecords(
  reader: Reader,
  ids: readonly string[],
  kinds: readonly Kind[] = soaKinds,
): Promise<SoaRecord[]> {
  const found: SoaRecord[] = [];
  const same = textPool();
  for (const kind of ids.length === 0 ? [] : kinds)
    for (let from = 0; from < ids.length; from += readAtOnce) {
      const rows = await reader.run<{ records: Row[] | null }>({
        name: `soa-records-${kind}`,
        text: packed(kind, 'r.kind = $2 and r.id = any($3::uuid[])'),
        values: [reader.organisation, kind, ids.slice(from, from + readAtOnce)],
      });
      taken(reader, rows, same, found);
    }
  return found;
}

/** All of them, some at a time: where one reading ends and the next begins is known beforehand. */
export async function allSoaRecords(reader: Reader): Promise<SoaRecord[]> {
  const found: SoaRecord[] = [];
  const same = textPool();
  const spans = await soaSpans(reader, soaKinds);
  const ask = (at: number) => {
    const span = spans[at];
    if (span === undefined) return Promise.resolve([]);
    return reader.run<{ records: Row[] | null }>({
      name: `soa-all-${span.kind}`,
      text: packed(span.kind, 'r.kind = $2 and r.number > $3 and r.number <= $4'),
      values: [reader.organisation, span.kind, span.after, span.after + readAtOnce],
    });
  };
  // The database reads the next rows while those before are taken in here.
  let next = ask(0);
  for (const at of spans.keys()) {
    const rows = await next;
    next = ask(at + 1);
    taken(reader, rows, same, found);
  }
  return found;
}

/** Numbers of each kind, some at a time. Gaps make a span smaller, nothing else. */
async function soaSpans(reader: Reader, kinds: readonly Kind[]) {
  const spans: { readonly kind: Kind; readonly after: number }[] = [];
  for (const kind of kinds) {
    const [last] = await reader.run<{ number: number }>({
      name: 'soa-last',
      text: 'select r.number from record r where r.organisation = $1 and r.kind = $2 order by r.number desc limit 1',
      values: [reader.organisation, kind],
    });
    for (let after = 0; after < (last?.number ?? 0); after += readAtOnce) spans.push({ kind, after });
  }
  return spans;
}

function taken(
  { registry }: Reader,
  rows: readonly { records: Row[] | null }[],
  same: (text: string) => string,
  found: SoaRecord[],
): void {
  for (const row of rows[0]?.records ?? []) {
    const { id, kind, number, state, system, owner, approved, material, created, fields, links } = row;
    const record: SoaRecord = {
      id,
      ref: `${registry.get(kind).prefix}-${number}`,
      kind: same(kind),
      state: same(state),
      system: system && same(system),
      owner: owner && same(owner),
      approved,
      fields,
      links: shared(links, same),
      ...(material ? { materialAt: new Date(material).toISOString() } : {}),
      ...(created ? { createdAt: new Date(created).toISOString() } : {}),
    };
    found.push(asFound(registry.get(kind), record, row.found ?? null));
  }
}

/** The same links with ids that stand once in the process; made anew, since a parsed object is wider than it need be. */
function shared(links: LinksColumn, same: (text: string) => string): Record<string, readonly string[]> {
  const kept: Record<string, readonly string[]> = {};
  for (const name in links) kept[name] = (links[name] ?? []).map(same);
  return kept;
}

/** One text for all that read the same: ids of systems, controls and people stand in a hundred thousand records. */
export function textPool(): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    known.set(text, text);
    return text;
  };
}

/** Risks that are borne until an implementation is in place, by id, with what their acceptance is judged by. */
export const interimRecords = async (reader: Reader, ids: readonly string[]): Promise<TraceRecord[]> =>
  withCarried(await withActs(reader, ids), (carried) => withActs(reader, carried));

/** The same risks, and after them the assessments whose findings those carry that somebody accepts for the meantime. */
export async function withCarried(
  risks: readonly TraceRecord[],
  read: (ids: readonly string[]) => Promise<readonly TraceRecord[]>,
): Promise<TraceRecord[]> {
  const accepted = risks.filter(
    (risk) => textOf(risk, 'acceptanceType') === 'interim' && inForce(risk.approvals),
  );
  const carried = new Set(accepted.flatMap((risk) => linksOf(risk, 'carries')));
  return carried.size === 0 ? [...risks] : [...risks, ...(await read([...carried]))];
}

/** Records with their acts, by id. */
async function withActs(reader: Reader, ids: readonly string[]): Promise<TraceRecord[]> {
  const found: TraceRecord[] = [];
  for (let from = 0; from < ids.length; from += readAtOnce) {
    const [row] = await reader.run<{ records: Packed[] | null } & PackedAside>({
      name: 'soa-interim',
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
