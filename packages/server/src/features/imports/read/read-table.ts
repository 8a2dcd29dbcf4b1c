import { findHeaderRow, partNames, uniqueHeaders } from '@throughline/domain/import/headers.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { asItWas } from './own-file.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { type FileTable, limits, type RawTable, type ReadOptions, tooLarge, unreadable } from './table.ts';

const known = partNames(registry);

/** Formats that people send and that are no table, by how they begin. */
const others: readonly [string, string][] = [
  [
    'd0cf11e0a1b11ae1',
    'This is an old Excel workbook (.xls) or one with a password. Save it as .xlsx or as CSV.',
  ],
  ['25504446', 'This is a PDF. Export the table as CSV or .xlsx.'],
  ['89504e47', 'This is a picture.'],
  ['ffd8ff', 'This is a picture.'],
  ['1f8b', 'This is a packed file. Unpack it first.'],
  ['504152', 'This is a Parquet file. Export the table as CSV or .xlsx.'],
];

/** Reads the bytes of a file into rows under headings. Throws `unsupported` or `too-large`, naming the file and the row. */
export async function readTable(bytes: Buffer, name: string, options: ReadOptions): Promise<FileTable> {
  if (bytes.length > limits.bytes)
    throw tooLarge(name, `The file has more than ${limits.bytes / 2 ** 20} MiB.`);
  if (bytes.length === 0) throw unreadable(name, 'The file is empty.');
  const start = bytes.toString('hex', 0, 8);
  const other = others.find(([magic]) => start.startsWith(magic));
  if (other) throw unreadable(name, other[1]);
  const raw = start.startsWith('504b0304')
    ? await readXlsx(bytes, name, options)
    : readCsv(bytes, name, options);
  return asItWas(underHeadings(raw, name, options));
}

function underHeadings(raw: RawTable, name: string, options: ReadOptions): FileTable {
  const { cells, ...about } = raw;
  const header = options.headerRow === undefined ? findHeaderRow(cells, known) : options.headerRow - 1;
  const heading = cells[header];
  if (!heading?.some((cell) => cell.trim() !== '')) throw unreadable(name, 'No row of headings was found.');
  const rows: string[][] = [];
  const numbers: number[] = [];
  let width = lastFilled(heading);
  let mended = 0;
  for (let index = header + 1; index < cells.length; index += 1) {
    const row = cells[index] ?? [];
    const filled = lastFilled(row);
    if (filled === 0) continue;
    width = Math.max(width, filled);
    mended += checkCells(row, index + 1, name);
    rows.push(row.map((cell) => (cell.isWellFormed() ? cell : cell.toWellFormed())));
    numbers.push(index + 1);
  }
  if (rows.length > limits.rows)
    throw tooLarge(name, `It has more than ${limits.rows.toLocaleString('en')} rows.`);
  if (width > limits.columns) throw tooLarge(name, `It has ${width} columns; ${limits.columns} is the most.`);
  if (rows.length === 0) throw unreadable(name, 'There is no row below the headings.');
  const named = Array.from({ length: width }, (_, index) => heading[index] ?? '');
  const notes = [...about.notes];
  if (mended > 0) notes.push(`${mended} cells held half characters, which were replaced.`);
  return {
    ...about,
    notes,
    headerRow: header + 1,
    headers: uniqueHeaders(named),
    rows: rows.map((row) => Array.from({ length: width }, (_, index) => row[index] ?? '')),
    numbers,
  };
}

function lastFilled(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1;
}

/** Refuses cells that cannot be kept; answers how many hold half characters. */
function checkCells(row: readonly string[], number: number, name: string): number {
  let mended = 0;
  for (const [index, cell] of row.entries()) {
    const at = `row ${number}, column ${index + 1}`;
    if (cell.length > limits.cell)
      throw tooLarge(
        name,
        `Row ${number}, column ${index + 1} has ${cell.length.toLocaleString('en')} characters; ${limits.cell.toLocaleString('en')} is the most.`,
        at,
      );
    if (cell.includes('\u0000'))
      throw unreadable(
        name,
        `Row ${number}, column ${index + 1} holds a NUL character. If the text looks broken, choose another encoding.`,
        at,
      );
    if (!cell.isWellFormed()) mended += 1;
  }
  return mended;
}
