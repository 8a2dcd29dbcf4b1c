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

/** A sheet that says what the workbook is: a title, and below it what is known by what it is called. */
export type SheetFront = {
  readonly name: string;
  readonly title: string;
  readonly facts: readonly (readonly [string, string])[];
};

/**
 * A workbook that people read and filter: a sheet that says what it is, then the table, in which long text wraps, the
 * head stays in sight and each column filters. Made as a whole, so for what has some hundred rows.
 */
export function xlsxSheets(
  front: SheetFront,
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
        name: front.name,
        columns: [
          { width: 24, style: wrapped },
          { width: 96, style: wrapped },
        ],
        rows: [[front.title], ...front.facts.map(([label, value]) => [label, workbookText(value)])],
        cells: new Map(
          [front.title, ...front.facts.map(([label]) => label)].map((value, at) => [
            `${at},0`,
            { value, style: head },
          ]),
        ),
      },
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
