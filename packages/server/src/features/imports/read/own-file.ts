import { registerHeadings } from '@throughline/domain/import/own-register.ts';
import { isRejectedFile, rejectionHeadings } from '@throughline/domain/import/rejected-file.ts';
import { disarmed } from '../../../exports/csv.ts';
import type { FileTable } from './table.ts';

const added = new Set<string>(rejectionHeadings);

/**
 * A file that was written here and is brought back: cells are as they were before the apostrophe that keeps
 * spreadsheets from running them, and a file of rejected rows is without the columns that say why. Its headings, and
 * with them its origin and profile, are again those of the file that it came from.
 */
export function asItWas(table: FileTable): FileTable {
  const rejected = isRejectedFile(table.headers);
  if (!rejected && !isExport(table.headers)) return table;
  const kept = table.headers.flatMap((header, index) => (rejected && added.has(header) ? [] : [index]));
  const cell = table.format === 'csv' ? disarmed : (value: string) => value;
  return {
    ...table,
    headers: kept.map((index) => table.headers[index] ?? ''),
    rows: table.rows.map((row) => kept.map((index) => cell(row[index] ?? ''))),
    notes: rejected ? [...table.notes, partial] : table.notes,
  };
}

const partial =
  'These are rows that an earlier import did not take whole. Rows of that file that are not among them count as missing and are kept as they are.';

/** A register as it is exported here: its first column and its last two. */
const { ref, version, changed } = registerHeadings;
function isExport(headers: readonly string[]): boolean {
  return headers[0] === ref && headers.at(-2) === version && headers.at(-1) === changed;
}
