import { isObject, type Json } from '@throughline/domain/json.ts';
import { answerLabels, type CellField, type Field } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { ListRow } from '../store/list.ts';

/** What cells need beside the record: names of members and refs of linked records. */
export type CellNames = {
  readonly members: ReadonlyMap<string, string>;
  readonly refs: ReadonlyMap<string, string>;
};

type Column = {
  readonly header: string;
  readonly cell: (record: ListRow, names: CellNames) => string | number | null;
};

/**
 * The columns of an exported register: ref, state, every field and every relation, under the labels people know, so
 * that the file can be brought back in. Several values stand one per line in a cell.
 */
export function columnsOf(kind: Kind): Column[] {
  return [
    { header: 'Ref', cell: (record) => `${kind.prefix}-${record.number}` },
    ...Object.entries(kind.fields).map(([name, field]) => ({
      header: field.label,
      cell: (record: ListRow, names: CellNames) => cellOf(field, record.content.fields[name], names),
    })),
    {
      header: kind.lifecycle.label ?? 'State',
      cell: (record) => kind.lifecycle.states[record.state]?.label ?? record.state,
    },
    ...Object.entries(kind.relations).map(([name, relation]) => ({
      header: relation.label,
      cell: (record: ListRow, names: CellNames) =>
        (record.content.links[name] ?? []).map((id) => names.refs.get(id) ?? id).join('\n') || null,
    })),
    { header: 'Version', cell: (record) => record.version },
    { header: 'Changed', cell: (record) => record.updatedAt.toISOString() },
  ];
}

/** A value as a person reads it: labels for ids, names for members; several values stand one per line. */
export function cellOf(field: Field, value: Json | undefined, names: CellNames): string | number | null {
  if (value === undefined || value === null) return null;
  if (field.type === 'rows')
    return Array.isArray(value) ? value.map((row) => rowText(field.columns, row, names)).join('\n') : null;
  if (Array.isArray(value)) return value.map((item) => itemText(field, item, names)).join('\n');
  if (field.type === 'number' && typeof value === 'number') return value;
  return itemText(field, value, names);
}

function itemText(field: Field, value: Json, names: CellNames): string {
  if (field.type === 'choice' || field.type === 'choices')
    return field.options.find((option) => option.id === value)?.label ?? String(value);
  if (field.type === 'answer')
    return Object.entries(answerLabels).find(([id]) => id === value)?.[1] ?? String(value);
  if (field.type === 'member') return names.members.get(String(value)) ?? String(value);
  return String(value);
}

function rowText(columns: Readonly<Record<string, CellField>>, row: Json, names: CellNames): string {
  if (!isObject(row)) return String(row);
  return Object.entries(columns)
    .filter(([name]) => row[name] !== undefined)
    .map(([name, column]) => `${column.label}: ${itemText(column, row[name] as Json, names)}`)
    .join('; ');
}
