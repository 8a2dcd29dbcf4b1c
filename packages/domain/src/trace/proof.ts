import { addDays, firstDay, lastDay } from '../day.ts';
import { dueDay, usualCalendar, type WorkingCalendar } from '../working-calendar.ts';
import { type Context, inverse } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { byDay } from './order.ts';
import { addPeriod } from './period.ts';
import { dayOf, linksOf, type Readable, textOf } from './read.ts';
import { rhythmPeriod } from './rhythm.ts';

const unsound: ReadonlySet<string> = new Set(['differs', 'missing']);

/** Evidence that speaks for an implementation: named by it, or for its control on the same system. */
export function evidenceOf(c: Context, implementation: TraceRecord): TraceRecord[] {
  const direct = inverse(c, implementation, 'evidence');
  const control = linksOf(implementation, 'control')[0];
  const byControl = control
    ? inverse(c, { id: control }, 'evidence', 'controls').filter(
        (record) => record.system === implementation.system,
      )
    : [];
  const all = new Map([...direct, ...byControl].map((record) => [record.id, record]));
  return [...all.values()].filter((record) => record.state === 'kept');
}

/** What counts as proof: sound, and more than a statement of the owner (EV7). */
export function counts(record: Readable): boolean {
  return textOf(record, 'type') !== 'owner-statement' && !unsound.has(textOf(record, 'integrity') ?? '');
}

/** The days that pieces of evidence speak for, in order; a piece without an end speaks for its first day. */
export function periods(records: readonly Readable[]): { from: string; to: string }[] {
  return records
    .flatMap((record) => {
      const from = dayOf(record, 'periodFrom') ?? dayOf(record, 'periodTo');
      const to = dayOf(record, 'periodTo') ?? from;
      return from === null || to === null ? [] : [{ from: firstDay(from), to: lastDay(to) }];
    })
    .sort((a, b) => byDay(a.from, b.from) || byDay(a.to, b.to));
}

/** The last day that evidence reaches; `null` when no piece says which days it speaks for. */
export function reachesTo(records: readonly Readable[]): string | null {
  let last: string | null = null;
  for (const { to } of periods(records)) if (last === null || to > last) last = to;
  return last;
}

/**
 * Holes between pieces that are longer than the rhythm expects: each is an occurrence missing between two that are there.
 * Where the organisation has a rule for days on which nobody works, either of the two, one is missing only once the next
 * working day has passed without it.
 */
export function holes(
  implementation: TraceRecord,
  records: readonly TraceRecord[],
  calendar: WorkingCalendar = usualCalendar,
): { from: string; to: string }[] {
  const period = rhythmPeriod(textOf(implementation, 'occurrences'));
  if (period === null) return [];
  const within: WorkingCalendar = calendar.due === 'as-is' ? calendar : { ...calendar, due: 'next' };
  const found: { from: string; to: string }[] = [];
  let reached: string | null = null;
  for (const { from, to } of periods(records)) {
    const expected: string | null = reached === null ? null : addPeriod(reached, period);
    if (reached !== null && expected !== null && from > dueDay(within, expected))
      found.push({ from: addDays(reached, 1), to: addDays(from, -1) });
    if (reached === null || to > reached) reached = to;
  }
  return found;
}
