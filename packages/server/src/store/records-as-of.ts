import { type Approval, inForce } from '@throughline/domain/approvals.ts';
import { decidedStates } from '@throughline/domain/kinds/beginning.ts';
import { asFound, type FoundVersion } from '@throughline/domain/kinds/found.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { alikeDigests, saidSo } from './alike.ts';
import { foundBefore } from './found-before.ts';
import { passedLast } from './gate-passed.ts';
import { ranBefore } from './has-run.ts';
import { citedColumn, isCited } from './packed-records.ts';
import type { Reader } from './reader.ts';
import { recordFacts } from './record-row.ts';
import { type RefRow, refsById } from './records.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** Which records: those of one home system, those of the whole organisation, those of a kind, or some by id. */
export type Which =
  | { readonly system: string }
  | { readonly shared: true }
  | { readonly kind: string }
  | { readonly ids: readonly string[] };

type Row = {
  id: string;
  kind: string;
  number: number;
  system: string | null;
  created: string;
  version: number;
  state: string;
  fields: FieldsColumn;
  links: LinksColumn;
  digest: string;
  updated: string;
  material: string | null;
  closed: string | null;
  passed: string | null;
  archived: boolean;
  imported: boolean;
  ran: boolean;
  alike: string[] | null;
  so: [from: string, until: string][] | null;
  found: FoundVersion | null;
  acts: Omit<Approval, 'record' | 'onBehalfOf'>[] | null;
};

const here: Readonly<Record<'system' | 'shared' | 'kind' | 'ids', string>> = {
  system: 'r.system = $3::uuid',
  shared: 'r.system is null and $3::uuid is null',
  kind: 'r.kind = $3::text',
  ids: 'r.id = any($3::uuid[])',
};

/**
 * Each record in the version that stood when the log had the index given, with the approvals given until then. What was
 * made later is not there; what was erased since says nothing any more. A record's home is that of today.
 */
export async function recordsAsOf(reader: Reader, index: number, which: Which): Promise<TraceRecord[]> {
  const [by, value] = whichOf(which);
  const rows = await reader.run<Row>({
    name: `as-of-${by}`,
    text: `select r.id, r.kind, r.number, r.system, r.created_at::text as created, v.version, v.state, v.fields, v.links,
        encode(v.digest, 'hex') as digest, v.at::text as updated, m.at::text as material,
        case when r.kind = 'risk' and v.state = 'closed' then s.at::text end as closed,
        (${passedLast('r', 'v.version')})::text as passed, coalesce(x.act = 'archived', false) as archived,
        r.import is not null and exists (select from import i where i.organisation = $1 and i.id::text = s.because) as imported,
        ${ranBefore('r', { state: 'v.state', version: 'v.version' })} as ran,
        ${alikeDigests('v')} as alike, ${saidSo('v')} as so,
        ${foundBefore('r', { state: 'v.state', version: 'v.version' })} as found,
        (select json_agg(json_build_object('id', a.id, 'version', a.version, 'digest', encode(a.digest, 'hex'), 'act', a.act,
            'basis', a.basis, 'by', a.by_id, 'reason', a.reason, 'at', a.at) order by a.at, a.id)
          from approval a join log_leaf f on f.organisation = $1 and f.entry = a.entry
          where a.organisation = $1 and a.record = r.id and f.index <= $2) as acts
      from record r
      join lateral (${newest()}) v on true
      left join lateral (${newest('and v.material')}) m on true
      left join lateral (${newest("and v.act in ('archived', 'restored')")}) x on true
      left join lateral (${newest("and v.act in ('created', 'moved')")}) s on true
      where r.organisation = $1 and ${here[by]} and v.fields is not null`,
    values: [reader.organisation, index, value],
  });
  const records = rows.map((row) => recordOf(reader, row));
  return withEarlier(reader, await withForce(reader, records));
}

function whichOf(which: Which): [by: keyof typeof here, value: unknown] {
  if ('system' in which) return ['system', which.system];
  if ('kind' in which) return ['kind', which.kind];
  return 'ids' in which ? ['ids', which.ids] : ['shared', null];
}

/** The newest revision of a record that the log held by then. */
function newest(and = ''): string {
  return `select v.* from revision v join log_leaf f on f.organisation = v.organisation and f.entry = v.entry
    where v.organisation = r.organisation and v.record = r.id and f.index <= $2 ${and} order by v.version desc limit 1`;
}

function recordOf(reader: Reader, row: Row): TraceRecord {
  const kind = reader.registry.get(row.kind);
  const { title, owner } = recordFacts(kind, row, row.state, row.system);
  const record: TraceRecord = {
    id: row.id,
    ref: `${kind.prefix}-${row.number}`,
    kind: row.kind,
    title,
    state: row.state,
    owner,
    system: row.system,
    version: row.version,
    digest: row.digest,
    fields: row.fields,
    links: row.links,
    createdAt: instant(row.created),
    updatedAt: instant(row.updated),
    materialAt: instant(row.material ?? row.created),
    archived: row.archived,
    ...(row.closed ? { closedAt: instant(row.closed) } : {}),
    ...(row.passed ? { passedAt: instant(row.passed) } : {}),
    ...(row.imported && decidedStates(kind).includes(row.state) ? { imported: true as const } : {}),
    ...(row.ran ? { ran: true as const } : {}),
    approvals: (row.acts ?? []).map((act) => ({ ...act, record: row.id, onBehalfOf: null })),
    inForce: null,
    ...(row.alike ? { alike: row.alike } : {}),
    ...(row.so ? { saidSo: row.so } : {}),
  };
  return asFound(kind, record, row.found);
}

/**
 * Records as names, called as they were when the log had the index given; `null` for now. One that was erased since is
 * called as today.
 */
export async function refsAsOf(
  reader: Reader,
  ids: readonly string[],
  index: number | null,
): Promise<Map<string, RefRow>> {
  const refs = await refsById(reader, ids);
  if (index === null || refs.size === 0) return refs;
  const then = await recordsAsOf(reader, index, { ids: [...refs.keys()] });
  for (const { id, title, state, archived } of then) {
    const ref = refs.get(id);
    if (ref) refs.set(id, { ...ref, title, state, archived });
  }
  return refs;
}

/** Adds the content of the approved version where it is not the one that stood. */
async function withForce(reader: Reader, records: readonly TraceRecord[]): Promise<TraceRecord[]> {
  const wanted = records.flatMap((record) => {
    const version = inForce(record.approvals)?.version;
    return version === undefined || version === record.version ? [] : [{ record: record.id, version }];
  });
  if (wanted.length === 0) return [...records];
  const rows = await reader.run<{
    record: string;
    version: number;
    fields: FieldsColumn;
    links: LinksColumn;
  }>({
    name: 'as-of-force',
    text: `select v.record, v.version, v.fields, v.links from revision v
      join jsonb_to_recordset($2) as w(record uuid, version int) on w.record = v.record and w.version = v.version
      where v.organisation = $1 and v.fields is not null`,
    values: [reader.organisation, JSON.stringify(wanted)],
  });
  const force = new Map(rows.map(({ record, ...content }) => [record, content]));
  return records.map((record) => ({ ...record, inForce: force.get(record.id) ?? null }));
}

/** Adds what others cite of the approved versions that came before. */
async function withEarlier(reader: Reader, records: readonly TraceRecord[]): Promise<TraceRecord[]> {
  const wanted = records.flatMap(({ id, kind, approvals }) => {
    if (!isCited(kind)) return [];
    const force = inForce(approvals)?.version;
    const before = approvals.filter(({ act, version }) => act === 'approve' && version !== force);
    return before.map(({ version }) => ({ record: id, version }));
  });
  if (wanted.length === 0) return [...records];
  const rows = await reader.run<{ record: string; version: number; fields: FieldsColumn }>({
    name: 'as-of-earlier',
    text: `select v.record, v.version, ${citedColumn('v')} as fields from revision v
      join jsonb_to_recordset($2) as w(record uuid, version int) on w.record = v.record and w.version = v.version
      where v.organisation = $1 and v.fields is not null`,
    values: [reader.organisation, JSON.stringify(wanted)],
  });
  const earlier = Map.groupBy(rows, ({ record }) => record);
  return records.map((record) => {
    const versions = earlier.get(record.id)?.map(({ version, fields }) => ({ version, fields }));
    return versions ? { ...record, earlier: versions } : record;
  });
}

function instant(text: string): string {
  return new Date(text).toISOString();
}
