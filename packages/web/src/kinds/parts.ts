import { askedHere } from '@throughline/domain/asked-here.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { CellField, Field } from '@throughline/domain/kinds/fields.ts';
import type { KindWire } from '@throughline/domain/wire.ts';
import { dayParts, formatDay } from '../text/dates.ts';
import { formatNumber, type PlainTextKey, t } from '../text/t.ts';

/** A part of a record is a field or a relation, by its name in the declaration. */
export const partLabel = (kind: KindWire, part: string): string =>
  kind.fields[part]?.label ??
  kind.relations[part]?.label ??
  (part === 'state' ? kind.stateLabel : part === 'title' ? titleLabel(kind) : part);

export const titleLabel = (kind: KindWire): string => kind.fields[kind.title]?.label ?? kind.label;

export const answerIds = ['yes', 'no', 'not-stated', 'not-applicable'] as const;

export type Choice = { value: string; label: string };

/** What a field of choices offers; the four answers where it asks a yes-or-no question. */
export const choicesOf = (field: Field | CellField): readonly Choice[] => {
  if (field.type === 'choice' || field.type === 'choices')
    return field.options.map((option) => ({ value: option.id, label: option.label }));
  if (field.type !== 'answer') return [];
  return answerIds.map((id) => {
    const key: PlainTextKey = `value.${id}`;
    return { value: id, label: t(key) };
  });
};

const labelIn = (field: Field | CellField, id: string): string =>
  choicesOf(field).find((choice) => choice.value === id)?.label ?? id;

export const isEmptyValue = (value: Json | undefined): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

export const isMany = (value: Json): value is readonly Json[] => Array.isArray(value);

const scalarText = (
  field: Field | CellField,
  value: Json,
  names: Readonly<Record<string, string>>,
): string => {
  if (typeof value === 'number') {
    const unit = field.type === 'number' && field.unit !== undefined ? ` ${field.unit}` : '';
    return `${formatNumber(value)}${unit}`;
  }
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'string') return JSON.stringify(value);
  if (field.type === 'member') return names[value] ?? t('value.unknown-person');
  if (field.type === 'choice' || field.type === 'choices' || field.type === 'answer')
    return labelIn(field, value);
  if (field.type === 'catalogue') {
    const title = names[value];
    return title === undefined ? value : `${value} ${title}`;
  }
  if (field.type === 'day') return formatDay(value);
  if (field.type === 'moment') return formatDay(value.slice(0, 10));
  if (field.type === 'file') return t('value.file');
  return value;
};

const isRow = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The cell of a row of a `rows` field. */
export const cellOf = (row: Json, name: string): Json | undefined => (isRow(row) ? row[name] : undefined);

const rowText = (
  columns: Readonly<Record<string, CellField>>,
  row: Json,
  names: Readonly<Record<string, string>>,
): string =>
  Object.entries(columns)
    .flatMap(([name, column]) => {
      const cell = cellOf(row, name);
      return cell === undefined || cell === null
        ? []
        : [`${column.label}: ${scalarText(column, cell, names)}`];
    })
    .join(' · ');

/** A value as plain text, one entry a line where there are several: for cells, comparison and announcements. */
export const valueText = (
  field: Field,
  value: Json | undefined,
  names: Readonly<Record<string, string>>,
  separator = ', ',
): string => {
  if (value === undefined || value === null) return '';
  if (!isMany(value)) return scalarText(field, value, names);
  if (field.type === 'rows') return value.map((row) => rowText(field.columns, row, names)).join('\n');
  return value.map((entry) => scalarText(field, entry, names)).join(separator);
};

/** Whether something is owed by the day in this field: then it turns red and amber as the day comes. */
export const isOwedBy = (name: string): boolean => /^(next|due)|(Until|By)$|^(until|validUntil)$/.test(name);

/** A day that has a day: the others are shown at their precision and never overdue before they end. */
export const isDay = (value: Json | undefined): value is string =>
  typeof value === 'string' && dayParts(value) !== null;

/** Worked out by the declaration from other fields: shown, never edited. */
export const isDerived = (field: Field | CellField): boolean => 'derived' in field && field.derived === true;

/** Not typed: worked out, or written by an act of its own. */
export const isLocked = (field: Field | CellField): boolean =>
  isDerived(field) || ('byAct' in field && field.byAct === true);

/** Whether a field has its place in a record that says this: it is asked there, or holds something all the same. */
export const isForHere = (field: Field, fields: Readonly<Record<string, Json>>, name: string): boolean =>
  askedHere(field, fields) || !isEmptyValue(fields[name]);

/** Fields of one short line stand in tables and panels; the others need room. */
export const isShort = (field: Field): boolean => !['text', 'rows', 'list', 'file'].includes(field.type);
