import { type Day, lastDay, parseDay } from '../day.ts';
import { dayOf, listOf, textOf } from '../trace/read.ts';
import type { Patch } from './edit.ts';
import type { Content, Kind } from './kind.ts';

/** One version of an implementation of a control in one place, in the order in which versions were written. */
export type PlanVersion = {
  readonly record: string;
  readonly ref: string;
  /** The organisation's day on which it was written. */
  readonly on: string;
  readonly state: string;
  readonly archived: boolean;
  readonly fields: Content['fields'];
};

/** Days for which a control was planned in a place before, the first one first, and by which record last. */
export type PlansBefore = {
  readonly dates: readonly Day[];
  readonly because: string | null;
  readonly ref: string;
};

/**
 * What was planned for a control in one place and never came to be, over implementations that ended, were archived or
 * stand still: what was put right on the very day it was written was no plan. A control that came into place begins anew.
 */
export function plansBefore(versions: readonly PlanVersion[]): PlansBefore | null {
  const kept = versions.filter(
    ({ record, on }, at) =>
      !versions.some((other, later) => later > at && other.record === record && other.on === on),
  );
  const placed = kept.findLastIndex(({ state, archived }) => state === 'in-place' && !archived);
  const plans = kept
    .slice(placed + 1)
    .filter(({ state, archived }) => !archived && (state === 'planned' || state === 'partly'));
  let dates: readonly Day[] = [];
  for (const { fields } of plans) dates = goingOn(dates, namedIn(fields));
  const last = plans.findLast(({ fields }) => namedIn(fields).length > 0);
  return last && dates.length > 0
    ? { dates, because: textOf({ fields: last.fields, links: {} }, 'movedBecause'), ref: last.ref }
    : null;
}

/** The dates that one version names, in their order: one that was moved back is named twice. */
function namedIn(fields: Content['fields']): Day[] {
  const content = { fields, links: {} };
  const [first, planned] = [dayOf(content, 'firstPlannedOn'), dayOf(content, 'plannedOn')];
  const kept = daysIn(listOf(content, 'plannedDates'));
  const named = first === null || kept.includes(first) ? kept : [first, ...kept];
  return planned === null || named.at(-1) === planned ? named : [...named, planned];
}

const daysIn = (texts: readonly string[]): Day[] =>
  texts.flatMap((text) => {
    const read = parseDay(text);
    return 'value' in read ? [read.value] : [];
  });

/** Dates after others: those that begin with them tell how it went on, of any other list what was not named yet. */
function goingOn(dates: readonly Day[], named: readonly Day[]): readonly Day[] {
  if (dates.every((date, at) => named[at] === date)) return named;
  return [...dates, ...named.filter((date, at) => !dates.includes(date) && named.indexOf(date) === at)];
}

const ofThePlan = ['plannedOn', 'firstPlannedOn', 'plannedDates', 'movedBecause'];

/**
 * A date that was moved today and is set to what it was before today, or to what a plan of today was written with, was a
 * slip: the plan goes back to what it said then, and neither move is a delay (8.3). `null` where the edit does something else.
 * @param versions of the record, up to today
 */
export function puttingBack(
  versions: readonly PlanVersion[],
  today: string,
  before: Content,
  patch: Patch,
): Patch | null {
  // Before the day on which it was written it said nothing: then what it was written with counts.
  const stood = (versions.findLast(({ on }) => on !== today) ?? versions[0])?.fields;
  const to = patch.fields?.plannedOn;
  if (typeof to !== 'string' || stood?.plannedOn !== to || before.fields.plannedOn === to) return null;
  const was = Object.fromEntries(ofThePlan.map((part) => [part, stood[part] ?? null]));
  return {
    ...patch,
    fields: { ...was, ...patch.fields, plannedDates: was.plannedDates },
    after: { ...before, fields: { ...before.fields, ...was } },
  };
}

/**
 * A plan that goes on from earlier ones: the first date is the one first named for the control in this place, and a later
 * one is a delay like any other, whichever record names it (8.3).
 */
export function continued(
  kind: Pick<Kind, 'sequence'>,
  before: Content,
  next: Content,
  earlier: PlansBefore,
): { readonly next: Content; readonly faults: Readonly<Record<string, string>> } {
  const planned = dayOf(next, 'plannedOn');
  if (planned === null) return { next, faults: {} };
  const dates = [...goingOn(earlier.dates, daysIn(listOf(next, 'plannedDates')))];
  if (dates.at(-1) !== planned) dates.push(planned);
  const first = [...earlier.dates, dayOf(next, 'firstPlannedOn') ?? planned].reduce((one, other) =>
    lastDay(other) < lastDay(one) ? other : one,
  );
  const fields = { ...next.fields, plannedDates: dates.slice(-50), firstPlannedOn: first };
  const stood: Content = {
    ...before,
    fields: {
      ...(earlier.because === null ? {} : { movedBecause: earlier.because }),
      ...before.fields,
      plannedDates: [...earlier.dates],
      firstPlannedOn: first,
    },
  };
  const faults = Object.entries(kind.sequence?.(stood, { ...next, fields }) ?? {}).map(
    ([field, says]): [string, string] => [
      field,
      `${says} It was planned here before, last by ${earlier.ref}.`,
    ],
  );
  return { next: { ...next, fields }, faults: Object.fromEntries(faults) };
}
