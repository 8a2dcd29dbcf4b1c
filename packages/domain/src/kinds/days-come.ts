import { type Day, firstDay } from '../day.ts';
import { dayOf } from '../trace/read.ts';
import type { Content, Kind } from './kind.ts';

/**
 * Whether a day lies ahead: nothing was done on it yet. A month or a year that has begun does not.
 * @param today the organisation's day, or a moment of it, as `YYYY-MM-DD…`
 */
export const isToCome = (day: Day, today: string): boolean => firstDay(day) > today.slice(0, 10);

/** Fields in which the kind says on which day something happened, and that name a day to come, with what is said of it. */
export function daysToCome(
  { happened = [], fields: known }: Pick<Kind, 'happened' | 'fields'>,
  { fields }: Pick<Content, 'fields'>,
  today: string,
): { readonly field: string; readonly says: string }[] {
  return happened.flatMap((field) => {
    const day = dayOf({ fields, links: {} }, field);
    if (day === null || !isToCome(day, today)) return [];
    return [{ field, says: `“${known[field]?.label ?? field}” is ${day}, a day that is still to come.` }];
  });
}
