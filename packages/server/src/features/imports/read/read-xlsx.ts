import { type OddCell, oddCells, sheetOf, sheetPart, withOddCells } from './odd-cells.ts';
import { ensureBounded, ensurePieces, format, longShared } from './sheet-bounds.ts';
import { type RawTable, type ReadOptions, tooLarge, unreadable } from './table.ts';
import { unpack, zipEntries } from './zip.ts';

/**
 * Reads one sheet of a workbook: the one named, or the one with the most rows. Days keep a day's precision, numbers
 * their own digits, formulas the value that was last computed. Errors and formulas without a value stand in their cells
 * as such, so that they are rejected there and not taken for empty ones.
 */
export async function readXlsx(bytes: Buffer, name: string, options: ReadOptions): Promise<RawTable> {
  const { formulas, odd, partOf } = inspect(bytes, name);
  const sheets = await workbook(bytes, name);
  const counted = sheets.map((sheet) => ({
    name: sheet.sheet,
    rows: sheet.data.filter((row) => row.some(filled)).length,
  }));
  const wanted =
    options.sheet ?? counted.reduce((a, b) => (b.rows > a.rows ? b : a), { name: '', rows: -1 }).name;
  const sheet = sheets.find((one) => one.sheet === wanted);
  if (!sheet) throw unreadable(name, `There is no sheet "${wanted.slice(0, 60)}".`);
  const notes: string[] = [];
  if (sheets.length > 1) notes.push(`The workbook has ${sheets.length} sheets; "${wanted}" is read.`);
  if (formulas > 0)
    notes.push(`The workbook has ${formulas} formulas; the values they last showed are taken.`);
  const part = partOf(wanted);
  const without = part === undefined ? [] : (odd.get(part) ?? []);
  if (without.length > 0)
    notes.push(
      `${without.length} cells hold an error of the spreadsheet or a formula without its value; they give no value.`,
    );
  return {
    format: 'xlsx',
    encoding: null,
    delimiter: null,
    sheet: wanted,
    sheets: counted,
    cells: withOddCells(
      sheet.data.map((row) => row.map(cellText)),
      without,
    ),
    notes,
  };
}

type Cell = string | number | boolean | Date | null;

const filled = (cell: unknown): boolean => cell !== null && cell !== '';

async function workbook(bytes: Buffer, name: string): Promise<{ sheet: string; data: Cell[][] }[]> {
  // Loaded when the first workbook comes: an idle server needs nothing of it.
  const { default: readWorkbook } = await import('read-excel-file/node');
  try {
    const sheets = await readWorkbook<string>(bytes, {
      trim: false,
      parseNumber: (digits: string) => digits,
    });
    return sheets.map((sheet) => ({ sheet: sheet.sheet, data: sheet.data.map((row) => row.map(asCell)) }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw unreadable(name, 'The workbook cannot be read. Save it again as .xlsx or as CSV.');
  }
}

/** The library types a date cell as the constructor of dates; what it gives is a date. */
function asCell(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')
    return value;
  return value instanceof Date ? value : null;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  if (!(cell instanceof Date)) return String(cell);
  if (Number.isNaN(cell.getTime())) return '';
  const iso = cell.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19).replace('T', ' ');
}

type Inspected = {
  readonly formulas: number;
  readonly odd: ReadonlyMap<string, readonly OddCell[]>;
  /** The part of a sheet, by the sheet's name. */
  readonly partOf: (sheet: string) => string | undefined;
};

/**
 * Looks into the package before the library does: that it is a workbook, that its parts are as long as they say, that
 * no part declares entities, that no row, column or cell goes beyond what a sheet can have, that no lonely cell far away
 * makes the sheet enormous. Answers the number of formulas, and each part's cells without a value.
 */
function inspect(bytes: Buffer, name: string): Inspected {
  const entries = zipEntries(bytes, name);
  if (!entries.some((entry) => entry.name === 'xl/workbook.xml'))
    throw unreadable(name, 'This is no Excel workbook (.xlsx). Save it as .xlsx or as CSV.');
  let formulas = 0;
  let shared: ReadonlyMap<number, number> = new Map();
  const odd = new Map<string, readonly OddCell[]>();
  const about = new Map<string, string>();
  for (const entry of [...entries].sort((a, b) => turn(a.name) - turn(b.name))) {
    const part = unpack(bytes, entry, name);
    if (!entry.name.endsWith('.xml') && !entry.name.endsWith('.rels')) continue;
    if (part.includes('<!DOCTYPE') || part.includes('<!ENTITY'))
      throw unreadable(name, `The part ${entry.name} declares entities, which are not read.`);
    const isSheet = part.includes('sheetData');
    // What add-ins keep of their own can be long and is read by nobody here, unless it calls itself a sheet.
    if (entry.name.startsWith('customXml/') && !isSheet) continue;
    const xml = part.toString('latin1');
    if (/^xl\/(?:_rels\/)?workbook\.xml/.test(entry.name)) about.set(entry.name, xml);
    const sheet = sheetOf(
      about.get('xl/workbook.xml') ?? '',
      about.get('xl/_rels/workbook.xml.rels') ?? '',
      entry.name,
    );
    const called = sheet === undefined ? `The part ${entry.name}` : `Sheet "${sheet.slice(0, 60)}"`;
    const book = { file: name, part: entry.name, called, xml };
    const long = entry.name.endsWith('sharedStrings.xml') ? longShared(book) : new Map();
    if (long.size > 0) shared = long;
    else if (isSheet) ensureBounded(book, shared);
    else ensurePieces(book);
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(entry.name)) continue;
    formulas += xml.match(/<f[ >/]/g)?.length ?? 0;
    odd.set(entry.name, oddCells(xml));
  }
  const [long] = shared.values();
  if (long !== undefined)
    throw tooLarge(
      name,
      `A text that cells share has ${long.toLocaleString('en')} characters; ${format.cell.toLocaleString('en')} is the most.`,
    );
  const partOf = (sheet: string) =>
    sheetPart(about.get('xl/workbook.xml') ?? '', about.get('xl/_rels/workbook.xml.rels') ?? '', sheet);
  return { formulas, odd, partOf };
}

/** What says which sheet is which comes first, then the texts that sheets share. */
const turn = (part: string): number =>
  /^xl\/(?:_rels\/)?workbook\.xml/.test(part) ? 0 : part.endsWith('sharedStrings.xml') ? 1 : 2;
