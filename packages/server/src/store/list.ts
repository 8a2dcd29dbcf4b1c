import { foldText, slotOperand } from '@throughline/domain/kinds/slots.ts';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Cursor, type Filter, type ListQuery, slotColumn } from './list-query.ts';
import type { Reader } from './reader.ts';
import { type StoredRecord, storedRecord } from './stored-record.ts';

/** A row of a register: the record and, for a system, its line. */
export type ListRow = StoredRecord & {
  readonly line: {
    readonly strip: string | null;
    readonly gaps: number;
    readonly holdsUntil: string | null;
    readonly stale: boolean;
  } | null;
};

/** The most rows that a count looks at: beyond it the answer says "more". */
export const countedAtMost = 10_000;
const searchedAtMost = 5_000;

/** One page of a register and where the next begins. Every condition on a slot says that it is not null, so its index serves. */
export async function listRecords(
  reader: Reader,
  query: ListQuery,
): Promise<{ rows: ListRow[]; next: Cursor | null }> {
  const key = sortKey(query);
  const direction = query.sort.descending ? 'desc' : 'asc';
  const rows = await filtered(reader, query)
    .where(sortable(query))
    .$if(query.cursor !== null, (rows) => rows.where(after(key, query)))
    .select([
      'r.id',
      'r.kind',
      'r.number',
      'r.title',
      'r.state',
      'r.owner',
      'r.assignee',
      'r.system',
      'r.version',
      'r.schema',
      'r.fields',
      'r.links',
      'r.digest',
      'r.in_force',
      'r.material_at',
      'r.created_at',
      'r.updated_at',
      'r.archived_at',
      's.strip',
      's.gaps',
      's.holds_until',
      key.as('sort_key'),
      staleNow(reader).as('stale'),
    ])
    .orderBy(key, direction)
    .orderBy('r.id', direction)
    .limit(query.limit + 1)
    .execute();
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > query.limit && last ? { key: last.sort_key, id: last.id } : null;
  return {
    rows: page.map((row) => ({
      ...storedRecord(row),
      line:
        row.kind === 'system'
          ? { strip: row.strip, gaps: row.gaps ?? 0, holdsUntil: row.holds_until, stale: row.stale }
          : null,
    })),
    next,
  };
}

/** How many rows match, counted up to `countedAtMost`. */
export async function countRecords(
  reader: Reader,
  query: ListQuery,
): Promise<{ count: number; more: boolean }> {
  const row = await reader.db
    .selectFrom(
      filtered(reader, query)
        .select('r.id')
        .limit(countedAtMost + 1)
        .as('counted'),
    )
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  const count = Number(row.n);
  return { count: Math.min(count, countedAtMost), more: count > countedAtMost };
}

/** Ids of the rows that match, at most `most`: what a bulk change or an export works through. */
export async function listIds(reader: Reader, query: ListQuery, most: number): Promise<string[]> {
  const rows = await filtered(reader, query).select('r.id').orderBy('r.id').limit(most).execute();
  return rows.map((row) => row.id);
}

/** Counts under the filters by one indexed part, by its slot text. */
export async function facetRecords(
  reader: Reader,
  query: ListQuery,
  part: string,
): Promise<{ value: string; count: number }[]> {
  const column = slotColumn(query.kind, part);
  if (!column) return [];
  const rows = await filtered(reader, query)
    .where(`r.${column}`, 'is not', null)
    .select([`r.${column} as value`, (eb) => eb.fn.countAll<string>().as('n')])
    .groupBy(`r.${column}`)
    .orderBy('n', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({ value: row.value ?? '', count: Number(row.n) }));
}

/** How many of the filtered systems have a gap at each station. */
export async function gapsByStation(reader: Reader, query: ListQuery): Promise<Map<string, number>> {
  const rows = await reader.db
    .selectFrom('standing')
    .select(['station', (eb) => eb.fn.countAll<string>().as('n')])
    .where('organisation', '=', reader.organisation)
    .where('verdict', '=', 'gap')
    .where('system', 'in', filtered(reader, query).select('r.id'))
    .groupBy('station')
    .execute();
  return new Map(rows.map((row) => [row.station, Number(row.n)]));
}

const joined = (reader: Reader) =>
  reader.db
    .selectFrom('record as r')
    .leftJoin('system_line as s', (join) =>
      join.onRef('s.organisation', '=', 'r.organisation').onRef('s.system', '=', 'r.id'),
    );

function filtered(reader: Reader, query: ListQuery): ReturnType<typeof joined> {
  const { linked, words, gap, system } = query;
  let rows = joined(reader)
    .where('r.organisation', '=', reader.organisation)
    .where('r.kind', '=', query.kind.name);
  if (query.archived !== 'any')
    rows = rows.where('r.archived_at', query.archived === 'no' ? 'is' : 'is not', null);
  for (const filter of query.filters) rows = rows.where(condition(query, filter));
  if (system) rows = rows.where('r.system', '=', system);
  if (linked) {
    rows = rows.where(
      sql<SqlBool>`r.id in (select from_record from link where organisation = ${reader.organisation} and to_record = ${linked})`,
    );
  }
  if (words !== null) rows = rows.where(found(words, query.kind.name));
  if (gap !== null) rows = rows.where(gapCondition(reader, gap));
  return rows;
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
  if (gap === 'any') return sql<SqlBool>`s.gaps > 0`;
  if (gap === 'none') return sql<SqlBool>`(s.gaps = 0 and s.strip is not null)`;
  return sql<SqlBool>`r.id in (select system from standing
    where organisation = ${reader.organisation} and station = ${gap} and verdict = 'gap')`;
}

/** Words are looked up through one function of the owner: full-text operators are not leakproof either. */
function found(words: string, kind: string): RawBuilder<SqlBool> {
  const query = prefixQuery(words);
  if (query === '') return sql<SqlBool>`false`;
  return sql<SqlBool>`r.id in (select record from search_records(${query}::text::tsquery, ${kind}, ${searchedAtMost}))`;
}

/** Words as a prefix query of PostgreSQL's text search: every word must begin a word of the record. */
export function prefixQuery(words: string): string {
  const tokens =
    words
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return tokens
    .slice(0, 12)
    .map((token) => `'${token}':*`)
    .join(' & ');
}

function sortKey(query: ListQuery): RawBuilder<string | number | null> {
  const { by } = query.sort;
  if (by === 'ref') return sql`r.number`;
  if (by === 'updated') return sql`to_char(r.updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')`;
  if (by === 'gaps') return sql`coalesce(s.gaps, 0)`;
  const column = slotColumn(query.kind, by);
  if (!column) throw new TypeError(`${query.kind.name} is not sorted by ${by}`);
  return sql`${sql.ref(`r.${column}`)}`;
}

function after(key: RawBuilder<unknown>, query: ListQuery): RawBuilder<SqlBool> {
  const cursor = query.cursor ?? { key: null, id: '' };
  const sign = sql.raw(query.sort.descending ? '<' : '>');
  return sql<SqlBool>`(${key}, r.id) ${sign} (${cursor.key}, ${cursor.id}::uuid)`;
}

/** A sort by a slot says that it is not null, so that the slot's partial index gives the order. */
function sortable(query: ListQuery): RawBuilder<SqlBool> {
  const column = slotColumn(query.kind, query.sort.by);
  return column ? sql<SqlBool>`${sql.ref(`r.${column}`)} is not null` : sql<SqlBool>`true`;
}

/** Stale: marked since it was computed, or computed with facts of the organisation that changed since. */
function staleNow(reader: Reader) {
  return sql<boolean>`(r.kind = 'system' and (s.settled is distinct from s.marks or s.facts <>
    coalesce((select f.marks from facts_changed f where f.organisation = ${reader.organisation}), 0)))`;
}

function likeLiteral(value: string): string {
  return value.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
