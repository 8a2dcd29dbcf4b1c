import { earliest } from './judge.ts';
import { dayOf, type Readable } from './read.ts';

/**
 * The day of the next look that counts, of a record that is approved: what was approved, unless a nearer day was written
 * since. A later one waits for its approval, or comes with a look: nobody puts off alone what others decided (4.1, 8.4).
 * @param record as it is written now
 * @param approved the version in force; nothing where none is
 * @param look the field of the day on which somebody looked, where a look needs no approval
 */
export function nextLookDay(record: Readable, approved: Readable | null, look?: string): string | null {
  const written = dayOf(record, 'nextReview');
  if (approved === null) return written;
  if (look !== undefined && dayOf(record, look) !== dayOf(approved, look)) return written;
  return earliest([written, dayOf(approved, 'nextReview')]);
}
