import { quoted } from './text.ts';

/**
 * A day with its precision, written so that the shape says the precision:
 * `2026`, `2026-Q3`, `2026-07`, `2026-07-14`. What is known only to the month is never stored as a wrong day.
 */
export type Day = string;
export type Precision = 'year' | 'quarter' | 'month' | 'day';

const shape = /^(\d{4})(?:-Q([1-4])|-(\d{2})(?:-(\d{2}))?)?$/;

/** Reads a day as this product writes it. Years 1000 to 9999. */
export function parseDay(value: unknown): { value: Day; precision: Precision } | { problem: string } {
  if (typeof value !== 'string')
    return { problem: 'A date is text such as 2026-02-28, 2026-02, 2026-Q1 or 2026.' };
  const match = shape.exec(value.trim());
  if (!match) return { problem: `${quoted(value)} is not a date. Use day, month, year, such as 2026-02-28.` };
  const [whole, year = '', quarter, month, day] = match;
  if (Number(year) < 1000) return { problem: `"${whole}" has no year that can be meant.` };
  if (quarter) return { value: whole, precision: 'quarter' };
  if (!month) return { value: whole, precision: 'year' };
  const asDate = new Date(Date.UTC(Number(year), Number(month) - 1, day ? Number(day) : 1));
  const same = asDate.getUTCMonth() === Number(month) - 1 && (!day || asDate.getUTCDate() === Number(day));
  if (!same) return { problem: `"${whole}" is not a date. Use day, month, year, such as 2026-02-28.` };
  return { value: whole, precision: day ? 'day' : 'month' };
}

export function precisionOf(day: Day): Precision {
  if (day.length === 4) return 'year';
  if (day.includes('Q')) return 'quarter';
  return day.length === 7 ? 'month' : 'day';
}

/** The first day that the value may mean, as `YYYY-MM-DD`. */
export function firstDay(day: Day): string {
  const precision = precisionOf(day);
  if (precision === 'year') return `${day}-01-01`;
  if (precision === 'month') return `${day}-01`;
  if (precision === 'day') return day;
  const month = (Number(day.slice(6)) - 1) * 3 + 1;
  return `${day.slice(0, 4)}-${String(month).padStart(2, '0')}-01`;
}

/** The last day that the value may mean, as `YYYY-MM-DD`: what is due in a month is due at its end. */
export function lastDay(day: Day): string {
  const precision = precisionOf(day);
  if (precision === 'day') return day;
  const months = precision === 'year' ? 12 : precision === 'quarter' ? 3 : 1;
  const [year = 0, month = 1] = firstDay(day).split('-').map(Number);
  return toDay(new Date(Date.UTC(year, month - 1 + months, 0)));
}

/** Adds calendar months to a full day; the 31st becomes the last day of a shorter month. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return toDay(new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))));
}

export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return toDay(date);
}

/** Whole days from one full day to another; negative when the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The calendar day of a moment in a time zone (IANA name), as `YYYY-MM-DD`. Every request asks it. */
export const dayIn = (moment: Date, timeZone: string): string => calendarOf(timeZone).format(moment);

/** Making one costs twenty times what it then takes to write a day; there are no more than there are time zones. */
const calendars = new Map<string, Intl.DateTimeFormat>();

function calendarOf(timeZone: string): Intl.DateTimeFormat {
  const known = calendars.get(timeZone);
  if (known) return known;
  const calendar = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  calendars.set(timeZone, calendar);
  return calendar;
}

/** The calendar ends with 9999: a fifth digit of the year would no longer sort as text. */
function toDay(date: Date): string {
  return date.getUTCFullYear() > 9999 ? '9999-12-31' : date.toISOString().slice(0, 10);
}
