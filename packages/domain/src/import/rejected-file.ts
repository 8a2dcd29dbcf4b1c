import type { CellReport } from './parse-row.ts';

/** Why one cell of a row, or the whole row (`column` empty), is not taken. */
export type Rejection = Pick<CellReport, 'column' | 'raw' | 'message'>;

/** Columns that stand before those of the file. Named so that no file of others has them: by them ours is known again. */
export const rejectionHeadings = ['Throughline: row', 'Throughline: column', 'Throughline: why'] as const;

/** Whether a file is one of rejected rows, as it was downloaded here. */
export function isRejectedFile(headers: readonly string[]): boolean {
  return rejectionHeadings.every((heading) => headers.includes(heading));
}

/**
 * The rows that are not taken, or not whole, as they stand in the file, each once, in the order of the file. Before the
 * raw cells stand the number of the row, the columns that are not taken, one per line, and as many reasons.
 */
export function* rejectedRows(
  headers: readonly string[],
  rows: readonly { readonly row: number; readonly raw: readonly string[] }[],
  rejections: ReadonlyMap<number, readonly Rejection[]>,
): Generator<readonly (string | number)[]> {
  yield [...rejectionHeadings, ...headers];
  for (const { row, raw } of rows) {
    const why = rejections.get(row);
    if (!why || why.length === 0) continue;
    const columns = why.map(({ column }) => (column === '' ? 'the whole row' : column));
    const cells = headers.map((_, index) => raw[index] ?? '');
    yield [row, columns.join('\n'), why.map(({ message }) => message).join('\n'), ...cells];
  }
}
