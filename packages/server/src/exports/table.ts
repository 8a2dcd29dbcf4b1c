import { refTarget } from '@throughline/domain/import/mapping.ts';
import {
  approvalHeadings,
  registerColumns,
  registerHeadings,
} from '@throughline/domain/import/own-register.ts';
import { isObject, type Json } from '@throughline/domain/json.ts';
import { answerLabels, type CellField, type Field } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import type { ListRow } from '../store/list.ts';

/** What cells need beside the record: names of members and refs of linked records. */
export type CellNames = {
  readonly members: ReadonlyMap<string, string>;
  readonly refs: ReadonlyMap<string, string>;
  /** The approval in force, by id of the record. */
  readonly approvals?: ReadonlyMap<string, GivenApproval>;
};

/** Who gave an approval, for whom and when, by which waiver if its author did, and what speaks against it by now. */
export type GivenApproval = {
  readonly by: string;
  readonly onBehalfOf: string | null;
  readonly at: string;
  /** Its day; empty text where an approval of an earlier release names none. `null`: another person approved. */
  readonly waiver: string | null;
  /** What it stood on changed since. */
  readonly stale: boolean;
  /** Whoever gave it turned out to be one person with who made what it covers. `null`: of an earlier moment it is not judged. */
  readonly own: boolean | null;
};

type Cell = string | number | null;
/** What a cell is written from. */
export type ExportedRecord = Pick<ListRow, 'id' | 'number' | 'content' | 'state' | 'version' | 'updatedAt'>;
type Column = {
  readonly header: string;
  readonly cell: (record: ExportedRecord, names: CellNames) => Cell;
};

/**
 * The columns of an exported register: ref, state, every field and every relation, under the labels people know, so
 * that the file can be brought back in. Several values stand one per line in a cell.
 */
export function columnsOf(kind: Kind): Column[] {
  return registerColumns(kind).map(({ header, part }) => ({ header, cell: cellWriter(kind, header, part) }));
}

function cellWriter(kind: Kind, header: string, part: string | null): Column['cell'] {
  if (header === registerHeadings.version && part === null) return (record) => record.version;
  if (header === registerHeadings.changed && part === null) return (record) => record.updatedAt.toISOString();
  if (part === null) return (record, names) => approvalCell(header, names.approvals?.get(record.id), names);
  if (part === refTarget) return (record) => `${kind.prefix}-${record.number}`;
  return (record, names) => partCell(kind, part, record, names);
}

function approvalCell(header: string, given: GivenApproval | undefined, { members }: CellNames): Cell {
  if (!given) return null;
  const name = (member: string) => members.get(member) ?? member;
  const [by, place, at, , stale, own] = approvalHeadings;
  if (header === by) return name(given.by);
  if (header === place) return given.onBehalfOf === null ? null : name(given.onBehalfOf);
  if (header === stale) return yesOrNo(given.stale);
  if (header === own) return given.own === null ? null : yesOrNo(given.own);
  return header === at ? given.at : given.waiver;
}

const yesOrNo = (is: boolean): string => (is ? 'Yes' : 'No');

/** A field, a relation or the state of a record as it stands in an exported register. */
export function partCell(
  kind: Kind,
  part: string,
  record: Pick<ExportedRecord, 'content' | 'state'>,
  names: CellNames,
): Cell {
  const field = kind.fields[part];
  if (field) return cellOf(field, record.content.fields[part], names);
  if (part === 'state') return kind.lifecycle.states[record.state]?.label ?? record.state;
  return (record.content.links[part] ?? []).map((id) => names.refs.get(id) ?? id).join('\n') || null;
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
