import type { Approval } from '@throughline/domain/approvals.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { decidedStates } from '@throughline/domain/kinds/beginning.ts';
import { asFound, type FoundVersion } from '@throughline/domain/kinds/found.ts';
import type { Registry } from '@throughline/domain/registry.ts';
import type { TraceRecord } from '@throughline/domain/trace/inputs.ts';
import { alikeDigests, saidSo } from './alike.ts';
import { foundBefore } from './found-before.ts';
import { passedLast } from './gate-passed.ts';
import { ranBefore } from './has-run.ts';
import type { FieldsColumn, LinksColumn } from './tables.ts';

/** A record as a statement packs it: one JSON object made of a whole row, the cheapest form to make and to read. */
export type Packed = {
  id: string;
  kind: string;
  number: number;
  title: string;
  state: string;
  owner: string | null;
  system: string | null;
  version: number;
  digest: string;
  force: number | null;
  fields: FieldsColumn;
  links: LinksColumn;
  created: string;
  updated: string;
  material: string;
  closed: string | null;
  passed: string | null;
  archived: boolean;
  imported: boolean;
  brought: boolean;
  ran: boolean;
  alike: string[] | null;
  so: [from: string, until: string][] | null;
  found: FoundVersion | null;
};

/**
 * What stands beside the packed records: approval acts, oldest first, by whose hands versions were written where two
 * members are one person, versions in force that differ, and what others
 * cite of earlier approved versions.
 */
export type PackedAside = {
  acts:
    | {
        record: string;
        id: string;
        version: number;
        digest: string;
        act: Approval['act'];
        basis: Approval['basis'];
        by: string;
        behalf: string | null;
        reason: string | null;
        at: string;
      }[]
    | null;
  hands: { record: string; version: number; by: string[] }[] | null;
  forces: { record: string; version: number; fields: FieldsColumn; links: LinksColumn }[] | null;
  earlier: { record: string; version: number; fields: FieldsColumn }[] | null;
};

const citedKinds = registry.kinds.filter(({ cited }) => cited.length > 0);
/** Fields of which rules hold what is said now against what earlier approved versions said. */
const citedFields = [...new Set(citedKinds.flatMap(({ cited }) => cited))];

/** The cited fields of a revision, as JSON. */
export const citedColumn = (row: string): string =>
  `jsonb_strip_nulls(jsonb_build_object(${citedFields.map((field) => `'${field}', ${row}.fields -> '${field}'`).join(', ')}))`;

/** Whether others cite a record of the kind by what its versions say. */
export const isCited = (kind: string): boolean => citedKinds.some(({ name }) => name === kind);

/** States that are somebody's word, as `kind:state`. */
const decided = registry.kinds.flatMap((kind) =>
  decidedStates(kind).map((state) => `'${kind.name}:${state}'`),
);

/** Whether an import was the last to say in which state a record stands. */
const stateImported = (row: string) => `(${row}.import is not null and exists (
    select from import i where i.organisation = ${row}.organisation and i.id::text = (select v.because from revision v
      where v.organisation = ${row}.organisation and v.record = ${row}.id and v.act in ('created', 'moved')
      order by v.version desc limit 1)))`;

/** The same of a state that is somebody's word. The cheap question comes first: few records stand in such a state. */
const importedWord = (row: string) =>
  `case when ${row}.import is not null and ${row}.kind || ':' || ${row}.state in (${decided.join(', ')}) then ${stateImported(row)} else false end`;

/** When a closed risk was closed: the act that brought it there, whatever was written on it since. */
const closedSince = (row: string) =>
  `case when ${row}.kind = 'risk' and ${row}.state = 'closed' then (select v.at from revision v
      where v.organisation = ${row}.organisation and v.record = ${row}.id and v.act in ('created', 'moved')
      order by v.version desc limit 1) end`;

/** Kinds whose days are held against when they were put on record (`broughtIn`), and whether one came from elsewhere. */
const broughtIn = (row: string) =>
  `case when ${row}.kind in ('gate', 'system-version') then ${row}.import is not null or exists (
    select from external_id e where e.organisation = ${row}.organisation and e.record = ${row}.id and e.source = 'demo') else false end`;

/** The columns of a packed record. */
export const packedColumns = (
  row: string,
) => `${row}.id, ${row}.kind, ${row}.number, ${row}.title, ${row}.state,
  ${row}.owner, ${row}.system, ${row}.version, encode(${row}.digest, 'hex') as digest, ${row}.in_force as force, ${row}.fields, ${row}.links,
  ${row}.created_at as created, ${row}.updated_at as updated, ${row}.material_at as material, ${closedSince(row)} as closed, ${passedLast(row)} as passed, ${row}.archived_at is not null as archived,
  ${importedWord(row)} as imported, ${broughtIn(row)} as brought, ${ranBefore(row)} as ran, ${alikeDigests(row, 'id')} as alike,
  ${saidSo(row, 'id')} as so, ${foundBefore(row)} as found`;

/** Whether two members are declared one person: without them nobody is told by whose hands versions were written. */
export const pairsStand =
  '(select exists (select from same_person p where p.organisation = $1 and p.ended_at is null))';

/** Four columns, `acts`, `hands`, `forces` and `earlier`, for the packed rows of a common table expression. `$1` is the organisation. */
export const packedAside = (
  rows: string,
) => `(select json_agg(json_build_object('record', a.record, 'id', a.id, 'version', a.version,
    'digest', encode(a.digest, 'hex'), 'act', a.act, 'basis', a.basis, 'by', a.by_id, 'behalf', a.on_behalf_of, 'reason', a.reason,
    'at', a.at) order by a.at, a.id)
  from approval a where a.organisation = $1 and a.record in (select x.id from ${rows} x)) as acts,
(select json_agg(json_build_object('record', v.record, 'version', v.version, 'fields', v.fields, 'links', v.links))
  from ${rows} x join revision v on v.organisation = $1 and v.record = x.id and v.version = x.force
  where x.force is not null and x.force <> x.version) as forces,
(select json_agg(h) from (select v.record, v.version, case when v.actor_type = 'token' then (
      select array_remove(array[t.created_by, t.service::text] || t.behind::text[], null) from token t
      where t.organisation = $1 and t.id::text = v.actor_id)
    else array_remove(array[v.actor_id, v.on_behalf_of::text], null) end as by
  from ${rows} x join revision v on v.organisation = $1 and v.record = x.id and v.act in ('created', 'edited')
  where ${pairsStand} and v.actor_type in ('person', 'token')
    and exists (select from approval a where a.organisation = $1 and a.record = x.id and a.act in ('approve', 'restore'))) h) as hands,
(select json_agg(json_build_object('record', v.record, 'version', v.version, 'fields', ${citedColumn('v')}))
  from ${rows} x join approval a on a.organisation = $1 and a.record = x.id and a.act = 'approve' and a.version is distinct from x.force
  join revision v on v.organisation = $1 and v.record = x.id and v.version = a.version and v.fields is not null
  where x.kind in (${citedKinds.map(({ name }) => `'${name}'`).join(', ')})) as earlier`;

/**
 * Turns packed records into what the rules read. What is kept of a line is the same for everybody, so nothing sealed is
 * judged for it; `sealed` records are judged for the one reader who is their party.
 */
export function unpackRecords(
  kinds: Registry,
  packed: readonly Packed[] | null,
  aside: PackedAside,
  which: 'open' | 'sealed' = 'open',
): TraceRecord[] {
  const acts = Map.groupBy(aside.acts ?? [], (act) => act.record);
  const forces = new Map((aside.forces ?? []).map((force) => [force.record, force]));
  const earlier = Map.groupBy(aside.earlier ?? [], ({ record }) => record);
  const hands = Map.groupBy(aside.hands ?? [], ({ record }) => record);
  const wanted = (packed ?? []).filter(({ kind }) => registry.isSealed(kind) === (which === 'sealed'));
  return wanted.map((row) => {
    const force = forces.get(row.id);
    const record: TraceRecord = {
      id: row.id,
      ref: `${kinds.find(row.kind)?.prefix ?? row.kind}-${row.number}`,
      kind: row.kind,
      title: row.title,
      state: row.state,
      owner: row.owner,
      system: row.system,
      version: row.version,
      digest: row.digest,
      fields: row.fields,
      links: row.links,
      createdAt: row.created,
      updatedAt: row.updated,
      materialAt: row.material,
      archived: row.archived,
      ...(row.closed ? { closedAt: row.closed } : {}),
      ...(row.passed ? { passedAt: row.passed } : {}),
      ...(row.imported ? { imported: true as const } : {}),
      ...(row.brought ? { broughtIn: true } : {}),
      ...(row.ran ? { ran: true as const } : {}),
      ...(row.alike ? { alike: row.alike } : {}),
      ...(row.so ? { saidSo: row.so } : {}),
      approvals: (acts.get(row.id) ?? []).map(({ behalf, ...act }) => ({ ...act, onBehalfOf: behalf })),
      inForce: force ? { version: force.version, fields: force.fields, links: force.links } : null,
      ...(hands.has(row.id)
        ? { hands: hands.get(row.id)?.map(({ version, by }) => ({ version, by })) ?? [] }
        : {}),
      ...(earlier.has(row.id)
        ? { earlier: earlier.get(row.id)?.map(({ version, fields }) => ({ version, fields })) ?? [] }
        : {}),
    };
    const kind = row.found && kinds.find(row.kind);
    return kind ? asFound(kind, record, row.found) : record;
  });
}
