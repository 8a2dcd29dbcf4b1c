import { inForce } from '@throughline/domain/approvals.ts';
import { dayIn } from '@throughline/domain/day.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import {
  daysToCome,
  decidedThen,
  notWhole,
  pastDays,
  takenAway,
} from '@throughline/domain/kinds/days-come.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { beyondCadence, type Rhythm } from '@throughline/domain/kinds/next-look.ts';
import { approvalsOf, inputsNow } from '../store/approvals.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { StoredRecord } from '../store/stored-record.ts';
import type { LockedRecord, Write } from '../store/write.ts';

type Fields = Content['fields'];

/**
 * Refuses to write that something was done on a day that is still to come, where the organisation is, that something is to
 * happen on no whole day, and to plan the next look beyond the cadence.
 * @param byAct an act of its own writes, which works out the next day by itself
 */
export async function ensureDays(
  write: Write,
  kind: Kind,
  before: Fields,
  next: Fields,
  byAct = false,
): Promise<void> {
  const look = kind.nextLook ? [kind.nextLook.field] : [];
  const days = [...pastDays(kind), ...comingDays(kind), ...look];
  if (writtenOf(days, before, next).length === 0) return;
  const faults = dayFaults(kind, before, next, await rhythmOf(write, write.ctx.at), byAct);
  if (faults.length > 0) throw unprocessable(faults);
}

/** What is wrong with the days that are written anew, by field, for a door that refuses in its own way. */
export function dayFaults(
  kind: Kind,
  before: Fields,
  next: Fields,
  rhythm: Rhythm,
  byAct = false,
): ErrorItem[] {
  const written = writtenOf([...pastDays(kind), ...comingDays(kind)], before, next);
  const wrong = [...daysToCome(kind, { fields: next }, rhythm.today), ...notWhole(kind, next)].filter(
    ({ field }) => written.includes(field),
  );
  const beyond = byAct ? null : beyondCadence(kind, before, next, rhythm);
  return [...wrong, ...(beyond ? [beyond] : [])].map(({ field, says }) => ({
    at: `fields.${field}`,
    message: says,
  }));
}

/**
 * Refuses to take away, put off or word otherwise what was to happen on a day that has come (`comes` of the kind), while no
 * approval stands on the very content that says so. Throws `unprocessable` by field.
 */
export async function ensureNotTakenAway(
  write: Write,
  kind: Kind,
  before: LockedRecord,
  next: Fields,
): Promise<void> {
  const faults = kind.comes ? await takenAwayFaults(write, kind, before, next, await dayHere(write)) : [];
  if (faults.length > 0) throw unprocessable(faults);
}

/** Refuses to turn a decision into another one that leaves it on its earlier day. Throws `unprocessable` by field. */
export async function ensureDecidedAnew(
  write: Write,
  kind: Kind,
  before: Fields,
  next: Fields,
): Promise<void> {
  const faults = kind.decided ? decidedThenFaults(kind, before, next, await dayHere(write)) : [];
  if (faults.length > 0) throw unprocessable(faults);
}

/** The same by field, for a door that refuses in its own way. */
export const decidedThenFaults = (...asked: Parameters<typeof decidedThen>): ErrorItem[] =>
  decidedThen(...asked).map(({ field, says }) => ({ at: `fields.${field}`, message: says }));

/** What was to happen and is taken away, by field, for a door that refuses in its own way. */
export async function takenAwayFaults(
  reader: Reader,
  kind: Kind,
  { id, content }: Pick<StoredRecord, 'id' | 'content'>,
  next: Fields,
  today: string,
): Promise<ErrorItem[]> {
  const faults = takenAway(kind, content.fields, next, today);
  if (faults.length === 0) return [];
  const standing = inForce((await approvalsOf(reader, [id])).get(id) ?? []);
  if (standing && standing.digest === (await inputsNow(reader, [id]))(id)?.digest) return [];
  return faults.map(({ field, says }) => ({ at: `fields.${field}`, message: says }));
}

const comingDays = ({ comes }: Kind): readonly string[] => (comes ? [comes.day] : []);

const writtenOf = (days: readonly string[], before: Fields, next: Fields): readonly string[] =>
  days.filter((field) => field in next && next[field] !== before[field]);

/** The organisation's day at the time of the change. */
export const dayHere = async (write: Write): Promise<string> => (await rhythmOf(write, write.ctx.at)).today;

export async function rhythmOf(reader: Reader, at: Date): Promise<Rhythm> {
  const { timeZone, intervals } = await organisationSettings(reader);
  return { today: dayIn(at, timeZone), intervals };
}
