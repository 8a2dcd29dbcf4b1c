import { parseDay } from '../day.ts';
import { type Coerced, type CoercionOptions, type DateOrder, shown } from './coerced.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const longMonths =
  'january february march april may june july august september october november december'.split(' ');
const numeric = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[ T]\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?)?$/i;
const isoDay =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/** Reads a cell as a day with the precision that the cell has. What cannot be read for certain is a problem, never a guess. */
export function coerceDay(cell: string, options: CoercionOptions): Coerced {
  const found =
    ownShape(cell) ??
    fromIso(cell) ??
    fromNumbers(cell, options) ??
    fromWords(cell, options) ??
    fromMonth(cell) ??
    fromQuarter(cell, options);
  if (!found) return { problem: `${shown(cell)} is not a date that can be read for certain.` };
  return 'value' in found ? plausible(String(found.value), found.note, options) : found;
}

function ownShape(cell: string): Coerced | undefined {
  const read = parseDay(cell);
  return 'value' in read ? { value: read.value } : undefined;
}

function fromIso(cell: string): Coerced | undefined {
  const match = isoDay.exec(cell);
  if (!match) return undefined;
  return asDay(cell, match[1], match[2], match[3], 'Read as a day.');
}

function fromNumbers(cell: string, options: CoercionOptions): Coerced | undefined {
  const match = numeric.exec(cell);
  if (!match) return undefined;
  const [, first = '', second = '', year = ''] = match;
  const whole = fullYear(year, options.year);
  if (first === second) return asDay(cell, whole, first, second, 'Day and month are the same number.');
  if (!options.dateOrder)
    return { problem: `${shown(cell)} can be read month first or day first. Say which the column means.` };
  const monthFirst = options.dateOrder === 'month-first';
  const [month, day] = monthFirst ? [first, second] : [second, first];
  if (Number(month) > 12 && Number(day) <= 12)
    return {
      problem: `${shown(cell)} clashes with the column, which is read ${orderWords(options.dateOrder)}.`,
    };
  return asDay(cell, whole, month, day, `Read ${orderWords(options.dateOrder)}.`);
}

export function orderWords(order: DateOrder): string {
  return order === 'month-first' ? 'month first' : 'day first';
}

function fromWords(cell: string, options: CoercionOptions): Coerced | undefined {
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -](\d{4}|\d{2})$/i.exec(cell);
  const monthFirst = /^([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/i.exec(cell);
  const [day, month, year] = dayFirst
    ? [dayFirst[1], dayFirst[2], dayFirst[3]]
    : [monthFirst?.[2], monthFirst?.[1], monthFirst?.[3]];
  const number = monthNumber(month);
  if (!number || !year) return undefined;
  return asDay(cell, fullYear(year, options.year), String(number), day, 'Read as a day.');
}

/** `Jul 2023`, `07/2023`, `2023/7`. A month beside a number of two digits may be a day or a year, and is not read. */
function fromMonth(cell: string): Coerced | undefined {
  const named = /^([a-z]+)\.?[ ,-]+(\d{4})$/i.exec(cell) ?? swap(/^(\d{4})[ -]([a-z]+)$/i.exec(cell));
  const numbered = /^(\d{1,2})[/.-](\d{4})$/.exec(cell) ?? swap(/^(\d{4})[/.-](\d{1,2})$/.exec(cell));
  const month = named ? monthNumber(named[1]) : Number(numbered?.[1] ?? 0);
  const year = named?.[2] ?? numbered?.[2];
  if (!month || month > 12 || !year) return undefined;
  return { value: `${year}-${String(month).padStart(2, '0')}`, note: 'Read as a month.' };
}

/** `Q3 2024` is a quarter of the calendar; with `FY` it is one of the fiscal year, read only where its start is known. */
function fromQuarter(cell: string, options: CoercionOptions): Coerced | undefined {
  const after = /^Q([1-4])[ ,/-]*(FY ?)?'?(\d{4}|\d{2})$/i.exec(cell);
  const before = /^(FY ?)?'?(\d{4}|\d{2})[ ,/-]*Q([1-4])$/i.exec(cell);
  const quarter = Number(after?.[1] ?? before?.[3] ?? 0);
  const fiscal = Boolean(after?.[2] ?? before?.[1]);
  const text = after?.[3] ?? before?.[2];
  if (/^FY ?'?(\d{4}|\d{2})$/i.test(cell))
    return { problem: `${shown(cell)} is a fiscal year, which lies in two calendar years.` };
  if (!quarter || !text) return undefined;
  const year = Number(fullYear(text, options.year));
  if (!fiscal) return { value: `${year}-Q${quarter}`, note: 'Read as a quarter.' };
  const start = options.fiscalYearStart;
  if (!start || (start - 1) % 3 !== 0)
    return { problem: `${shown(cell)} is a quarter of a fiscal year whose first month is not known.` };
  return {
    value: calendarQuarter(year, quarter, start),
    note: `Fiscal quarter, the year beginning in month ${start}.`,
  };
}

/** A fiscal year that begins after January is named by the year in which it ends. */
function calendarQuarter(year: number, quarter: number, start: number): string {
  const month = start + (quarter - 1) * 3;
  const first = start === 1 ? year : year - 1;
  const inYear = month > 12 ? first + 1 : first;
  return `${inYear}-Q${Math.floor(((month - 1) % 12) / 3) + 1}`;
}

function asDay(
  cell: string,
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  note: string,
): Coerced {
  const text = `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  const read = parseDay(text);
  if ('problem' in read) return { problem: `${shown(cell)} is no day of the calendar.` };
  return { value: text, note };
}

/**
 * A bare year typed into a column of dates becomes day number 2023 of the spreadsheet's count, which shows as
 * 15 July 1905. Such days are the year again; other days outside living memory are no dates of this register.
 */
function plausible(value: string, note: string | undefined, options: CoercionOptions): Coerced {
  if (value.length === 10 && value.startsWith('1905-')) {
    const serial = Math.round((Date.parse(`${value}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);
    if (serial >= 1950 && serial <= options.year + 30)
      return {
        value: String(serial),
        note: `A bare year that a spreadsheet took for a day number: ${serial}.`,
      };
  }
  const year = Number(value.slice(0, 4));
  if (year < 1950 || year > options.year + 50) return { problem: `${value} lies too far away to be meant.` };
  return note === undefined ? { value } : { value, note };
}

function monthNumber(word: string | undefined): number | undefined {
  const lower = word?.toLowerCase() ?? '';
  const index = longMonths.indexOf(lower);
  const short = index >= 0 ? index : months.indexOf(lower === 'sept' ? 'sep' : lower);
  return short >= 0 ? short + 1 : undefined;
}

/** Two digits are a year of this century, unless that lies more than ten years ahead. */
function fullYear(year: string, now: number): string {
  if (year.length === 4) return year;
  const near = 2000 + Number(year);
  return String(near > now + 10 ? near - 100 : near);
}

function swap(match: RegExpExecArray | null): [string, string, string] | null {
  return match ? [match[0], match[2] ?? '', match[1] ?? ''] : null;
}

export type OrderEvidence = {
  readonly order: DateOrder | undefined;
  /** Cells that can only be read month first, and only day first. */
  readonly monthFirst: number;
  readonly dayFirst: number;
  /** Cells that are two different days, by the order. */
  readonly open: number;
};

/** What all cells of a column say about the order of day and month. Evidence for both is a clash: then nothing is decided. */
export function orderEvidence(cells: Iterable<string>): OrderEvidence {
  let monthFirst = 0;
  let dayFirst = 0;
  let open = 0;
  for (const cell of cells) {
    const match = numeric.exec(cell.trim());
    if (!match) continue;
    if (Number(match[1]) > 12 && Number(match[2]) <= 12) dayFirst += 1;
    else if (Number(match[2]) > 12 && Number(match[1]) <= 12) monthFirst += 1;
    else if (Number(match[1]) !== Number(match[2])) open += 1;
  }
  const order =
    monthFirst > 0 && dayFirst === 0
      ? 'month-first'
      : dayFirst > 0 && monthFirst === 0
        ? 'day-first'
        : undefined;
  return { order, monthFirst, dayFirst, open };
}
