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

/** One row for each stored result that the other rules change. */
export function comparisonRows({ inForce, candidate, changed }: ComparisonWire): string[][] {
  return changed.map(({ record, before, after, says }) => [
    record.ref,
    record.title,
    before.join(', '),
    after.join(', '),
    says.join(' '),
    inForce,
    candidate,
  ]);
}

/** What other rules change, as a file to be looked through before anybody adopts them. */
export function comparisonFile(
  compared: ComparisonWire,
  format: ComparisonFormat,
): { media: string; name: string; body: Readable } {
  const rows = comparisonRows(compared);
  const name = `rules-${compared.candidate.replaceAll(/[^\w.-]/g, '_')}.${format}`;
  if (format === 'csv') {
    const lines = [byteOrderMark, csvLine(columns), ...rows.map((row) => csvLine(row))];
    return { media: 'text/csv; charset=utf-8', name, body: Readable.from(lines) };
  }
  const media = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  return { media, name, body: Readable.fromWeb(xlsxStream('What changes', columns, eachOf(rows))) };
}

async function* eachOf<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
