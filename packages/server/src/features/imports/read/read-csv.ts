import { CsvError, type Options, parse } from 'csv-parse/sync';
import { decode } from './decode.ts';
import { limits, type RawTable, type ReadOptions, tooLarge, unreadable } from './table.ts';

const signs = [',', ';', '\t', '|'] as const;
const settings: Options = { bom: true, relax_column_count: true, relax_quotes: true };

/** Reads a file of separated values in whatever encoding and with whatever sign between the cells. */
export function readCsv(bytes: Buffer, name: string, options: ReadOptions): RawTable {
  const { text, encoding } = decode(bytes, name, options.encoding);
  if (options.delimiter !== undefined && options.delimiter.length !== 1)
    throw unreadable(name, 'The sign between cells is one character.');
  const delimiter = options.delimiter ?? guessDelimiter(text);
  const cells = parseAll(text, delimiter, name);
  return {
    format: 'csv',
    encoding,
    delimiter,
    sheet: null,
    sheets: [],
    cells,
    notes: text.includes('\ufffd')
      ? ['Some characters could not be read. If names look broken, choose another encoding.']
      : [],
  };
}

function parseAll(text: string, delimiter: string, name: string): string[][] {
  try {
    return parse(text, { ...settings, delimiter, to: limits.rows + 100 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const row = typeof error.records === 'number' ? error.records + 1 : 1;
    if (error.code === 'CSV_QUOTE_NOT_CLOSED')
      throw unreadable(
        name,
        `Row ${row} opens a quotation mark that is never closed. The file may be cut off.`,
        `row ${row}`,
      );
    if (error.code === 'CSV_MAX_RECORD_SIZE') throw tooLarge(name, `Row ${row} is too long.`, `row ${row}`);
    throw unreadable(name, `Row ${row} cannot be read as separated values.`, `row ${row}`);
  }
}

/** The sign that splits the first rows into the most columns, equally many in each. */
function guessDelimiter(text: string): string {
  const head = text.slice(0, 64 * 1024);
  const rated = signs.map((sign) => ({ sign, score: regularity(head, sign) }));
  const best = rated.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 1 ? best.sign : ',';
}

function regularity(head: string, delimiter: string): number {
  const rows = someRows(head, delimiter).filter((row) => row.some((cell) => cell.trim() !== ''));
  const widths = rows.map((row) => row.length).sort((a, b) => a - b);
  const usual = widths[Math.floor(widths.length / 2)] ?? 0;
  const share = widths.filter((width) => width === usual).length / Math.max(1, widths.length);
  return usual * share;
}

/** The first rows of a piece of text that may end inside a quoted cell. */
function someRows(head: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  try {
    parse(head, {
      ...settings,
      delimiter,
      to: 40,
      on_record: (record: string[]) => {
        rows.push(record);
        return record;
      },
    });
  } catch (error) {
    // The piece ends where it ends; what came before the cut is enough to judge.
    if (!(error instanceof CsvError)) throw error;
  }
  return rows;
}
