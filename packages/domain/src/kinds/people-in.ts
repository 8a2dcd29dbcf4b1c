import type { Json } from '../json.ts';
import type { Field } from './fields.ts';
import type { Kind } from './kind.ts';

const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Ids of members in a record's values, cells of its rows included; what is no id is left out. */
export function peopleIn(kind: Pick<Kind, 'fields'>, fields: Readonly<Record<string, Json>>): string[] {
  return Object.entries(kind.fields)
    .flatMap(([name, field]) => inField(field, fields[name]))
    .filter((id) => isId.test(id));
}

/** The people of a seal in these fields: of a member field, or of a column of rows named as `team.person`. */
export function peopleNamed(names: readonly string[], fields: Readonly<Record<string, Json>>): string[] {
  return names
    .flatMap((name) => {
      const [field = '', column] = name.split('.');
      const value = fields[field];
      if (column === undefined) return value;
      const rows: readonly Json[] = Array.isArray(value) ? value : [];
      return rows.map((row) =>
        typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined,
      );
    })
    .filter((id): id is string => typeof id === 'string' && isId.test(id));
}

function inField(field: Field, value: Json | undefined): string[] {
  if (field.type === 'member') return typeof value === 'string' ? [value] : [];
  if (field.type !== 'rows' || !Array.isArray(value)) return [];
  const columns = Object.keys(field.columns).filter((name) => field.columns[name]?.type === 'member');
  return value.flatMap((row) =>
    columns
      .map((name) => (typeof row === 'object' && row !== null ? Reflect.get(row, name) : undefined))
      .filter((id) => typeof id === 'string'),
  );
}
