import { DomainError } from '@throughline/domain/errors.ts';

/** What a file may hold. Larger ones are refused while they arrive, not after. */
export const limits = {
  bytes: 100 * 1024 * 1024,
  rows: 200_000,
  columns: 500,
  cell: 100_000,
} as const;

/** What a person may say where the guess is wrong. */
export type ReadOptions = {
  readonly encoding?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly sheet?: string | undefined;
  /** Row of the headings, as a spreadsheet numbers it. */
  readonly headerRow?: number | undefined;
};

/** A file as rows of raw cells under headings, whatever it was written with. */
export type FileTable = {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  readonly sheets: readonly { readonly name: string; readonly rows: number }[];
  readonly headerRow: number;
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of each row, as a spreadsheet numbers it. */
  readonly numbers: readonly number[];
  /** What was noticed while reading, for the person who imports. */
  readonly notes: readonly string[];
};

/** Rows as they stand in the file, before the headings are found. */
export type RawTable = Omit<FileTable, 'headerRow' | 'headers' | 'rows' | 'numbers'> & {
  readonly cells: readonly (readonly string[])[];
};

export function unreadable(name: string, message: string, at = name): DomainError {
  return new DomainError('unsupported', `${name}: ${message}`, [{ at, message }]);
}

export function tooLarge(name: string, message: string, at = name): DomainError {
  return new DomainError('too-large', `${name}: ${message}`, [{ at, message }]);
}
