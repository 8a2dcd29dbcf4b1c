import { type Day, firstDay, lastDay, precisionOf } from '../day.ts';
import { dayText } from '../day-text.ts';
import { dayOf, textOf } from '../trace/read.ts';
import type { Content, Kind } from './kind.ts';

/**
 * Whether a day lies ahead: nothing was done on it yet. A month or a year that has begun does not.
 * @param today the organisation's day, or a moment of it, as `YYYY-MM-DD…`
 */
export const isToCome = (day: Day, today: string): boolean => firstDay(day) > today.slice(0, 10);

/** Fields that name a day on which something happened, or was over. */
export const pastDays = ({
  happened = [],
  ended = [],
}: Pick<Kind, 'happened' | 'ended'>): readonly string[] => [...happened, ...ended];

/**
 * Fields in which the kind says on which day something happened, and that name a day to come, with what is said of it; and
 * those in which it says when something was over, and that end after today.
 */
export function daysToCome(
  { happened = [], ended = [], fields: known }: Pick<Kind, 'happened' | 'ended' | 'fields'>,
  { fields }: Pick<Content, 'fields'>,
  today: string,
): { readonly field: string; readonly says: string }[] {
  const found = (names: readonly string[], isAhead: (day: Day) => boolean, says: string) =>
    names.flatMap((field) => {
      const day = dayOf({ fields, links: {} }, field);
      return day === null || !isAhead(day)
        ? []
        : [{ field, says: `“${known[field]?.label ?? field}” is ${dayText(day)}, ${says}` }];
    });
  return [
    ...found(happened, (day) => isToCome(day, today), 'a day that is still to come.'),
    ...found(ended, (day) => lastDay(day) > today.slice(0, 10), 'which ends after today.'),
  ];
}

/** The day on which something is to happen (`comes` of the kind), where no whole day is said: it would come for a month long. */
export function notWhole(
  { comes, fields: known }: Pick<Kind, 'comes' | 'fields'>,
  fields: Content['fields'],
): { readonly field: string; readonly says: string }[] {
  const day = comes ? dayOf({ fields, links: {} }, comes.day) : null;
  if (!comes || day === null || precisionOf(day) === 'day') return [];
  const label = known[comes.day]?.label ?? comes.day;
  return [{ field: comes.day, says: `“${label}” is ${dayText(day)}; a whole day is needed.` }];
}

/**
 * The day of a decision that an edit turns into another one and leaves on a day that is over: nobody decided that then.
 * @param today the organisation's day, `YYYY-MM-DD`
 */
export function decidedThen(
  { decided, fields: known }: Pick<Kind, 'decided' | 'fields'>,
  before: Content['fields'],
  next: Content['fields'],
  today: string,
): { readonly field: string; readonly says: string }[] {
  if (!decided) return [];
  const { day, what } = decided;
  const was = dayOf({ fields: before, links: {} }, day);
  const turned = before[what] !== undefined && next[what] !== undefined && next[what] !== before[what];
  if (!turned || was === null || next[day] !== before[day] || lastDay(was) >= today) return [];
  const label = known[day]?.label ?? day;
  return [
    {
      field: day,
      says: `“${label}” is ${dayText(was)}, the day of the decision before. Say when this one was made.`,
    },
  ];
}

/**
 * What was to happen on a day that has come, today too, and an edit takes away, puts off or words otherwise, by field
 * (`comes` of the kind). The day may be an earlier one.
 * @param today the organisation's day, `YYYY-MM-DD`
 */
export function takenAway(
  { comes, fields: known }: Pick<Kind, 'comes' | 'fields'>,
  before: Content['fields'],
  next: Content['fields'],
  today: string,
): { readonly field: string; readonly says: string }[] {
  if (!comes) return [];
  const day = (fields: Content['fields']) => dayOf({ fields, links: {} }, comes.day);
  const words = (fields: Content['fields']) => textOf({ fields, links: {} }, comes.what);
  const [was, is] = [day(before), day(next)];
  if (was === null || isToCome(was, today) || words(before) === null) return [];
  const said = (field: string) => ({
    field,
    says: `${known[field]?.label ?? field}: ${dayText(was)} has come, so this stays on record until it is approved. Where it was a slip, undo the change that wrote it.`,
  });
  return [
    ...(is === null || firstDay(is) > firstDay(was) ? [said(comes.day)] : []),
    ...(words(next) === words(before) ? [] : [said(comes.what)]),
  ];
}
