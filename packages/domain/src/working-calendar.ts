import { addDays, parseDay } from './day.ts';
import { isObject } from './json.ts';

/** What becomes of something that is due on a day on which nobody works. */
export const dueRules = ['as-is', 'next', 'before'] as const;
export type DueRule = (typeof dueRules)[number];

export type Holiday = { readonly day: string; readonly name: string };

/** On which days an organisation works. */
export type WorkingCalendar = {
  /** ISO 8601: 1 is Monday, 7 is Sunday. At least one. */
  readonly workingDays: readonly number[];
  /** Days (YYYY-MM-DD) on which nobody works, by day. */
  readonly holidays: readonly Holiday[];
  readonly due: DueRule;
};

export const usualCalendar: WorkingCalendar = { workingDays: [1, 2, 3, 4, 5], holidays: [], due: 'as-is' };
export const mostHolidays = 400;

/** The day of the week of a full day, as ISO 8601 numbers it. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function isWorkingDay({ workingDays, holidays }: WorkingCalendar, day: string): boolean {
  return workingDays.includes(weekday(day)) && !holidays.some((one) => one.day === day);
}

/**
 * The full day on which something is due, after the organisation's rule. Looks a year far at most: an organisation that
 * never works again is due on the day that was set.
 */
export function dueDay(calendar: WorkingCalendar, day: string): string {
  if (calendar.due === 'as-is') return day;
  const step = calendar.due === 'next' ? 1 : -1;
  for (let at = day, looked = 0; looked <= 366; at = addDays(at, step), looked += 1)
    if (isWorkingDay(calendar, at)) return at;
  return day;
}

/** What stands in settings, read without trust: what cannot be meant counts as not said. */
export function readCalendar(value: unknown): WorkingCalendar {
  if (!isObject(value)) return usualCalendar;
  const days = Array.isArray(value.workingDays) ? value.workingDays : [];
  const workingDays = [1, 2, 3, 4, 5, 6, 7].filter((day) => days.includes(day));
  const holidays = (Array.isArray(value.holidays) ? value.holidays : []).flatMap((one: unknown): Holiday[] =>
    isObject(one) && typeof one.name === 'string' && isFullDay(one.day)
      ? [{ day: one.day, name: one.name }]
      : [],
  );
  return {
    workingDays: workingDays.length > 0 ? workingDays : usualCalendar.workingDays,
    holidays,
    due: dueRules.find((rule) => rule === value.due) ?? usualCalendar.due,
  };
}

function isFullDay(value: unknown): value is string {
  const read = parseDay(value);
  return 'value' in read && read.precision === 'day';
}
