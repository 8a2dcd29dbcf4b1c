/**
 * Reads fields and links of a record as rules need them: a value of another type reads as absent, and so does a text
 * without a letter or a digit. Where it is said why, so does what stands there while nobody has a reason yet, such as "n/a".
 */
import { type Day, parseDay } from '../day.ts';
import { isObject, type Json } from '../json.ts';
import { isPlaceholder, isSentence, isWorded } from '../text.ts';

/** What can be read: a record, or the content of its approved version. */
export type Readable = {
  readonly fields: Readonly<Record<string, Json>>;
  readonly links: Readonly<Record<string, readonly string[]>>;
};
export type Row = { readonly [column: string]: Json };

export function textOf(from: Readable, field: string): string | null {
  return worded(field, from.fields[field]);
}

const why =
  /(?:^|[a-z])(?:[Rr]eason|[Bb]ecause|[Ww]hy|justification)$|^(?:closingNote|friaNotNotified|rationale)$/;
/** Whether a field, or a column of rows, is one in which it is said why; by its name, which every kind keeps to. */
export const tellsWhy = (part: string): boolean => why.test(part);

/** The words of a field or a column, where they say something. */
const worded = (part: string, value: Json | undefined): string | null =>
  typeof value === 'string' && isWorded(value) && !(isPlaceholder(value) && tellsWhy(part)) ? value : null;

export function numberOf(from: Readable, field: string): number | null {
  const value = from.fields[field];
  return typeof value === 'number' ? value : null;
}

export function dayOf(from: Readable, field: string): Day | null {
  return asDay(from.fields[field]);
}

export function listOf(from: Readable, field: string): readonly string[] {
  const value = from.fields[field];
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

export function rowsOf(from: Readable, field: string): readonly Row[] {
  const value = from.fields[field];
  return Array.isArray(value) ? value.filter((row): row is Row => isObject(row)) : [];
}

export function linksOf(from: Readable, relation: string): readonly string[] {
  return from.links[relation] ?? [];
}

/**
 * Whether a field, or a column of a row, says why in a sentence (`isSentence`): asked where its words stand in place of a
 * judgement, such as why there is no risk, or why a control is left out.
 */
export const saysSentence = (from: Readable, field: string): boolean => isSentence(textOf(from, field) ?? '');
export const cellSentence = (row: Row, column: string): boolean => isSentence(cellText(row, column) ?? '');

/** Whether a field or relation says anything at all. */
export function says(from: Readable, part: string): boolean {
  const value = from.fields[part];
  if (linksOf(from, part).length > 0) return true;
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return worded(part, value) !== null;
  return Array.isArray(value) ? value.some((one) => typeof one !== 'string' || isWorded(one)) : true;
}

/** The parts of those named that say nothing. */
export function silent(from: Readable, parts: readonly string[]): string[] {
  return parts.filter((part) => !says(from, part));
}

export function cellText(row: Row, column: string): string | null {
  return worded(column, row[column]);
}

export function cellDay(row: Row, column: string): Day | null {
  return asDay(row[column]);
}

function asDay(value: Json | undefined): Day | null {
  if (typeof value !== 'string') return null;
  const read = parseDay(value);
  return 'value' in read ? read.value : null;
}
