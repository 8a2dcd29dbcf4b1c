import { dayIn } from '@throughline/domain/day.ts';
import { type ErrorItem, unprocessable } from '@throughline/domain/errors.ts';
import type { Content, Kind } from '@throughline/domain/kinds/kind.ts';
import { datedBefore, ratesFrom } from '@throughline/domain/risk/in-force.ts';
import { ratedRowBy, versionName } from '@throughline/domain/risk/rate.ts';
import { cellText, dayOf, rowsOf } from '@throughline/domain/trace/read.ts';
import { sharedRecords } from '../store/organisation-records.ts';
import { organisationSettings } from '../store/organisations.ts';
import type { Reader } from '../store/reader.ts';
import type { Write } from '../store/write.ts';

type Turn = { readonly before: Content; readonly next: Content };

/**
 * Refuses a day of assessment that somebody types and that lies before the criteria rated by which the risk stands where
 * it does, as the act of rating refuses it (6.1.2). Throws `unprocessable`.
 * @param byAct the act of rating writes, which asked that itself
 */
export async function ensureDatedSince(write: Write, kind: Kind, turn: Turn, byAct = false): Promise<void> {
  const faults = byAct ? [] : await datedTooEarly(write, kind, turn);
  if (faults.length > 0) throw unprocessable(faults);
}

/** The same for a door that refuses in its own way. */
export async function datedTooEarly(
  reader: Reader,
  kind: Kind,
  { before, next }: Turn,
): Promise<ErrorItem[]> {
  if (kind.name !== 'risk') return [];
  const day = dayOf(next, 'assessedOn');
  if (day === null || day === dayOf(before, 'assessedOn')) return [];
  const current = rowsOf(next, 'rated').filter((row) => cellText(row, 'point') === 'current');
  const names = new Set(current.flatMap((row) => ratedRowBy(next.fields, row) ?? []));
  if (names.size === 0) return [];
  const since = await sinceOf(reader);
  return [...names].flatMap((name) => {
    const message = datedBefore(name, since.get(name) ?? null, day);
    return message === undefined ? [] : [{ at: 'fields.assessedOn', message }];
  });
}

/** The first day that each approved version of criteria rates, by what a risk calls it. */
async function sinceOf(reader: Reader): Promise<Map<string, ReturnType<typeof ratesFrom>>> {
  const { timeZone } = await organisationSettings(reader);
  const records = [...(await sharedRecords(reader, new Map(), ['risk-criteria'])).values()];
  const given = records.flatMap(({ item }) =>
    item.approvals.flatMap(({ act, version, at }) => (act === 'approve' ? [{ item, version, at }] : [])),
  );
  const moments = given.map(({ at }) => at);
  const of = ({ item, version }: (typeof given)[number]) =>
    [item.inForce, item, ...(item.earlier ?? [])].find((one) => one?.version === version)?.fields ?? {};
  return new Map(
    given.map((one) => {
      const { ref } = one.item;
      const criteria = { ref, number: 0, version: one.version, fields: of(one) };
      const since = ratesFrom(criteria, one.at, moments, (moment) => dayIn(new Date(moment), timeZone));
      return [versionName(ref, one.version), since];
    }),
  );
}
