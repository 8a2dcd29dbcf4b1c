import { quoted } from './text.ts';

const needsQuotes = /[",]|^\s|\s$/;

/**
 * Several values as one text, such as a filter's alternatives: `live,pilot`. A value with a comma, a quotation mark or
 * outer white space stands in quotation marks, its own ones doubled, as in a line of CSV (RFC 4180):
 * `"Smith, ""Jo"" and sons",Claims`.
 */
export function writeValues(values: readonly string[]): string {
  return values.map(writeValue).join(',');
}

const writeValue = (value: string): string =>
  needsQuotes.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

const quotedValue = /"((?:[^"]|"")*)"(?=,|$)/y;
const plainValue = /[^,]*/y;

/**
 * Reads what `writeValues` wrote. Only a quotation mark that begins a value is one of the grammar; elsewhere it is a
 * character like any other (`5" pipe`). A quotation that is never closed, or goes on after its end, is a problem.
 */
export function readValues(list: string): { values: string[] } | { problem: string } {
  const values: string[] = [];
  for (let at = 0; at <= list.length; at += 1) {
    const inQuotes = list[at] === '"';
    const pattern = inQuotes ? quotedValue : plainValue;
    pattern.lastIndex = at;
    const found = pattern.exec(list);
    if (!found) return { problem: unclosed(list.slice(at)) };
    values.push(inQuotes ? (found[1] ?? '').replaceAll('""', '"') : found[0]);
    at = pattern.lastIndex;
  }
  return { values };
}

const unclosed = (rest: string): string =>
  `The quotation marks around ${quoted(rest)} do not close before the next comma or the end. A mark inside them is written twice.`;
