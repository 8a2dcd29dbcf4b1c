import { Readable } from 'node:stream';
import {
  askedOf,
  cellState,
  countsOf,
  isShared,
  lackingOf,
  type MatrixFilter,
  viewOf,
} from '@throughline/domain/soa/matrix-view.ts';
import type { MatrixPart, MatrixWire } from '@throughline/domain/wire-soa.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { xlsxStream } from './xlsx.ts';

export const matrixFormats = ['csv', 'xlsx'] as const;
export type MatrixFormat = (typeof matrixFormats)[number];

const words = {
  'in-place': 'In place',
  partly: 'Partly in place',
  planned: 'Planned',
  'plan-lapsed': 'Planned, does not count',
  missing: 'Not in place',
  'not-asked': '',
} as const;

type Cell = string | number | null;

/**
 * A row for each system and a column for each control: a sheet holds a million rows and 16,384 columns. The last row
 * counts, and so do the last columns.
 */
export function* matrixRows(matrix: MatrixWire, filter: MatrixFilter): Generator<Cell[]> {
  const view = viewOf(matrix, filter);
  const { byRow, bySystem } = countsOf(matrix, view);
  const { systems } = matrix;
  const cells = view.rows.map((row) => matrix.rows[row]?.cells ?? '');
  for (const [at, system] of view.systems.entries()) {
    const counts = bySystem[at];
    yield [
      systems.ref[system] ?? null,
      systems.title[system] ?? null,
      saidOf(systems.stage, system),
      saidOf(systems.unit, system),
      saidOf(systems.owner, system),
      ...cells.map((letters) => cellWords(letters[system] ?? '-')),
      ...(counts ? [counts['in-place'], askedOf(counts), lackingOf(counts)] : []),
    ];
  }
  yield ['In place', null, null, null, null, ...byRow.map((counts) => counts['in-place'])];
  yield ['Asked for', null, null, null, null, ...byRow.map(askedOf)];
  yield ['Lacking', null, null, null, null, ...byRow.map(lackingOf)];
}

export function matrixColumns(matrix: MatrixWire, filter: MatrixFilter): string[] {
  const controls = viewOf(matrix, filter).rows.map((row) => matrix.rows[row]?.id ?? '');
  return ['System', 'Title', 'Stage', 'Unit', 'Owner', ...controls, 'In place', 'Asked for', 'Lacking'];
}

const saidOf = ({ values, of }: MatrixPart, system: number): string | null =>
  values[of[system] ?? -1] ?? null;

function cellWords(letter: string): string {
  const said = words[cellState(letter)];
  return said !== '' && isShared(letter) ? `${said}, once for the organisation` : said;
}

/** What a filter shows of the matrix, as a file. */
export function matrixFile(
  matrix: MatrixWire,
  filter: MatrixFilter,
  format: MatrixFormat,
): { media: string; name: string; body: Readable } {
  const name = `controls-by-systems-${matrix.asOf.slice(0, 10)}.${format}`;
  const columns = matrixColumns(matrix, filter);
  if (format === 'csv')
    return { media: 'text/csv; charset=utf-8', name, body: Readable.from(csvLines(columns, matrix, filter)) };
  const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return {
    media,
    name,
    body: Readable.fromWeb(xlsxStream('Controls by systems', columns, eachOf(matrix, filter))),
  };
}

function* csvLines(columns: readonly string[], matrix: MatrixWire, filter: MatrixFilter): Generator<string> {
  yield byteOrderMark;
  yield csvLine(columns);
  for (const row of matrixRows(matrix, filter)) yield csvLine(row);
}

async function* eachOf(matrix: MatrixWire, filter: MatrixFilter): AsyncGenerator<Cell[]> {
  yield* matrixRows(matrix, filter);
}
