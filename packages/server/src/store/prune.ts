import { isObject } from '@throughline/domain/json.ts';
import type { KyselyPlugin } from 'kysely';
import type { QueryResultRow } from 'pg';
import type { Connection } from './connection.ts';

/**
 * Ids of records stand inside values too, where no policy reaches: in the links of a record and of its versions, in the
 * basis of an approval, in the records of a gap. Through this connection those that may not be read are left out.
 */
export function pruned(connection: Connection, organisation: string): Connection {
  const prune = async <Row extends QueryResultRow>(rows: Row[]): Promise<Row[]> => {
    const named = new Set(rows.flatMap((row) => columns.flatMap((column) => idsIn(row[column]))));
    if (named.size === 0) return rows;
    const found = await connection.run<{ id: string }>({
      name: 'readable-ids',
      text: 'select id from record where organisation = $1 and id = any($2::uuid[])',
      values: [organisation, [...named]],
    });
    const readable = new Set(found.map(({ id }) => id));
    return rows.map((row) => without(row, readable));
  };
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => ({ ...result, rows: await prune(result.rows) }),
  };
  return {
    db: connection.db.withPlugin(plugin),
    run: async <Row extends QueryResultRow>(statement: Parameters<Connection['run']>[0]) =>
      prune(await connection.run<Row>(statement)),
  };
}

/** Columns whose values name records by id: lists of ids, objects of such lists, lists of objects with a record. */
const columns = ['links', 'basis', 'frozen', 'records'] as const;

const isId = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

function idsIn(value: unknown): string[] {
  if (isId(value)) return [value];
  if (Array.isArray(value)) return value.flatMap(idsIn);
  return isObject(value) ? Object.values(value).flatMap(idsIn) : [];
}

function without<Row extends QueryResultRow>(row: Row, readable: ReadonlySet<string>): Row {
  const kept: Record<string, unknown> = {};
  for (const column of columns)
    if (column in row) kept[column] = keep(row[column], readable, column === 'frozen');
  return { ...row, ...kept };
}

/** What was frozen at an approval holds people and files beside links: there, only its links are looked through. */
function keep(value: unknown, readable: ReadonlySet<string>, frozen: boolean): unknown {
  if (frozen)
    return isObject(value) && 'links' in value
      ? { ...value, links: keep(value.links, readable, false) }
      : value;
  if (Array.isArray(value))
    return value.filter((item) => {
      const id = isObject(item) ? item.record : item;
      return !isId(id) || readable.has(id);
    });
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, list]) => [name, keep(list, readable, false)]));
}
