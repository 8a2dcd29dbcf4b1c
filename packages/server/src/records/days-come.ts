import { dayIn } from '@throughline/domain/day.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import { daysToCome } from '@throughline/domain/kinds/days-come.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Write } from '../store/write.ts';

/** Refuses to write that something was done on a day that is still to come, where the organisation is. */
export async function ensureHappened(
  write: Write,
  kind: Kind,
  before: Content['fields'],
  next: Content['fields'],
): Promise<void> {
  const written = (kind.happened ?? []).filter((field) => field in next && next[field] !== before[field]);
  if (written.length === 0) return;
  const today = await dayHere(write);
  const ahead = daysToCome(kind, { fields: next }, today).filter(({ field }) => written.includes(field));
  if (ahead.length > 0)
    throw unprocessable(ahead.map(({ field, says }) => ({ at: `fields.${field}`, message: says })));
}

/** The organisation's day at the time of the change. */
export async function dayHere(write: Write): Promise<string> {
  return dayIn(write.ctx.at, (await organisationSettings(write)).timeZone);
}
