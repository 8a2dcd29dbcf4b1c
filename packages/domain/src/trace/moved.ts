import { lastDay, parseDay } from '../day.ts';
import { listOf, type Readable } from './read.ts';

/** How often the planned date of an implementation was moved to a later one. */
export function movedTimes(record: Readable): number {
  const dates = listOf(record, 'plannedDates').flatMap((text) => {
    const read = parseDay(text);
    return 'value' in read ? [lastDay(read.value)] : [];
  });
  return dates.filter((day, at) => at > 0 && day > (dates[at - 1] ?? day)).length;
}
