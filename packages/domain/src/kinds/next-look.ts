import { lastDay } from '../day.ts';
import { dayText } from '../day-text.ts';
import { latest } from '../trace/due.ts';
import { addPeriod } from '../trace/period.ts';
import { dayOf } from '../trace/read.ts';
import type { Content, Kind } from './kind.ts';

/** The organisation's day, and the lengths that it adopted by entry of the calendar (ISO 8601). */
export type Rhythm = { readonly today: string; readonly intervals: Readonly<Record<string, string>> };

type Fields = Content['fields'];

/**
 * What is said of a day for the next look that lies beyond the cadence, with the latest day allowed; `null` where it does
 * not. It counts from the last look, or from today where there was none, by the length that the organisation adopted,
 * else by that of the kind. A day that was nearer already, or stood so before, is left alone.
 */
export function beyondCadence(
  { nextLook, cadence, fields }: Pick<Kind, 'nextLook' | 'cadence' | 'fields'>,
  before: Fields,
  next: Fields,
  { today, intervals }: Rhythm,
): { readonly field: string; readonly says: string } | null {
  if (!nextLook) return null;
  const { field, from, interval } = nextLook;
  const day = (of: Fields, name: string) => dayOf({ fields: of, links: {} }, name);
  const [was, is] = [day(before, field), day(next, field)];
  if (is === null || (was !== null && lastDay(is) <= lastDay(was))) return null;
  const adopted = interval === undefined ? undefined : intervals[interval];
  const length = adopted ?? (cadence ? `P${cadence.months}M` : null);
  const last = latest(from.map((name) => day(next, name))) ?? today;
  const limit = length === null ? null : addPeriod(last, length);
  if (limit === null || lastDay(is) <= limit) return null;
  const usual =
    interval === undefined ? 'by the usual length' : 'by the usual length, since you adopted none';
  const by = adopted === undefined ? usual : 'by the length you adopted';
  return {
    field,
    says: `${fields[field]?.label ?? field}: ${dayText(limit)} is the latest day allowed, ${by}.`,
  };
}
