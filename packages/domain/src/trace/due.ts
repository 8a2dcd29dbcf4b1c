import { type Day, lastDay } from '../day.ts';
import { dueDay, usualCalendar } from '../working-calendar.ts';
import type { Clock } from './clock.ts';
import type { OrganisationInputs, TraceRecord } from './inputs.ts';
import { earliest, fails, holds, lack, unverifiable } from './judge.ts';
import { byEnd } from './order.ts';
import { adopted, intervalName, type OrganisationFacts } from './organisation-facts.ts';
import { addPeriod } from './period.ts';
import { say } from './say.ts';
import type { Action, Cause, Judgement, Sentence } from './types.ts';

/** Where a thing done at intervals stands: in time until a day, over since one, or not to be judged. */
export type Due =
  | { readonly state: 'in-time'; readonly until: string }
  | { readonly state: 'over'; readonly since: string }
  | { readonly state: 'no-interval' };

/** What of the organisation says on which days it works. */
export type Calendared = { readonly inputs: Pick<OrganisationInputs, 'calendar'> };

/** The day on which something planned for a full day is due, by the organisation's rule for days on which nobody works. */
const movedDay = ({ inputs }: Calendared, day: string): string =>
  dueDay(inputs.calendar ?? usualCalendar, day);

/** A period on from a day, moved by the same rule; nothing where the text is no period of the calendar. */
export function dueAfter(organisation: Calendared, day: string, period: string): string | null {
  const planned = addPeriod(day, period);
  return planned === null ? null : movedDay(organisation, planned);
}

/**
 * Judges by the length the organisation adopted, counted from when it was last done, and by the record's own next
 * day; the earlier one binds, because both were set. Where nobody works on it, the organisation's rule says when it is
 * due instead. With neither, nothing was planned and nothing can be judged.
 */
export function dueBy(
  c: { readonly organisation: OrganisationFacts; readonly clock: Clock },
  o: Planned,
): Due {
  const due = nextDue(c.organisation, o);
  if (due === null) return { state: 'no-interval' };
  return c.clock.over(due) ? { state: 'over', since: due } : { state: 'in-time', until: due };
}

/** What is asked of a record about when it is done again. */
type Planned = { readonly interval: string; readonly last: Day | null; readonly next: Day | null };

/** The day by which it is done again, by the same rule; nothing where neither was planned. */
export function nextDue(
  organisation: Calendared & Pick<OrganisationFacts, 'inputs'>,
  { interval, last, next }: Planned,
): string | null {
  const length = adopted(organisation, interval);
  const planned = length && last ? addPeriod(lastDay(last), length) : null;
  const set = earliest([planned, next && lastDay(next)]);
  return set && movedDay(organisation, set);
}

/** The day that ends last, of days that may be missing; of those that end together the one named least exactly. */
export function latest(days: readonly (Day | null)[]): Day | null {
  let last: Day | null = null;
  for (const day of days) if (day !== null && (last === null || byEnd(day, last) > 0)) last = day;
  return last;
}

/** The day on which the last of several ends; none where one has no end. */
export const lastToEnd = (days: readonly (Day | null)[]): Day | null =>
  days.includes(null) ? null : latest(days);

type Interval = {
  readonly interval: string;
  readonly last: (record: TraceRecord) => Day | null;
  readonly next: (record: TraceRecord) => Day | null;
  readonly over: (late: readonly TraceRecord[]) => Sentence;
  readonly action?: (record: TraceRecord) => Action;
  readonly causedBy?: Cause;
};

/** Judges that each of the records was done again in time; ends with the first that is due. */
export function inInterval(
  c: { readonly organisation: OrganisationFacts; readonly clock: Clock },
  records: readonly TraceRecord[],
  o: Interval,
): Judgement {
  const dues = new Map(
    records.map((record) => [
      record.id,
      dueBy(c, { interval: o.interval, last: o.last(record), next: o.next(record) }),
    ]),
  );
  const due = (record: TraceRecord): Due => dues.get(record.id) ?? { state: 'no-interval' };
  const late = lack(records, (record) => due(record).state === 'over', {
    say: o.over,
    since: (record) => {
      const found = due(record);
      return found.state === 'over' ? found.since : null;
    },
    ...(o.action ? { action: o.action } : {}),
    ...(o.causedBy ? { causedBy: o.causedBy } : {}),
  });
  if (late) return fails(late);
  const open = records.filter((record) => due(record).state === 'no-interval');
  if (open.length > 0)
    return unverifiable(say('no-interval', { name: intervalName(c.organisation, o.interval) }), open);
  return holds(
    records,
    earliest([...dues.values()].map((found) => (found.state === 'in-time' ? found.until : null))),
  );
}
