import type { Gone, SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { factsMarksOf, lineMarksOf } from './marks.ts';
import {
  type Packed,
  type PackedAside,
  packedAside,
  packedColumns,
  unpackRecords,
} from './packed-records.ts';
import type { Reader } from './reader.ts';

/**
 * What the traces asked for need, in one statement: the systems' own records by their home, and those of other systems
 * that they use, forward only; and which of the systems' risks are gone, for what was done on them may still name them.
 * Records of the whole organisation are not read here: the process keeps them with its
 * facts. A closure over links in both directions reached 97,000 records in the prototype. In one order always: rows come
 * as they lie on the disk, and a vacuum lays them down anew.
 */
const traceOf = (isAsked: (column: string) => string) => `
with own as materialized (
  select ${packedColumns('r')} from record r
  where r.organisation = $1 and ${isAsked('r.system')} and (r.archived_at is null or r.id = r.system)
), elsewhere as materialized (
  select ${packedColumns('s')} from record s
  where s.organisation = $1 and s.system is not null and s.archived_at is null and not ${isAsked('s.system')} and s.id in (
    select l.to_record from own o join link l on l.organisation = $1 and l.from_record = o.id and l.type = 'uses')
), every as (
  select id, kind, version, force from own union all select id, kind, version, force from elsewhere
)
select (select json_agg(o order by o.id) from own o) as own, (select json_agg(s order by s.id) from elsewhere s) as elsewhere, ${packedAside('every')},
  (select json_agg(json_build_object('id', g.id, 'number', g.number, 'system', g.system, 'at', g.archived_at) order by g.id) from record g
    where g.organisation = $1 and ${isAsked('g.system')} and g.kind = 'risk' and g.archived_at is not null) as gone,
  ${factsMarksOf('$1')}::text as facts,
  (select json_object_agg(m.system, ${lineMarksOf('m')}::text) from system_line m where m.organisation = $1 and ${isAsked('m.system')}) as marks`;

/**
 * One system is asked for in words of its own. PostgreSQL plans for ten elements where it cannot see an array, finds that
 * dearer than planning anew, and so would plan every single trace anew: that took longer than reading it.
 */
const traceOfOne = traceOf((column) => `${column} = $2::uuid`);
const traceOfSome = traceOf((column) => `${column} = any($2::uuid[])`);

const asked = (organisation: string, systems: readonly string[]) =>
  systems.length === 1
    ? { name: 'trace', text: traceOfOne, values: [organisation, systems[0]] }
    : { name: 'traces', text: traceOfSome, values: [organisation, systems] };

export type TraceRows = {
  /** By system: its own records, itself among them. */
  readonly own: ReadonlyMap<string, readonly TraceRecord[]>;
  /** By system: its risks that are gone. */
  readonly gone: ReadonlyMap<string, readonly Gone[]>;
  /** Records of systems that were read, by id: their own and those of other systems that they use. */
  readonly byId: ReadonlyMap<string, TraceRecord>;
  /** Marks of the organisation's facts and of each system at the moment of reading: what a computed line is settled with. */
  readonly facts: string;
  readonly marks: ReadonlyMap<string, string>;
};

export async function traceRows(reader: Reader, systems: readonly string[]): Promise<TraceRows> {
  const [row] = await reader.run<
    {
      own: Packed[] | null;
      elsewhere: Packed[] | null;
      gone: { id: string; number: number; system: string; at: string }[] | null;
      facts: string;
      marks: Record<string, string> | null;
    } & PackedAside
  >(asked(reader.organisation, systems));
  if (!row) throw new Error('The statement of the trace always answers one row');
  const own = unpackRecords(reader.registry, row.own, row);
  const elsewhere = unpackRecords(reader.registry, row.elsewhere, row);
  const { prefix } = reader.registry.get('risk');
  const gone = (row.gone ?? []).map(({ id, number, system, at }) => ({
    ...{ id, ref: `${prefix}-${number}`, system },
    archivedAt: at,
  }));
  return {
    own: Map.groupBy(own, (record) => record.system ?? record.id),
    gone: Map.groupBy(gone, ({ system }) => system),
    byId: new Map([...elsewhere, ...own].map((record) => [record.id, record])),
    facts: row.facts,
    marks: new Map(Object.entries(row.marks ?? {})),
  };
}

/** The inputs of each system's rules: its own records and what they use. `shared` holds those of the organisation, by id. */
export function systemInputs(
  reader: Reader,
  rows: TraceRows,
  shared: ReadonlyMap<string, TraceRecord>,
): Map<string, SystemInputs> {
  const inputs = new Map<string, SystemInputs>();
  for (const [id, own] of rows.own) {
    const system = rows.byId.get(id);
    if (!system) continue;
    const used = new Map<string, TraceRecord>();
    for (const target of usedBy(reader, own)) {
      const found = shared.get(target) ?? rows.byId.get(target);
      if (found && found.system !== id && !found.archived) used.set(target, found);
    }
    inputs.set(id, { system, own, shared: [...used.values()], gone: rows.gone.get(id) ?? [] });
  }
  return inputs;
}

function* usedBy(reader: Reader, own: readonly TraceRecord[]): Generator<string> {
  for (const record of own) {
    const relations = reader.registry.find(record.kind)?.relations ?? {};
    for (const [relation, targets] of Object.entries(record.links))
      if (relations[relation]?.type === 'uses') yield* targets;
  }
}
