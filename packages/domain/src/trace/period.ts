import { addDays, addMonths, lastDay } from '../day.ts';

const shape = /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/**
 * Adds an ISO 8601 period of years, months, weeks and days (`P1Y`, `P3M`, `P2W`) to a day, from the end of what it may
 * mean; nothing when the text is no such period (`continuous` is none, and neither is one with hours).
 */
export function addPeriod(day: string, period: string): string | null {
  const match = shape.exec(period);
  if (!match || period === 'P') return null;
  const [years = 0, months = 0, weeks = 0, days = 0] = match.slice(1).map((part) => Number(part ?? 0));
  const [start, length] = [lastDay(day), years * 12 + months];
  const end = addMonths(start, length);
  // From a month's end to a month's end: what ran on 28 February and runs monthly is due on 31 March.
  const atMonthEnd = length > 0 && start === lastDay(start.slice(0, 7));
  return addDays(atMonthEnd ? lastDay(end.slice(0, 7)) : end, weeks * 7 + days);
}
