import { parseDay } from '../day.ts';
import { isObject, type Json } from '../json.ts';
import { expected, line, prose, quoted, shown } from '../text.ts';
import { answers, type CellField, type Field, type Option } from './fields.ts';

export type Read = { readonly value: Json } | { readonly problem: string };

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const catalogueId = /^[A-Za-z0-9][A-Za-z0-9 ._():-]{0,79}$/;
const maxRows = 200;

/** True for an id as this product makes them (uuid, lower case). */
export const isId = (value: unknown): value is string => typeof value === 'string' && uuid.test(value);

/**
 * Reads one value for a field as a client or an import sends it. `null`, `''`, `[]` and `{}` mean empty, which
 * reads as `null`. Answers the value as it is kept, or the problem in words.
 */
export function readValue(field: Field, value: unknown): Read {
  if (isEmpty(value)) return { value: null };
  switch (field.type) {
    case 'choices':
      return readMany(value, field.options.length, (item) => choice(field.options, item));
    case 'list':
      return readMany(value, field.max, (item) => line(item, 300));
    case 'catalogue':
      return field.many ? readMany(value, 100, readCatalogueId) : readCatalogueId(value);
    case 'file':
      return id(value, 'A file is named by its id.');
    case 'moment':
      return readMoment(value);
    case 'rows':
      return readRows(field.columns, value);
    default:
      return readCell(field, value);
  }
}

function readCell(field: CellField, value: unknown): Read {
  switch (field.type) {
    case 'line':
      return emptyAsNull(line(value, field.max));
    case 'text':
      return emptyAsNull(prose(value, field.max));
    case 'url':
      return readUrl(value);
    case 'choice':
      return choice(field.options, value);
    case 'answer':
      return choice(
        answers.map((answer) => ({ id: answer, label: answer })),
        value,
      );
    case 'day':
      return readDay(value);
    case 'number':
      return readNumber(field, value);
    case 'member':
      return id(value, 'A person is named by the id of the member.');
  }
}

export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

function emptyAsNull(read: { value: string } | { problem: string }): Read {
  return 'value' in read && read.value.trim() === '' ? { value: null } : read;
}

function choice(options: readonly Option[], value: unknown): Read {
  if (typeof value === 'string' && options.some((option) => option.id === value)) return { value };
  const words = options.map((option) => option.id);
  const shown = words.length > 12 ? `${words.slice(0, 12).join(', ')} …` : words.join(', ');
  return { problem: `${quoted(value)} is not one of: ${shown}.` };
}

function id(value: unknown, problem: string): Read {
  return isId(value) ? { value } : { problem: `${problem} ${quoted(value)} is none.` };
}

function readCatalogueId(value: unknown): Read {
  return typeof value === 'string' && catalogueId.test(value)
    ? { value }
    : { problem: `${quoted(value)} is no id of the catalogue.` };
}

function readNumber(field: Extract<Field, { type: 'number' }>, value: unknown): Read {
  if (typeof value !== 'number' || !Number.isFinite(value))
    return { problem: `${quoted(value)} is not a number.` };
  if (field.whole && !Number.isSafeInteger(value)) return { problem: `${value} is not a whole number.` };
  if (Math.abs(value) > 1e15) return { problem: `${value} is too large to be kept exactly.` };
  if (field.min !== undefined && value < field.min) return { problem: `${value} is less than ${field.min}.` };
  if (field.max !== undefined && value > field.max) return { problem: `${value} is more than ${field.max}.` };
  return { value: Object.is(value, -0) ? 0 : value };
}

/** The shape of a day says its precision, so the value alone is kept. */
function readDay(value: unknown): Read {
  const read = parseDay(value);
  return 'problem' in read ? read : { value: read.value };
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})$/;

const firstMoment = Date.parse('1000-01-01T00:00:00Z');
const lastMoment = Date.parse('9999-12-31T23:59:59.999Z');

/** A moment as RFC 3339 in UTC, from RFC 3339 with any zone. */
export function readMoment(value: unknown): Read {
  // `Date.parse` turns 30 February into 2 March; a day that does not exist is refused instead.
  const exists = typeof value === 'string' && rfc3339.test(value) && 'value' in parseDay(value.slice(0, 10));
  const at = exists ? Date.parse(value) : Number.NaN;
  // An offset can push the last hours of 9999 into a year that no longer sorts as text.
  return Number.isNaN(at) || at < firstMoment || at > lastMoment
    ? { problem: `${quoted(value)} is not a moment. Use RFC 3339 with a zone, such as 2026-02-28T09:30:00Z.` }
    : { value: new Date(at).toISOString() };
}

function readUrl(value: unknown): Read {
  const read = line(value, 2000);
  if ('problem' in read) return read;
  const url = URL.parse(read.value);
  return url && ['http:', 'https:', 'mailto:'].includes(url.protocol)
    ? { value: read.value }
    : { problem: `${quoted(value)} is not a web address. Use one that begins with https://.` };
}

function readMany(value: unknown, max: number, readOne: (item: unknown) => Read): Read {
  if (!Array.isArray(value)) return { problem: expected.list };
  if (value.length > max) return { problem: `The list has ${value.length} entries; ${max} is the most.` };
  const kept: Json[] = [];
  for (const [position, item] of value.entries()) {
    const read = readOne(item);
    if ('problem' in read) return { problem: `Entry ${position + 1}: ${read.problem}` };
    if (!isEmpty(read.value) && !kept.includes(read.value)) kept.push(read.value);
  }
  return { value: kept.length > 0 ? kept : null };
}

function readRows(columns: Readonly<Record<string, CellField>>, value: unknown): Read {
  if (!Array.isArray(value)) return { problem: expected.rows };
  if (value.length > maxRows)
    return { problem: `The table has ${value.length} rows; ${maxRows} is the most.` };
  const kept: Json[] = [];
  for (const [position, item] of value.entries()) {
    if (!isObject(item)) return { problem: `Row ${position + 1} is not an object.` };
    const row: Record<string, Json> = {};
    for (const [name, cell] of Object.entries(item)) {
      const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
      if (!column) return { problem: `Row ${position + 1} has an unknown column "${shown(name)}".` };
      const read = isEmpty(cell) ? { value: null } : readCell(column, cell);
      if ('problem' in read) return { problem: `Row ${position + 1}, ${column.label}: ${read.problem}` };
      if (read.value !== null) row[name] = read.value;
    }
    if (Object.keys(row).length > 0) kept.push(row);
  }
  return { value: kept.length > 0 ? kept : null };
}
