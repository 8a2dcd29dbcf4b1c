import { foldText, slotOperand } from '@throughline/domain/kinds/slots.ts';
import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { type Filter, type ListQuery, slotColumn } from './list-query.ts';
import type { Reader } from './reader.ts';
import type { RecordTable } from './tables.ts';
import { searchWords } from './words.ts';

type Listed = Omit<Selectable<RecordTable>, 'owner' | 'assignee' | 'in_force' | 'material_at' | 'import'>;

/** The rows of a register that match, as `r`: those of now, or the versions that stood at a place in the log. */
export function filtered(reader: Reader, query: ListQuery) {
  const { words, gap, system } = query;
  const from = query.index === null ? sql<Listed>`record` : past(reader, query, query.index);
  let rows = reader.db
    .selectFrom(from.as('r'))
    .where('r.organisation', '=', reader.organisation)
    .where('r.kind', '=', query.kind.name);
  if (query.archived !== 'any')
    rows = rows.where('r.archived_at', query.archived === 'no' ? 'is' : 'is not', null);
  for (const filter of query.filters) rows = rows.where(condition(query, filter));
  if (system) rows = rows.where('r.system', '=', system);
  if (query.linked) rows = rows.where(pointingAt(reader, query.linked, query.index));
  if (words !== null) rows = rows.where(found(words, query.kind.name));
  if (gap !== null) rows = rows.where(gapCondition(reader, gap));
  return rows;
}

/**
 * Each record of the kind in the version that stood when the log had the index given, in the columns of `record`. What was
 * made later is not there; what was erased since says nothing any more. A record's home is that of today. Nothing but the
 * records' own keys is indexed, so every one of the kind is looked at.
 */
function past(reader: Reader, { kind }: ListQuery, index: number): RawBuilder<Listed> {
  return sql<Listed>`(select r.organisation, r.id, r.kind, r.number, r.title, r.system, r.created_at, v.state, v.version, v.schema,
      v.fields, v.links, v.digest, v.at as updated_at, v.archived_at, v.k1, v.k2, v.k3, v.k4, v.k5, v.k6, v.k7, v.k8
    from record r cross join lateral (
      select w.* from revision w join log_leaf f on f.organisation = w.organisation and f.entry = w.entry
      where w.organisation = r.organisation and w.record = r.id and f.index <= ${index} order by w.version desc limit 1) v
    where r.organisation = ${reader.organisation} and r.kind = ${kind.name} and v.fields is not null)`;
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

/** Words are looked up through one function of the owner: full-text operators are not leakproof either. */
function found(words: string, kind: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words);
  if (query === '') return sql<SqlBool>`false`;
  return sql<SqlBool>`r.id in (select record from search_records(${query}::text::tsquery, ${kind}, null))`;
}

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
