/** A day as the records keep it: `2026`, `2026-Q3`, `2026-07` or `2026-07-14`. The text itself says how precise it is. */
export type DayPrecision = 'year' | 'quarter' | 'month' | 'day';

export type DayParts = {
  precision: DayPrecision;
  year: number;
  month?: number;
  day?: number;
  quarter?: number;
};

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const pad = (value: number): string => String(value).padStart(2, '0');

const exists = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

/** The parts of a stored day, or null where the text is none (30 February included). */
export const dayParts = (value: string): DayParts | null => {
  const match = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?$/.exec(value);
  if (match === null) return null;
  const year = Number(match[1]);
  if (match[2] !== undefined) return { precision: 'quarter', year, quarter: Number(match[2]) };
  if (match[3] === undefined) return { precision: 'year', year };
  const month = Number(match[3]);
  if (month < 1 || month > 12) return null;
  if (match[4] === undefined) return { precision: 'month', year, month };
  const day = Number(match[4]);
  return exists(year, month, day) ? { precision: 'day', year, month, day } : null;
};

/** `14 Jul 2026`, `Jul 2026`, `Q3 2026` or `2026`: the one format of the product, at the precision that is known. */
export const formatDay = (value: string): string => {
  const parts = dayParts(value);
  if (parts === null) return value;
  if (parts.precision === 'quarter') return `Q${parts.quarter} ${parts.year}`;
  if (parts.month === undefined) return String(parts.year);
  const name = months[parts.month - 1] ?? '';
  return parts.day === undefined ? `${name} ${parts.year}` : `${parts.day} ${name} ${parts.year}`;
};

const monthNumber = (word: string): number =>
  months.findIndex((name) => word.toLowerCase().startsWith(name.toLowerCase())) + 1;

/**
 * What a person typed, as a stored day: the stored forms, `14 Jul 2026`, `14 July 2026`, `Jul 2026`, `Q3 2026`,
 * `14.7.2026` and `14/7/2026` (day first, the order the product writes). Null where it is no date.
 */
export const readDay = (typed: string): string | null => {
  const text = typed.trim().replace(/\s+/g, ' ');
  if (dayParts(text.toUpperCase()) !== null) return text.toUpperCase();
  const quarter = /^q([1-4]) (\d{4})$/i.exec(text);
  if (quarter !== null) return `${quarter[2]}-Q${quarter[1]}`;
  const named = /^(?:(\d{1,2})\.? )?([a-z]{3,9})\.?,? (\d{4})$/i.exec(text);
  if (named !== null) {
    const month = monthNumber(named[2] ?? '');
    if (month === 0) return null;
    const value =
      named[1] === undefined
        ? `${named[3]}-${pad(month)}`
        : `${named[3]}-${pad(month)}-${pad(Number(named[1]))}`;
    return dayParts(value) === null ? null : value;
  }
  const figures = /^(\d{1,2})[./](\d{1,2})[./](\d{4})$/.exec(text);
  if (figures === null) return null;
  const value = `${figures[3]}-${pad(Number(figures[2]))}-${pad(Number(figures[1]))}`;
  return dayParts(value) === null ? null : value;
};

/** The day that `instant` falls on in `zone`, as `2026-07-14`. */
export const dayIn = (instant: Date, zone: string): string => {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((entry) => entry.type === type)?.value);
  return `${String(part('year')).padStart(4, '0')}-${pad(part('month'))}-${pad(part('day'))}`;
};

/** `2 Nov 2026, 14:05 GMT+1`: an instant with its zone, for the hover of a date. */
export const formatInstant = (instant: Date, zone: string): string => {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  return `${formatDay(dayIn(instant, zone))}, ${time.format(instant)}`;
};

/** The last day that a stored day may mean: a date given as "2026" is overdue only when 2026 has ended. */
export const lastDayOf = (value: string): string | null => {
  const parts = dayParts(value);
  if (parts === null) return null;
  if (parts.day !== undefined) return value;
  const month = parts.month ?? (parts.quarter === undefined ? 12 : parts.quarter * 3);
  const last = new Date(Date.UTC(parts.year, month, 0)).getUTCDate();
  return `${parts.year}-${pad(month)}-${pad(last)}`;
};

const dayNumber = (value: string): number => Date.parse(`${value}T00:00:00Z`) / 86_400_000;

/** Whole days from `today` to the end of the stored day; negative when it has passed. Null where it is no date. */
export const daysUntil = (value: string, today: string): number | null => {
  const last = lastDayOf(value);
  return last === null ? null : Math.round(dayNumber(last) - dayNumber(today));
};
