import type { Approval } from '@throughline/domain/approvals.ts';
import type { OrganisationInputs, SystemInputs, TraceRecord } from '@throughline/domain/trace/inputs.ts';
import type { Reader } from './reader.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** A record as the trace's statement packs it. */
type Packed = {
  id: string;
  kind: string;
  number: number;
  title: string;
  state: string;
  owner: string | null;
  system: string | null;
  version: number;
  digest: string;
  fields: FieldsColumn;
  links: LinksColumn;
  created: string;
  updated: string;
  material: string;
  archived: boolean;
  force: { version: number; fields: FieldsColumn; links: LinksColumn } | null;
  acts: PackedAct[] | null;
};
type PackedAct = {
  id: string;
  version: number;
  digest: string;
  act: Approval['act'];
  basis: Approval['basis'];
  by: string;
  behalf: string | null;
  reason: string | null;
  at: string;
};

const packed = (row: string) => `json_build_object(
  'id', ${row}.id, 'kind', ${row}.kind, 'number', ${row}.number, 'title', ${row}.title, 'state', ${row}.state, 'owner', ${row}.owner,
  'system', ${row}.system, 'version', ${row}.version, 'digest', encode(${row}.digest, 'hex'), 'fields', ${row}.fields, 'links', ${row}.links,
  'created', ${row}.created_at, 'updated', ${row}.updated_at, 'material', ${row}.material_at, 'archived', ${row}.archived_at is not null,
  'force', case when ${row}.in_force is not null and ${row}.in_force <> ${row}.version then (
    select json_build_object('version', v.version, 'fields', v.fields, 'links', v.links) from revision v
    where v.organisation = $1 and v.record = ${row}.id and v.version = ${row}.in_force) end,
  'acts', (select json_agg(json_build_object('id', a.id, 'version', a.version, 'digest', encode(a.digest, 'hex'), 'act', a.act, 'basis', a.basis,
      'by', a.by_id, 'behalf', a.on_behalf_of, 'reason', a.reason, 'at', a.at) order by a.at, a.id)
    from approval a where a.organisation = $1 and a.record = ${row}.id))`;

/**
 * The inputs of the traces asked for, in one statement: the systems' own records by their home, and what those use,
 * forward only. A closure over links in both directions reached 97,000 records in the prototype.
 */
const traceText = `
with own as materialized (
  select * from record r where r.organisation = $1 and r.system = any($2::uuid[]) and (r.archived_at is null or r.id = r.system)
), reached as (
  select distinct l.to_record as id from link l join own o on o.id = l.from_record where l.organisation = $1 and l.type = 'uses'
)
select (select json_agg(${packed('o')}) from own o) as own,
  (select json_agg(${packed('s')}) from record s join reached using (id)
    where s.organisation = $1 and (s.system is null or s.system <> all($2::uuid[])) and s.archived_at is null) as shared,
  coalesce((select f.marks from facts_changed f where f.organisation = $1), 0)::text as facts,
  (select json_object_agg(m.system, m.marks::text) from system_line m where m.organisation = $1 and m.system = any($2::uuid[])) as marks`;

export type TraceInputs = {
  readonly systems: ReadonlyMap<string, SystemInputs>;
  /** Marks of the organisation's facts and of each system at the moment of reading: what a computed line is settled with. */
  readonly facts: string;
  readonly marks: ReadonlyMap<string, string>;
};

export async function traceInputs(reader: Reader, systems: readonly string[]): Promise<TraceInputs> {
  const [row] = await reader.run<{
    own: Packed[] | null;
    shared: Packed[] | null;
    facts: string;
    marks: Record<string, string> | null;
  }>({
    name: 'trace',
    text: traceText,
    values: [reader.organisation, systems],
  });
  const unpack = unpacker(reader);
  const shared = new Map((row?.shared ?? []).map((record) => [record.id, unpack(record)]));
  const own = Map.groupBy((row?.own ?? []).map(unpack), (record) => record.system ?? record.id);
  const inputs = new Map<string, SystemInputs>();
  for (const [id, records] of own) {
    const system = records.find((record) => record.id === id);
    if (system) inputs.set(id, { system, own: records, shared: sharedBy(records, shared) });
  }
  return { systems: inputs, facts: row?.facts ?? '0', marks: new Map(Object.entries(row?.marks ?? {})) };
}

const organisationText = `
select (select json_agg(${packed('r')}) from record r where r.organisation = $1 and r.system is null and r.archived_at is null) as records,
  (select json_agg(json_build_object('id', s.id, 'number', s.number, 'title', s.title, 'state', s.state, 'fields', s.fields))
    from record s where s.organisation = $1 and s.kind = 'system' and s.archived_at is null) as systems,
  (select json_agg(json_build_object('id', m.id, 'name', m.name, 'active', m.active, 'roles', m.roles, 'leftOn', m.left_on))
    from member m where m.organisation = $1) as members,
  (select json_agg(json_build_object('id', a.id, 'dimension', a.dimension, 'level', a.level, 'member', a.member, 'role', a.role,
    'validFrom', a.valid_from, 'validTo', a.valid_to)) from authority a where a.organisation = $1) as authority,
  (select json_agg(j) from (select distinct on (item) item, answer, by_member as by, at, version from judgement
    where organisation = $1 order by item, at desc) j) as judgements,
  coalesce((select f.marks from facts_changed f where f.organisation = $1), 0)::text as facts`;

type OrganisationRow = {
  records: Packed[] | null;
  systems: { id: string; number: number; title: string; state: string; fields: FieldsColumn }[] | null;
  members: OrganisationRecords['members'] | null;
  authority: OrganisationRecords['authority'] | null;
  judgements: OrganisationRecords['judgements'] | null;
  facts: string;
};

type OrganisationRecords = Pick<
  OrganisationInputs,
  'records' | 'systems' | 'members' | 'authority' | 'judgements'
>;

/** What belongs to the whole organisation, with the marks of its facts. */
export async function organisationRecords(
  reader: Reader,
): Promise<OrganisationRecords & { readonly facts: string }> {
  const [row] = await reader.run<OrganisationRow>({
    name: 'organisation-facts',
    text: organisationText,
    values: [reader.organisation],
  });
  const prefix = reader.registry.get('system').prefix;
  return {
    records: (row?.records ?? []).map(unpacker(reader)),
    systems: (row?.systems ?? []).map((system) => ({ ...system, ref: `${prefix}-${system.number}` })),
    members: row?.members ?? [],
    authority: row?.authority ?? [],
    judgements: row?.judgements ?? [],
    facts: row?.facts ?? '0',
  };
}

function unpacker(reader: Reader): (packed: Packed) => TraceRecord {
  return (packed) => ({
    id: packed.id,
    ref: `${reader.registry.find(packed.kind)?.prefix ?? packed.kind}-${packed.number}`,
    kind: packed.kind,
    title: packed.title,
    state: packed.state,
    owner: packed.owner,
    system: packed.system,
    version: packed.version,
    digest: packed.digest,
    fields: packed.fields,
    links: packed.links,
    createdAt: packed.created,
    updatedAt: packed.updated,
    materialAt: packed.material,
    archived: packed.archived,
    approvals: (packed.acts ?? []).map((act) => ({
      id: act.id,
      record: packed.id,
      version: act.version,
      digest: act.digest,
      act: act.act,
      basis: act.basis,
      by: act.by,
      onBehalfOf: act.behalf,
      reason: act.reason,
      at: act.at,
    })),
    inForce: packed.force,
  });
}

function sharedBy(own: readonly TraceRecord[], shared: ReadonlyMap<string, TraceRecord>): TraceRecord[] {
  const ids = new Set(own.flatMap((record) => Object.values(record.links).flat()));
  return [...ids].flatMap((id) => shared.get(id) ?? []);
}

/** Marks of the organisation's facts as this transaction sees them. */
export async function factsMarks(reader: Reader): Promise<string> {
  const rows = await reader.run<{ marks: string }>({
    name: 'facts-marks',
    text: 'select coalesce((select f.marks from facts_changed f where f.organisation = $1), 0)::text as marks',
    values: [reader.organisation],
  });
  return rows[0]?.marks ?? '0';
}
