import type { Target } from '@throughline/domain/kinds/edit.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { RecordFacts } from '@throughline/domain/permissions.ts';
import { factsMarksOf, markedSince } from './marks.ts';
import { partiesOf } from './parties.ts';
import type { Reader } from './reader.ts';
import { type RecordRow, recordColumns, type StoredRecord, storedRecord } from './stored-record.ts';

/** A record as other records point at it. */
export type RefRow = {
  readonly id: string;
  readonly kind: string;
  readonly number: number;
  readonly title: string;
  readonly state: string;
  readonly archived: boolean;
};

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const findText = (by: 'number' | 'id') =>
  `select ${recordColumns.join(', ')} from record where organisation = $1 and kind = $2 and ${by} = $3`;

/** Finds one record by ref (`SYS-42`) or id. Nothing when it is not there, is of another kind, or is another organisation's. */
export async function findRecord(reader: Reader, kind: Kind, ref: string): Promise<StoredRecord | undefined> {
  const named = reader.registry.readRef(ref);
  if (named ? named.kind.name !== kind.name : !uuid.test(ref)) return undefined;
  const [row] = await reader.run<RecordRow>(
    named
      ? {
          name: 'record-by-number',
          text: findText('number'),
          values: [reader.organisation, kind.name, named.number],
        }
      : { name: 'record-by-id', text: findText('id'), values: [reader.organisation, kind.name, ref] },
  );
  return row ? storedRecord(row) : undefined;
}

/** Finds one record of any kind by ref or id. */
export async function findAnyRecord(reader: Reader, ref: string): Promise<StoredRecord | undefined> {
  const named = reader.registry.readRef(ref);
  if (named) return findRecord(reader, named.kind, ref);
  return uuid.test(ref) ? (await recordsById(reader, [ref])).get(ref) : undefined;
}

export async function recordsById(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, StoredRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('record')
    .select(recordColumns)
    .where('organisation', '=', reader.organisation)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, storedRecord(row)]));
}

/** Records as names: what links, sentences and breadcrumbs show. Unknown ids are left out. */
export async function refsById(reader: Reader, ids: readonly string[]): Promise<Map<string, RefRow>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.run<{
    id: string;
    kind: string;
    number: number;
    title: string;
    state: string;
    archived: boolean;
  }>({
    name: 'refs',
    text: `select id, kind, number, title, state, archived_at is not null as archived from record
      where organisation = $1 and id = any($2::uuid[])`,
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What an edit must know of the records it wants to point at: their home, and who owns it. */
export type TargetFacts = Target & { readonly system: string | null; readonly systemOwner: string | null };

const fewTargets = 4;
const targetsText = (among: string) => `select r.id, r.kind, r.system, r.archived_at is not null as archived,
    (select s.owner from record s where s.organisation = r.organisation and s.id = r.system) as "systemOwner"
  from record r where r.organisation = $1 and r.id ${among}`;
/** Few ids are named one by one: PostgreSQL then keeps one plan, where it would plan each array anew (0.1 ms a time). */
const fewTargetsText = targetsText(
  `in (${Array.from({ length: fewTargets }, (_, n) => `$${n + 2}`).join(', ')})`,
);
const manyTargetsText = targetsText('= any($2::uuid[])');

export async function targetsById(reader: Reader, ids: readonly string[]): Promise<Map<string, TargetFacts>> {
  const asked = [...new Set(ids)];
  const [first] = asked;
  if (first === undefined) return new Map();
  const few = Array.from({ length: fewTargets }, (_, n) => asked[n] ?? first);
  const rows = await reader.run<{
    id: string;
    kind: string;
    system: string | null;
    archived: boolean;
    systemOwner: string | null;
  }>(
    asked.length <= fewTargets
      ? { name: 'few-targets', text: fewTargetsText, values: [reader.organisation, ...few] }
      : { name: 'targets', text: manyTargetsText, values: [reader.organisation, asked] },
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/**
 * The same for a change that puts something below `parents`: until it ends, these do not move to another system.
 * Systems never move, so nothing is held where they are the parents.
 */
export async function heldTargets(
  write: Reader,
  ids: readonly string[],
  parents: readonly string[],
): Promise<Map<string, TargetFacts>> {
  const targets = await targetsById(write, [...ids, ...parents]);
  const moving = parents.filter((id) => (targets.get(id)?.kind ?? 'system') !== 'system');
  if (moving.length === 0) return targets;
  await write.run({
    name: 'hold-homes',
    text: 'select id from record where organisation = $1 and id = any($2::uuid[]) order by id for share',
    values: [write.organisation, [...new Set(moving)]],
  });
  return targetsById(write, [...ids, ...parents]);
}

/**
 * The facts that permissions look at: the record's owner and assignee, and the owner of its home system; for a reader
 * within a scope the systems that it belongs to, and who is named in a sealed record.
 */
export async function factsOf(reader: Reader, record: StoredRecord): Promise<RecordFacts> {
  const { kind, owner, assignee, system } = record;
  const systemOwner = system === record.id ? owner : system ? await ownerOf(reader, system) : null;
  return {
    kind,
    owner,
    systemOwner,
    assignee,
    ...(reader.narrow ? { homes: await homesOf(reader, record) } : {}),
    parties: await partiesOf(reader, record),
  };
}

/** Systems that a record belongs to: its home or, where it has none, those it speaks of and those that use it. */
export async function homesOf(
  reader: Reader,
  record: Pick<StoredRecord, 'id' | 'system'>,
): Promise<string[]> {
  if (record.system) return [record.system];
  const rows = await reader.run<{ home: string }>({
    name: 'homes-of',
    text: 'select h.home from homes_of($1) as h(home)',
    values: [record.id],
  });
  return rows.map(({ home }) => home);
}

export async function ownerOf(reader: Reader, record: string): Promise<string | null> {
  const rows = await reader.run<{ owner: string | null }>({
    name: 'owner',
    text: 'select owner from record where organisation = $1 and id = $2',
    values: [reader.organisation, record],
  });
  return rows[0]?.owner ?? null;
}

export type InverseRow = RefRow & { readonly relation: string; readonly count: number };

/** Records that point at this one, by kind and relation: at most `most` of each, with the whole count. */
export async function inverseLinks(reader: Reader, record: string, most: number): Promise<InverseRow[]> {
  return reader.run<InverseRow>({
    name: 'inverse',
    // Links first: without statistics, as after a first import, every record of the organisation was asked for its link.
    text: `with pointing as materialized (
        select l.from_record, l.relation from link l where l.organisation = $1 and l.to_record = $2)
      select id, kind, number, title, state, archived, relation, count from (
        select r.id, r.kind, r.number, r.title, r.state, r.archived_at is not null as archived, p.relation,
          count(*) over (partition by r.kind, p.relation)::int as count,
          row_number() over (partition by r.kind, p.relation order by r.number desc) as place
        from pointing p join record r on r.organisation = $1 and r.id = p.from_record) x
      where place <= $3 order by kind, relation, place`,
    values: [reader.organisation, record, most],
  });
}

/** Ids from outside under which a record is known. */
export async function externalIds(
  reader: Reader,
  record: string,
): Promise<{ source: string; key: string }[]> {
  return reader.db
    .selectFrom('external_id')
    .select(['source', 'key'])
    .where('organisation', '=', reader.organisation)
    .where('record', '=', record)
    .orderBy('source')
    .execute();
}

/** Names of members by id; a member whose name was erased answers nothing. */
export async function memberNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.run<{ id: string; name: string }>({
    name: 'member-names',
    text: 'select id, name from member where organisation = $1 and id = any($2::uuid[])',
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Names of whoever acted, by id: members, and tokens under the name of the service account that they belong to. */
export async function actorNames(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  // A rule, a visitor or a source is named by what it is.
  const known = [...new Set(ids)].filter((id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id));
  if (known.length === 0) return new Map();
  const rows = await reader.run<{ id: string; name: string }>({
    name: 'actor-names',
    text: `select id, name from member where organisation = $1 and id = any($2::uuid[])
      union all
      select t.id, coalesce(m.name || ', ', '') || t.name from token t
      left join member m on m.organisation = t.organisation and m.id = t.service
      where t.organisation = $1 and t.id = any($2::uuid[])`,
    values: [reader.organisation, known],
  });
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Ids of records by kind and number, under `KIND NUMBER`. What is not there is left out. */
export async function recordsByRef(
  reader: Reader,
  refs: readonly { readonly kind: string; readonly number: number }[],
): Promise<Map<string, string>> {
  if (refs.length === 0) return new Map();
  const rows = await reader.run<{ id: string; kind: string; number: number }>({
    name: 'records-by-ref',
    text: `select r.id, r.kind, r.number from unnest($2::text[], $3::int[]) as n(kind, number)
      join record r on r.organisation = $1 and r.kind = n.kind and r.number = n.number`,
    values: [reader.organisation, refs.map(({ kind }) => kind), refs.map(({ number }) => number)],
  });
  return new Map(rows.map(({ id, kind, number }) => [`${kind} ${number}`, id]));
}

export type SystemLine = {
  readonly strip: string | null;
  readonly gaps: number;
  readonly holdsUntil: string | null;
  /** Marked, or the organisation's facts changed, since it was computed. */
  readonly stale: boolean;
};

/** The line of one system as it was computed last; nothing while it never was. */
export async function lineOfSystem(reader: Reader, system: string): Promise<SystemLine | undefined> {
  return (await linesOfSystems(reader, [system])).get(system);
}

/** The same of several systems, by system. */
export async function linesOfSystems(
  reader: Reader,
  systems: readonly string[],
): Promise<Map<string, SystemLine>> {
  if (systems.length === 0) return new Map();
  const rows = await reader.run<SystemLine & { system: string }>({
    name: 'lines-of-systems',
    text: `select s.system, s.strip, s.gaps, s.holds_until::text as "holdsUntil", (${markedSince('s')} or s.facts <> ${factsMarksOf('$1')}) as stale
      from system_line s where s.organisation = $1 and s.system = any($2::uuid[])`,
    values: [reader.organisation, systems],
  });
  return new Map(rows.map(({ system, ...line }) => [system, line]));
}
