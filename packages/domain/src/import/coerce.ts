import type { Json } from '../json.ts';
import type { Field } from '../kinds/fields.ts';
import { readValue } from '../kinds/values.ts';
import { withoutControls } from '../text.ts';
import { coerceAnswer, coerceChoice, meaningOf } from './coerce-choice.ts';
import { coerceDay } from './coerce-day.ts';
import { listItems } from './coerce-list.ts';
import { coerceNumber } from './coerce-number.ts';
import { coerceRows } from './coerce-rows.ts';
import { type Coerced, type CoercionOptions, shown } from './coerced.ts';
import { errorCell } from './error-cells.ts';
import { absenceOf } from './spellings.ts';
import { plainWords, trimmed } from './words.ts';

/**
 * Reads one raw cell for a field. Answers the value as the record keeps it, with a note of what was done; or that the
 * cell holds nothing; or the problem, and then the cell stays beside the record as it came. Never throws, never guesses.
 */
export function coerce(field: Field, raw: string, options: CoercionOptions): Coerced {
  const plain = withoutControls(raw, field.type === 'text');
  if (plain === raw) return coercePlain(field, raw, options);
  const coerced = coercePlain(field, plain, options);
  const gone = 'Signs that are not seen or turn words around were taken away.';
  return 'problem' in coerced
    ? coerced
    : { ...coerced, note: coerced.note ? `${gone} ${coerced.note}` : gone };
}

function coercePlain(field: Field, raw: string, options: CoercionOptions): Coerced {
  const cell = trimmed(raw);
  if (cell === '') return { empty: true };
  const error = errorCell(cell);
  if (error !== undefined) return { problem: error };
  const coerced = byType(field, cell, options);
  if (!('value' in coerced)) return coerced;
  const read = readValue(field, coerced.value);
  if ('problem' in read) return { problem: read.problem };
  if (read.value === null) return { empty: true, note: 'Nothing is left of the cell.' };
  const note = coerced.note ?? whiteSpaceNote(field, raw, cell, read.value);
  return note === undefined ? { value: read.value } : { value: read.value, note };
}

function whiteSpaceNote(field: Field, raw: string, cell: string, value: Json): string | undefined {
  if (field.type === 'line' && value !== cell.normalize('NFC'))
    return 'Line breaks and runs of white space made one.';
  return cell === raw ? undefined : 'Outer white space taken away.';
}

function byType(field: Field, cell: string, options: CoercionOptions): Coerced {
  switch (field.type) {
    case 'answer':
      return coerceAnswer(cell, options.values);
    case 'choice':
      return coerceChoice(field.options, cell, options.values);
    case 'day':
      return absent(cell) ?? coerceDay(cell, options);
    case 'number':
      return absent(cell) ?? coerceNumber(cell, field.unit, options);
    case 'choices':
      return absent(cell) ?? manyOf(cell, (item) => coerceChoice(field.options, item, options.values));
    case 'list':
      return absent(cell) ?? manyOf(cell, (item) => ({ value: item }));
    case 'catalogue':
      return absent(cell) ?? (field.many ? manyOf(cell, (item) => ({ value: item })) : { value: cell });
    case 'moment':
    case 'url':
      return absent(cell) ?? { value: cell };
    case 'member':
      return absent(cell) ?? memberNamed(cell, options);
    case 'line':
    case 'text':
      return words(cell, options);
    case 'rows':
      return coerceRows(field.columns, cell, (column, text) =>
        // Words that the column of the file was told the meaning of are those of the whole cell.
        coerce(column, text, { ...options, values: undefined }),
      );
    case 'file':
      return { problem: 'This part cannot be filled from a cell.' };
  }
}

/** Words that say nothing is there leave text empty, except "none", which can be what there is to say. */
function words(cell: string, options: CoercionOptions): Coerced {
  const meant = meaningOf(options.values, cell);
  if (meant?.whole)
    return meant.id === '' ? nothing(cell) : { value: meant.id, note: `Read as ${shown(meant.id)}.` };
  const absence = absenceOf(cell);
  return absence && absence !== 'none' ? nothing(cell) : { value: cell };
}

function absent(cell: string): Coerced | undefined {
  return absenceOf(cell) ? nothing(cell) : undefined;
}

function nothing(cell: string): Coerced {
  return { empty: true, note: `${shown(cell)} states no value.` };
}

function manyOf(cell: string, one: (item: string) => Coerced): Coerced {
  const items = listItems(cell);
  const kept: string[] = [];
  for (const item of items) {
    const read = one(item);
    if ('problem' in read) return read;
    if ('value' in read && !kept.includes(String(read.value))) kept.push(String(read.value));
  }
  if (kept.length === 0) return nothing(cell);
  return kept.length === 1 && kept[0] === cell
    ? { value: kept }
    : { value: kept, note: `Read as a list of ${kept.length}.` };
}

function memberNamed(cell: string, options: CoercionOptions): Coerced {
  const id = options.members?.get(plainWords(cell));
  return id ? { value: id } : { problem: `${shown(cell)} names no single person of this organisation.` };
}
