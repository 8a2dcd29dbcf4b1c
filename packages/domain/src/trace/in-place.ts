import type { Clock } from './clock.ts';
import { dayOf, type Readable } from './read.ts';

/**
 * Whether an implementation is in place today, for the line, the statement and the coverage alike: its state says so,
 * and not only from a day that is still to come.
 */
export function standsInPlace(record: Readable & { readonly state: string }, clock: Clock): boolean {
  if (record.state !== 'in-place') return false;
  const since = dayOf(record, 'inPlaceSince');
  return since === null || clock.reached(since);
}
