import { dayIn } from '@throughline/domain/day.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import { daysToCome } from '@throughline/domain/kinds/days-come.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';

type Fields = Content['fields'];

/** Refuses to write that something was done on a day that is still to come, where the organisation is. */
export async function ensureHappened(write: Write, kind: Kind, before: Fields, next: Fields): Promise<void> {
  if (writtenDays(kind, before, next).length === 0) return;
  const ahead = notHappened(kind, before, next, await dayHere(write));
  if (ahead.length > 0) throw unprocessable(ahead);
}

/** What is wrong with the days that are written anew, by field, for a door that refuses in its own way. */
export function notHappened(kind: Kind, before: Fields, next: Fields, today: string): ErrorItem[] {
  const written = writtenDays(kind, before, next);
  return daysToCome(kind, { fields: next }, today)
    .filter(({ field }) => written.includes(field))
    .map(({ field, says }) => ({ at: `fields.${field}`, message: says }));
}

const writtenDays = ({ happened = [] }: Kind, before: Fields, next: Fields): readonly string[] =>
  happened.filter((field) => field in next && next[field] !== before[field]);

/** The organisation's day at the time of the change. */
export const dayHere = (write: Write): Promise<string> => dayAt(write, write.ctx.at);

export async function dayAt(reader: Reader, at: Date): Promise<string> {
  return dayIn(at, (await organisationSettings(reader)).timeZone);
}
