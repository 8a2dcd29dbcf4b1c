import { dayIn } from '@throughline/domain/day.ts';
import { dayText } from '@throughline/domain/day-text.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { endedUnit, namesBelow, namesUnit } from '@throughline/domain/organisation-structure.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';

type Fields = Readonly<Record<string, Json>>;

/**
 * Refuses a unit that has ended, where a change names it anew; what stood before keeps it. A name that nobody registered
 * is taken as it is written. Throws `unprocessable`.
 */
export async function ensureUnitStands(
  write: Write,
  kind: Kind,
  before: Fields,
  next: Fields,
): Promise<void> {
  const { unit } = next;
  if (!namesUnit(kind.name, 'unit') || typeof unit !== 'string' || unit === before.unit) return;
  const { structure, timeZone } = await organisationSettings(write);
  const ended = endedUnit(structure, unit, dayIn(write.ctx.at, timeZone));
  if (!ended?.endsOn) return;
  const message = `The unit "${ended.name}" ended on ${dayText(ended.endsOn)}. Choose another one.`;
  throw unprocessable([{ at: 'fields.unit', message }]);
}

/** The units of some names, and all that stand below them today. */
export async function unitsWithin(reader: Reader, names: readonly string[]): Promise<string[]> {
  const { structure } = await organisationSettings(reader);
  return [...new Set(names.flatMap((name) => [name, ...namesBelow(structure, name)]))];
}
