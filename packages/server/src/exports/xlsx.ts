import { type CellValue, colToLetter, writeXlsx, writeXlsxStream } from 'hucre';

/** A cell of XLSX holds 32,767 characters at most; what is longer is cut with a mark that says so. */
const cellLength = 32_767;
const cutMark = ' … [cut: export as CSV or JSON for the whole text]';

/** A workbook of one sheet, written as its rows are read: memory does not grow with the register. */
export function xlsxStream(
  name: string,
  header: readonly string[],
  rows: AsyncIterable<readonly (string | number | null)[]>,
): ReadableStream<Uint8Array> {
  return writeXlsxStream(cellsOf(rows), {
    name: name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
    columns: header.map((label) => ({ header: label, width: Math.min(48, Math.max(12, label.length + 2)) })),
    freezePane: { rows: 1, columns: 1 },
  });
}

export type SheetColumn = { readonly label: string; readonly width: number };

/**
 * A workbook of one sheet that people read and filter: long text wraps, the head stays in sight, each column filters.
 * Made as a whole, so for what has some hundred rows.
 */
export function xlsxSheet(
  name: string,
  columns: readonly SheetColumn[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<Uint8Array> {
  const head = { font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } } as const;
  const cells = rows.map((row) =>
    row.map((value) => (typeof value === 'string' ? workbookText(value) : value)),
  );
  return writeXlsx({
    sheets: [
      {
        name: name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31),
        columns: columns.map(({ width }) => ({ width, style: wrapped })),
        rows: [columns.map(({ label }) => label), ...cells],
        cells: new Map(columns.map(({ label }, at) => [`0,${at}`, { value: label, style: head }])),
        freezePane: { rows: 1, columns: 1 },
        autoFilter: { range: `A1:${colToLetter(columns.length - 1)}${rows.length + 1}` },
      },
    ],
  });
}

const wrapped = { alignment: { wrapText: true, vertical: 'top' } } as const;

async function* cellsOf(
  rows: AsyncIterable<readonly (string | number | null)[]>,
): AsyncGenerator<CellValue[]> {
  for await (const row of rows)
    yield row.map((value) => (typeof value === 'string' ? workbookText(value) : value));
}

/** A text as a cell of a workbook can hold it. */
export function workbookText(value: string): string {
  if (value.length <= cellLength) return value;
  return `${value.slice(0, cellLength - cutMark.length)}${cutMark}`;
}
