import { firstDay, lastDay } from '../day.ts';

/** Orders for sorting. One collator serves all: making one for each comparison costs more than everything else here. */
const natural = new Intl.Collator('en', { numeric: true });

/** As people count: `RSK-9` before `RSK-10`. */
export const byName = (a: string, b: string): number => natural.compare(a, b);

/**
 * Days by when they begin, then by when they end: a quarter written as `2026-Q1` sorts as text behind December.
 * `null` comes last, because nothing says that it is old.
 */
export function byDay(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return byText(firstDay(a), firstDay(b)) || byText(lastDay(a), lastDay(b));
}

/** Days by when they end; of those that end together, the one that begins last comes first. */
export const byEnd = (a: string, b: string): number =>
  byText(lastDay(a), lastDay(b)) || byText(firstDay(b), firstDay(a));

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
