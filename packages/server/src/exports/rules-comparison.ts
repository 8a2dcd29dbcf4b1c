import { Readable } from 'node:stream';
import type { ComparisonWire } from '@throughline/domain/wire-rules.ts';
import { byteOrderMark, csvLine } from './csv.ts';
import { xlsxStream } from './xlsx.ts';

export const comparisonFormats = ['csv', 'xlsx'] as const;
export type ComparisonFormat = (typeof comparisonFormats)[number];

const columns = [
  'Classification',
  'Title',
  'Outcome now',
  'Outcome then',
  'What changes',
  'Rules now',
  'Rules then',
];

/** One row for each stored result that the other rules change, then one for each test case in which they differ. */
export function comparisonRows({ inForce, candidate, changed, cases }: ComparisonWire): string[][] {
  const rows = changed.map(({ record, before, after, says }) => [
    ...[record.ref, record.title],
    ...[before.join(', '), after.join(', ')],
    says.join(' '),
  ]);
  const tried = cases.map(({ id, name, before, after, says }) => [
    ...[`Test case ${id}`, name],
    ...[(before ?? []).join(', '), (after ?? []).join(', ')],
    says,
  ]);
  return [...rows, ...tried].map((row) => [...row, inForce, candidate]);
}

/** The same as CSV, to be kept. */
export const comparisonText = (compared: ComparisonWire): string =>
  [byteOrderMark, ...[columns, ...comparisonRows(compared)].map((row) => csvLine(row))].join('');

/** What other rules change, as a file to be looked through before anybody adopts them. */
export function comparisonFile(
  compared: ComparisonWire,
  format: ComparisonFormat,
): { media: string; name: string; body: Readable } {
  const name = `rules-${compared.candidate.replaceAll(/[^\w.-]/g, '_')}.${format}`;
  if (format === 'csv')
    return { media: 'text/csv; charset=utf-8', name, body: Readable.from([comparisonText(compared)]) };
  const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return {
    media,
    name,
    body: Readable.fromWeb(xlsxStream('What changes', columns, eachOf(comparisonRows(compared)))),
  };
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
