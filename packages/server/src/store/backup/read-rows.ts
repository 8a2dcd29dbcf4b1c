import type { TableShape } from './columns.ts';
import { quoted } from './columns.ts';
import type { BackupTable } from './tables.ts';

/** Which rows: of these organisations; all where none are named. `one`: as the backup of one organisation has them. */
export type RowScope = { readonly organisations: readonly string[] | null; readonly one: boolean };

/**
 * The query that a backup's rows come from, in an order that hangs on the rows alone: the same rows give the same bytes,
 * also when they are read again after a restore.
 */
export function rowsQuery(
  { table, by, where, instead }: BackupTable,
  shape: TableShape,
  scope: RowScope,
): string {
  const columns = shape.columns.map((column) => (scope.one && instead?.[column]) || quoted(column));
  const conditions = [
    ...(by !== null && scope.organisations ? [among(by, scope.organisations)] : []),
    ...(where === undefined ? [] : [where]),
  ];
  return [
    `select ${columns.join(', ')} from ${quoted(table)}`,
    conditions.length > 0 ? `where ${conditions.join(' and ')}` : '',
    shape.order === '' ? '' : `order by ${shape.order}`,
  ]
    .filter(Boolean)
    .join(' ');
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** COPY takes no parameters: ids are checked to be ids before they stand in a statement. */
export function among(column: string, organisations: readonly string[]): string {
  const bad = organisations.find((id) => !uuid.test(id));
  if (bad !== undefined) throw new TypeError('An organisation is named by its id');
  return `${quoted(column)} = any('{${organisations.join(',')}}'::uuid[])`;
}
