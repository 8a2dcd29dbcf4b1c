import { stepKey } from '@throughline/domain/grid.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { foldText, slotOperand } from '@throughline/domain/kinds/slots.ts';
import { type RatedFilter, ratedField } from '@throughline/domain/risk/rated-filter.ts';
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { changedSince } from './changed-since.ts';
import { erasedTitle } from './erase.ts';
import { type Filter, type ListQuery, slotColumn, slotColumns } from './list-query.ts';
import type { Reader } from './reader.ts';
import { anyScope } from './row-scope.ts';
import type { RecordTable } from './tables.ts';
import { searchWords } from './words.ts';

type Listed = Omit<Selectable<RecordTable>, 'owner' | 'assignee' | 'in_force' | 'material_at' | 'import'>;

/** The rows of a register that match, as `r`: those of now, or the versions that stood at a place in the log, or a part of them. */
export function filtered(reader: Reader, query: ListQuery, part: Part = 'all') {
  const { words, gap, system, rated } = query;
  const from = query.index === null ? sql<Listed>`record` : past(reader, query, { index: query.index, part });
  let rows = reader.db
    .selectFrom(from.as('r'))
    .where('r.organisation', '=', reader.organisation)
    .where('r.kind', '=', query.kind.name);
  if (query.archived !== 'any')
    rows = rows.where('r.archived_at', query.archived === 'no' ? 'is' : 'is not', null);
  for (const filter of query.filters) rows = rows.where(condition(query, filter));
  if (system) rows = rows.where('r.system', '=', system);
  if (query.linked) rows = rows.where(pointingAt(reader, query.linked, query.index));
  if (query.mine) rows = rows.where(anyScope(reader.organisation, query.mine));
  if (words !== null) rows = rows.where(found(reader, words, query.kind.name));
  if (gap !== null) rows = rows.where(gapCondition(reader, gap));
  if (rated) rows = rows.where(ratedCondition(rated));
  return rows;
}

/** The query at a place in the log, with what changed behind it; of now where there is none. */
export async function atPlace(reader: Reader, query: ListQuery, index: number | null): Promise<ListQuery> {
  const changed = index === null ? null : await changedSince(reader, query.kind, index);
  return { ...query, index, changed };
}

/** Rows of a past register: those that changed since, those that stand as they stood, or both. */
export type Part = 'changed' | 'unchanged' | 'all';

const pastColumns = (row: string) =>
  sql.raw(
    ['state', 'version', 'schema', 'fields', 'links', 'digest', 'archived_at', ...slotColumns]
      .map((name) => `${row}.${name}`)
      .join(', '),
  );

/**
 * Each record of the kind in the version that stood when the log had the index given, in the columns of `record`. What was
 * made later is not there; what was erased since says nothing any more. A record's home is that of today. Where few records
 * changed since, the others are read as they are now, by the indexes of now; else every one of the kind is looked at.
 */
function past(
  reader: Reader,
  query: ListQuery,
  { index, part }: { index: number; part: Part },
): RawBuilder<Listed> {
  const { changed, kind } = query;
  if (changed === null) return sql<Listed>`(${thenStood(reader, kind, { index, from: sql`record r` })})`;
  // An array of thousands that is joined is read once; `in` would try each row of the kind against it.
  const from = sql`unnest(${changed}::uuid[]) as c(id) join record r on r.organisation = ${reader.organisation} and r.id = c.id`;
  const turned = thenStood(reader, kind, { index, from });
  const same = sql`select r.organisation, r.id, r.kind, r.number, r.title, r.system, r.created_at, r.updated_at, ${pastColumns('r')}
    from record r where r.organisation = ${reader.organisation} and r.kind = ${kind.name} and r.id <> all(${changed}::uuid[])
      and (r.title <> ${erasedTitle} or exists (select from revision v
        where v.organisation = r.organisation and v.record = r.id and v.version = r.version and v.fields is not null))`;
  if (part === 'changed') return sql<Listed>`(${turned})`;
  if (part === 'unchanged') return sql<Listed>`(${same})`;
  return sql<Listed>`(${same} union all ${turned})`;
}

function thenStood(
  reader: Reader,
  kind: Kind,
  { index, from }: { index: number; from: RawBuilder<unknown> },
) {
  return sql`select r.organisation, r.id, r.kind, r.number, r.title, r.system, r.created_at, v.at as updated_at, ${pastColumns('v')}
    from ${from} cross join lateral (
      select w.* from revision w join log_leaf f on f.organisation = w.organisation and f.entry = w.entry
      where w.organisation = r.organisation and w.record = r.id and f.index <= ${index} order by w.version desc limit 1) v
    where r.organisation = ${reader.organisation} and r.kind = ${kind.name} and v.fields is not null`;
}

/** Current links have a table with an index; past ones stand in the versions alone. */
function pointingAt(reader: Reader, record: string, index: number | null): RawBuilder<SqlBool> {
  return index === null
    ? sql<SqlBool>`r.id in (select from_record from link where organisation = ${reader.organisation} and to_record = ${record})`
    : sql<SqlBool>`jsonb_path_exists(r.links, '$.*[*] ? (@ == $id)', jsonb_build_object('id', ${record}::text))`;
}

function condition(query: ListQuery, filter: Filter): RawBuilder<SqlBool> {
  const column = slotColumn(query.kind, filter.part);
  if (!column) throw new TypeError(`${filter.part} of ${query.kind.name} is not indexed`);
  const slot = sql.ref(`r.${column}`);
  const operands = filter.values.map((value) => slotOperand(query.kind, filter.part, value));
  const holds = (test: RawBuilder<unknown>) => sql<SqlBool>`(${slot} is not null and ${test})`;
  switch (filter.operator) {
    case 'is':
      return holds(sql`${slot} in (${sql.join(operands)})`);
    case 'not':
      return holds(sql`${slot} not in (${sql.join(operands)})`);
    case 'empty':
      return holds(sql`${slot} = ''`);
    case 'filled':
      return holds(sql`${slot} > ''`);
    case 'contains':
      return holds(sql`${slot} like ${`%${likeLiteral(foldText(filter.values.join(',')))}%`}`);
    case 'before':
      return holds(sql`${slot} > '' and ${slot} < ${operands[0] ?? ''}`);
    case 'after':
      return holds(sql`${slot} > ${`${operands[0] ?? ''}\uffff`}`);
  }
}

function gapCondition(reader: Reader, gap: string): RawBuilder<SqlBool> {
  const lines = sql`select system from system_line where organisation = ${reader.organisation} and strip is not null`;
  if (gap === 'any') return sql<SqlBool>`r.id in (${lines} and gaps > 0)`;
  if (gap === 'none') return sql<SqlBool>`r.id in (${lines} and gaps = 0)`;
  return sql<SqlBool>`r.id in (select system from standing
    where organisation = ${reader.organisation} and station = ${gap} and verdict = 'gap')`;
}

/** Rows of the steps that levels of a risk were read from, with the criteria; older rows go by those that the risk names. */
const ratedRows = sql.raw(
  `jsonb_array_elements(case jsonb_typeof(r.fields -> 'rated') when 'array' then r.fields -> 'rated' else '[]' end)`,
);

/** A level, the criteria that gave one, or the row of steps that a rating kept. */
function ratedCondition(rated: RatedFilter): RawBuilder<SqlBool> {
  if ('level' in rated)
    return sql<SqlBool>`coalesce(r.fields ->> ${ratedField(rated.point, rated.bearer)}, '') = ${rated.level ?? ''}`;
  if ('ratedBy' in rated)
    return sql<SqlBool>`coalesce(r.fields ->> ${ratedField(rated.point, rated.bearer)}, '') <> '' and coalesce((select e ->> 'criteria' from ${ratedRows} e
      where e ->> 'point' = ${rated.point} and e ->> 'bearer' = ${rated.bearer} limit 1), r.fields ->> 'criteriaVersion') is not distinct from ${rated.ratedBy}::text`;
  const { point, bearer, likelihood, consequence, criteria } = rated;
  const said = (part: string, step: string) =>
    sql`lower(btrim(normalize(e ->> ${part}, nfkc))) = ${stepKey(step)}`;
  return sql<SqlBool>`exists (select from ${ratedRows} e
    where (${criteria}::text is null or coalesce(e ->> 'criteria', r.fields ->> 'criteriaVersion') = ${criteria})
    and e ->> 'point' = ${point} and e ->> 'bearer' = ${bearer} and ${said('likelihood', likelihood)} and ${said('consequence', consequence)})`;
}

/** Words are looked up through one function of the owner: full-text operators are not leakproof either. */
function found(reader: Reader, words: string, kind: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words);
  if (query === '') return sql<SqlBool>`false`;
  return sql<SqlBool>`r.id in (select record from ${sql.raw(searchFunction(reader))}(${query}::text::tsquery, ${kind}, null))`;
}

/** What may not be read is not found, and takes no place among what is. */
export const searchFunction = ({ view }: Reader): string => searches[view];
const searches = { whole: 'search_records', sealed: 'search_sealed', scoped: 'search_scope' } as const;

/** Words as a prefix query of PostgreSQL's text search: every word must begin a word of the record. */
export function prefixQuery(words: string): string {
  return searchWords(words)
    .slice(0, 12)
    .map((token) => `'${token}':*`)
    .join(' & ');
}

function likeLiteral(value: string): string {
  return value.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
