import type { Deed } from '@throughline/domain/duties.ts';
import type { Selectable } from 'kysely';
import { alikeDigests } from './alike.ts';
import type { Reader } from './reader.ts';
import type { RevisionTable } from './tables.ts';

export type StoredRevision = Pick<
  Selectable<RevisionTable>,
  | 'version'
  | 'act'
  | 'kind'
  | 'schema'
  | 'state'
  | 'fields'
  | 'links'
  | 'digest'
  | 'changed'
  | 'material'
  | 'entry'
  | 'actor_type'
  | 'actor_id'
  | 'on_behalf_of'
  | 'because'
  | 'at'
> & { readonly index: number | null };

/** All versions of a record, newest first, each with its place in the log once it is sequenced. */
export async function revisionsOf(
  reader: Reader,
  record: string,
  page: { before?: number; limit: number; significant?: boolean },
): Promise<StoredRevision[]> {
  const rows = await revisions(reader)
    .where('v.record', '=', record)
    .$if(page.before !== undefined, (query) => query.where('v.version', '<', page.before ?? 0))
    .$if(page.significant === true, (query) =>
      query.where((where) => where.or([where('v.material', '=', true), where('v.act', '!=', 'edited')])),
    )
    .orderBy('v.version', 'desc')
    .limit(page.limit)
    .execute();
  return rows.map(withIndex);
}

export async function revisionAt(
  reader: Reader,
  record: string,
  version: number,
): Promise<StoredRevision | undefined> {
  const row = await revisions(reader)
    .where('v.record', '=', record)
    .where('v.version', '=', version)
    .executeTakeFirst();
  return row ? withIndex(row) : undefined;
}

/** The version that stood when the log had the index given: what "as of" means. */
export async function revisionAsOf(
  reader: Reader,
  record: string,
  index: number,
): Promise<StoredRevision | undefined> {
  const row = await revisions(reader)
    .where('v.record', '=', record)
    .where('f.index', '<=', String(index))
    .orderBy('v.version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? withIndex(row) : undefined;
}

/** Digests of the records given in the versions that stood when the log had the index given, and of those alike before. */
export async function digestsAt(
  reader: Reader,
  records: readonly string[],
  index: number,
): Promise<Map<string, { readonly digest: string; readonly alike: readonly string[] | undefined }>> {
  if (records.length === 0) return new Map();
  const rows = await reader.run<{ record: string; digest: string; alike: string[] | null }>({
    name: 'digests-at',
    text: `select s.record, encode(s.digest, 'hex') as digest, ${alikeDigests('s')} as alike
      from (select distinct on (v.record) v.* from revision v join log_leaf f on f.organisation = v.organisation and f.entry = v.entry
        where v.organisation = $1 and v.record = any($2::uuid[]) and f.index <= $3 order by v.record, v.version desc) s`,
    values: [reader.organisation, [...new Set(records)], index],
  });
  return new Map(rows.map(({ record, digest, alike }) => [record, { digest, alike: alike ?? undefined }]));
}

/** The largest log index at or before a moment; `null` while the log had no entry yet. */
export async function logIndexAt(reader: Reader, at: Date): Promise<number | null> {
  const row = await reader.db
    .selectFrom('log_leaf')
    .select((eb) => eb.fn.max('index').as('index'))
    .where('organisation', '=', reader.organisation)
    .where('at', '<=', at)
    .executeTakeFirst();
  return row?.index === null || row?.index === undefined ? null : Number(row.index);
}

/** What a deputy wrote, the one they stood in for is bound by too. */
const deedOf = (row: WhoRow): Deed => ({
  type: row.actor_type,
  id: row.actor_id,
  onBehalfOf: row.on_behalf_of,
});
type WhoRow = { actor_type: string; actor_id: string; on_behalf_of: string | null };

/** Who wrote content since a version (exclusive), people and tokens: the authors of what is to be approved. */
export async function authorsSince(
  reader: Reader,
  record: string,
  version: number,
  upTo: number | null = null,
): Promise<Deed[]> {
  const rows = await reader.run<WhoRow>({
    name: 'authors-since',
    text: `select distinct actor_type, actor_id, on_behalf_of from revision where organisation = $1 and record = $2
      and version > $3 and ($4::int is null or version <= $4)
      and act in ('created', 'edited') and actor_type in ('person', 'token')`,
    values: [reader.organisation, record, version, upTo],
  });
  return rows.map(deedOf);
}

/** Everybody who ever wrote any of the records given, by record. */
export async function authorsOf(reader: Reader, records: readonly string[]): Promise<Map<string, Deed[]>> {
  if (records.length === 0) return new Map();
  const rows = await reader.db
    .selectFrom('revision')
    .select(['record', 'actor_type', 'actor_id', 'on_behalf_of'])
    .distinct()
    .where('organisation', '=', reader.organisation)
    .where('record', 'in', [...new Set(records)])
    .where('act', 'in', ['created', 'edited'])
    .where('actor_type', 'in', ['person', 'token'])
    .execute();
  const groups = Map.groupBy(rows, ({ record }) => record);
  return new Map([...groups].map(([record, found]) => [record, found.map(deedOf)]));
}

/**
 * Everybody whom the versions of a record ever named in these fields, or columns of rows (`actions.owner`), by field:
 * naming another one afterwards does not take away what somebody did. With a state, versions in that state do not count, because nothing was done yet.
 */
export async function namedIn(
  reader: Reader,
  record: string,
  fields: readonly string[],
  exceptIn: string | null = null,
): Promise<Record<string, string[]>> {
  const rows = await reader.run<{ field: string; member: string }>({
    name: 'named-in',
    text: `select distinct p.name as field, x.member from revision v cross join unnest($3::text[]) p(name)
      cross join lateral (
        select v.fields ->> p.name as member
        union all
        select e ->> split_part(p.name, '.', 2) from jsonb_array_elements(case when jsonb_typeof(v.fields -> split_part(p.name, '.', 1)) = 'array'
          and position('.' in p.name) > 0 then v.fields -> split_part(p.name, '.', 1) else '[]' end) e
      ) x where v.organisation = $1 and v.record = $2 and ($4::text is null or v.state <> $4) and x.member is not null`,
    values: [reader.organisation, record, [...fields], exceptIn],
  });
  return Object.fromEntries(
    fields.map((field) => [field, rows.filter((row) => row.field === field).map((row) => row.member)]),
  );
}

/** Who ever wrote any of these parts of a record, people and tokens. */
export async function writersOf(reader: Reader, record: string, parts: readonly string[]): Promise<Deed[]> {
  const rows = await reader.run<WhoRow>({
    name: 'writers-of',
    text: `select distinct actor_type, actor_id, on_behalf_of from revision where organisation = $1 and record = $2
      and act in ('created', 'edited') and actor_type in ('person', 'token') and changed && $3::text[]`,
    values: [reader.organisation, record, [...parts]],
  });
  return rows.map(deedOf);
}

/** Who wrote what each of these parts of a record says now: by the newest version that wrote it. */
export async function lastWriters(reader: Reader, record: string, parts: readonly string[]): Promise<Deed[]> {
  const rows = await reader.run<WhoRow>({
    name: 'last-writers',
    text: `select v.actor_type, v.actor_id, v.on_behalf_of from unnest($3::text[]) p(name)
      cross join lateral (select actor_type, actor_id, on_behalf_of from revision where organisation = $1 and record = $2
        and act in ('created', 'edited') and changed && array[p.name] order by version desc limit 1) v`,
    values: [reader.organisation, record, [...parts]],
  });
  return rows.map(deedOf);
}

/** Who wrote content of any of the records after a moment, people and tokens. */
export async function authorsAfter(
  reader: Reader,
  records: readonly string[],
  moment: Date,
): Promise<Deed[]> {
  if (records.length === 0) return [];
  const rows = await reader.db
    .selectFrom('revision')
    .select(['actor_type', 'actor_id', 'on_behalf_of'])
    .distinct()
    .where('organisation', '=', reader.organisation)
    .where('record', 'in', [...records])
    .where('at', '>', moment)
    .where('act', 'in', ['created', 'edited'])
    .where('actor_type', 'in', ['person', 'token'])
    .execute();
  return rows.map(deedOf);
}

/** What a record said when it stood in one of these states last; nothing where it never did, or that was erased. */
export async function saidLastIn(
  reader: Reader,
  record: string,
  states: readonly string[],
): Promise<StoredRevision['fields'] | undefined> {
  const row = await reader.db
    .selectFrom('revision')
    .select('fields')
    .where('organisation', '=', reader.organisation)
    .where('record', '=', record)
    .where('state', 'in', [...states])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.fields ?? undefined;
}

/** The last archiving or bringing back at or before a version: when it was archived, or nothing while it was not. */
export async function archivedAsOf(reader: Reader, record: string, version: number): Promise<Date | null> {
  const row = await reader.db
    .selectFrom('revision')
    .select(['act', 'at'])
    .where('organisation', '=', reader.organisation)
    .where('record', '=', record)
    .where('version', '<=', version)
    .where('act', 'in', ['archived', 'restored'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.act === 'archived' ? row.at : null;
}

function revisions(reader: Reader) {
  return reader.db
    .selectFrom('revision as v')
    .leftJoin('log_leaf as f', (join) =>
      join.onRef('f.organisation', '=', 'v.organisation').onRef('f.entry', '=', 'v.entry'),
    )
    .select([
      'v.version',
      'v.act',
      'v.kind',
      'v.schema',
      'v.state',
      'v.fields',
      'v.links',
      'v.digest',
      'v.changed',
      'v.material',
      'v.entry',
      'v.actor_type',
      'v.actor_id',
      'v.on_behalf_of',
      'v.because',
      'v.at',
      'f.index',
    ])
    .where('v.organisation', '=', reader.organisation);
}

function withIndex<Row extends { index: string | null }>(
  row: Row,
): Omit<Row, 'index'> & { index: number | null } {
  return { ...row, index: row.index === null ? null : Number(row.index) };
}
