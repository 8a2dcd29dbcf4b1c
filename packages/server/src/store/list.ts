import { createHash } from 'node:crypto';
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { filtered, type Part } from './list-filter.ts';
import { type Cursor, type ListQuery, slotColumn } from './list-query.ts';
import type { Reader } from './reader.ts';
import { recordFacts } from './record-row.ts';
import { linesOfSystems, type SystemLine } from './records.ts';
import type { StoredRecord } from './stored-record.ts';

/** A row of a register: what a register shows of a record and, for a system as of now, its line. */
export type ListRow = Pick<
  StoredRecord,
  | 'id'
  | 'kind'
  | 'number'
  | 'title'
  | 'state'
  | 'version'
  | 'content'
  | 'digest'
  | 'createdAt'
  | 'updatedAt'
  | 'archivedAt'
> & {
  readonly line: SystemLine | null;
};
/** The same without its line, which is read beside the page and not with it: every joined table is planned each time. */
export type UnlinedRow = Omit<ListRow, 'line'>;

/** The most rows that a count looks at: beyond it the answer says "more". */
export const countedAtMost = 10_000;

/** One page of a register and where the next begins. */
export async function listRecords(
  reader: Reader,
  query: ListQuery,
): Promise<{ rows: ListRow[]; next: Cursor | null }> {
  const { rows, next } = await listUnlined(reader, query);
  return { rows: await withLines(reader, query, rows), next };
}

/** A page without its lines. Every condition on a slot says that it is not null, so its index serves. */
export async function listUnlined(
  reader: Reader,
  query: ListQuery,
): Promise<{ rows: UnlinedRow[]; next: Cursor | null }> {
  const rows = await pageOf(reader, query);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const next = rows.length > query.limit && last ? { key: last.sort_key, id: last.id } : null;
  return { rows: page.map((row) => unlinedRow(query, row)), next };
}

/** Rows with their lines where they are systems of now: lines are kept as they stand now. One never computed is stale. */
export async function withLines(
  reader: Reader,
  query: ListQuery,
  rows: readonly UnlinedRow[],
): Promise<ListRow[]> {
  if (!hasLines(query)) return rows.map((row) => ({ ...row, line: null }));
  const lines = await linesOfSystems(
    reader,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({ ...row, line: lines.get(row.id) ?? uncomputed }));
}

const hasLines = ({ kind, index }: ListQuery): boolean => kind.name === 'system' && index === null;
const uncomputed: SystemLine = { strip: null, gaps: 0, holdsUntil: null, stale: true };

type Row = Awaited<ReturnType<ReturnType<typeof inOrder>['execute']>>[number];

function unlinedRow(query: ListQuery, row: Row): UnlinedRow {
  const content = { fields: row.fields, links: row.links };
  return {
    id: row.id,
    kind: query.kind.name,
    number: row.number,
    // The title beside a record is that of today.
    title: query.index === null ? row.title : recordFacts(query.kind, content, row.state, null).title,
    state: row.state,
    version: row.version,
    content,
    digest: row.digest,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  };
}

/**
 * Of one's own list without filters few texts are ever asked, all day and by everybody, so each is planned once for a
 * connection: planning one took longer than reading it. Other lists have texts without number.
 */
async function pageOf(reader: Reader, query: ListQuery): Promise<Row[]> {
  const { mine, filters, words, gap, rated, index } = query;
  const rows = inOrder(reader, query);
  const isPlain = filters.length === 0 && words === null && gap === null && !rated && index === null;
  if (!mine || !isPlain) return rows.execute();
  const { sql: text, parameters } = rows.compile();
  const name = `own-list-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  return reader.run<Row>({ name, text, values: parameters });
}

/**
 * A page in its order. Of a past register with few changes each part is cut by itself, so that the rows that stand as
 * they stood come from the index of the order; keys as text and as number sort as the rows do.
 */
function inOrder(reader: Reader, query: ListQuery) {
  if (query.changed === null) return ordered(reader, query);
  const direction = query.sort.descending ? 'desc' : 'asc';
  const part = (name: Part) => reader.db.selectFrom(ordered(reader, query, name).as(name)).selectAll();
  return reader.db
    .selectFrom(part('unchanged').unionAll(part('changed')).as('p'))
    .selectAll('p')
    .orderBy('p.sort_key', direction)
    .orderBy('p.id', direction)
    .limit(query.limit + 1);
}

function ordered(reader: Reader, query: ListQuery, part: Part = 'all') {
  const { order, tie, key } = sortKey(query);
  const direction = query.sort.descending ? 'desc' : 'asc';
  return filtered(reader, query, part)
    .where(sortable(query))
    .$if(query.cursor !== null, (rows) => rows.where(after(query)))
    .$if(query.sort.by === 'gaps', (rows) =>
      rows.innerJoin('system_line as g', (join) =>
        join.onRef('g.organisation', '=', 'r.organisation').onRef('g.system', '=', 'r.id'),
      ),
    )
    .select([
      'r.id',
      'r.number',
      'r.title',
      'r.state',
      'r.version',
      'r.fields',
      'r.links',
      'r.digest',
      'r.created_at',
      'r.updated_at',
      'r.archived_at',
      key.as('sort_key'),
    ])
    .orderBy(order, direction)
    .orderBy(tie, direction)
    .limit(query.limit + 1);
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

/** One value of an indexed part: how many rows have it and, of systems, how many gaps their lines have together. */
export type Facet = {
  readonly value: string;
  /** The value as one of the rows has it, where the slot keeps it folded. */
  readonly written: string | null;
  readonly count: number;
  readonly gaps: number | null;
};

/** Counts under the filters by one indexed part, by its slot text, most first. */
export async function facetRecords(reader: Reader, query: ListQuery, part: string): Promise<Facet[]> {
  const column = slotColumn(query.kind, part);
  if (!column) return [];
  const counted = filtered(reader, query)
    .where(`r.${column}`, 'is not', null)
    .select([`r.${column} as value`, (eb) => eb.fn.countAll<string>().as('n')])
    .select(sql<string | null>`min(r.fields ->> ${part})`.as('written'))
    .groupBy(`r.${column}`)
    .orderBy('n', 'desc')
    .limit(200);
  const facet = (row: { value: string | null; written: string | null; n: string }) => ({
    value: row.value ?? '',
    written: row.written,
    count: Number(row.n),
  });
  if (!hasLines(query)) return (await counted.execute()).map((row) => ({ ...facet(row), gaps: null }));
  const rows = await counted
    .leftJoin('system_line as l', (join) =>
      join.onRef('l.organisation', '=', 'r.organisation').onRef('l.system', '=', 'r.id'),
    )
    .select((eb) => eb.fn.sum<string | null>('l.gaps').as('gaps'))
    .execute();
  return rows.map((row) => ({ ...facet(row), gaps: Number(row.gaps ?? 0) }));
}

/**
 * How many systems match, and how many of them have a gap at each station, by the station's place. Few different
 * strips stand for thousands of systems, so they are grouped as they are and taken apart here.
 */
export async function gapsByStation(
  reader: Reader,
  query: ListQuery,
): Promise<{ count: number; gaps: readonly number[] }> {
  const rows = await reader.db
    .selectFrom(filtered(reader, query).select('r.id').as('f'))
    .leftJoin('system_line as s', (join) =>
      join.on('s.organisation', '=', reader.organisation).onRef('s.system', '=', 'f.id'),
    )
    .select(['s.strip', (eb) => eb.fn.countAll<string>().as('n')])
    .groupBy('s.strip')
    .execute();
  const gaps: number[] = [];
  let count = 0;
  for (const { strip, n } of rows) {
    count += Number(n);
    [...(strip ?? '')].forEach((letter, place) => {
      gaps[place] = (gaps[place] ?? 0) + (letter === 'g' ? Number(n) : 0);
    });
  }
  return { count, gaps };
}

/** A moment as a cursor keeps it: to the microsecond, as PostgreSQL keeps moments, where a `Date` would cut it. */
const momentText = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;

type SortKey = {
  /** What the rows are ordered by, and by which id next: a pair that stands in an index. */
  readonly order: RawBuilder<unknown>;
  readonly tie: RawBuilder<unknown>;
  /** The same as a cursor keeps it; sorts alike. */
  readonly key: RawBuilder<string | number | null>;
  readonly type: RawBuilder<unknown>;
};

function sortKey({ kind, sort }: ListQuery): SortKey {
  const slot = slotColumn(kind, sort.by);
  const tie = sql.ref('r.id');
  if (slot)
    return { order: sql.ref(`r.${slot}`), tie, key: sql.ref<string>(`r.${slot}`), type: sql.raw('text') };
  switch (sort.by) {
    case 'ref':
      return { order: sql.ref('r.number'), tie, key: sql.ref<number>('r.number'), type: sql.raw('integer') };
    case 'gaps':
      return {
        order: sql.ref('g.gaps'),
        tie: sql.ref('g.system'),
        key: sql.ref<number>('g.gaps'),
        type: sql.raw('integer'),
      };
    case 'updated':
      return {
        order: sql.ref('r.updated_at'),
        tie,
        key: sql<string>`to_char(r.updated_at at time zone 'UTC', ${sql.raw(momentText)})`,
        type: sql.raw('timestamptz'),
      };
    default:
      throw new TypeError(`${kind.name} is not sorted by ${sort.by}`);
  }
}

function after(query: ListQuery): RawBuilder<SqlBool> {
  const cursor = query.cursor ?? { key: null, id: '' };
  const { order, tie, type } = sortKey(query);
  const sign = sql.raw(query.sort.descending ? '<' : '>');
  return sql<SqlBool>`(${order}, ${tie}) ${sign} (${cursor.key}::${type}, ${cursor.id}::uuid)`;
}

/** A sort by a slot says that it is not null, so that the slot's partial index gives the order. */
function sortable(query: ListQuery): RawBuilder<SqlBool> {
  const column = slotColumn(query.kind, query.sort.by);
  return column ? sql<SqlBool>`${sql.ref(`r.${column}`)} is not null` : sql<SqlBool>`true`;
}
