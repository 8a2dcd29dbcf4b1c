import { type Context, inverse, ofKind } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { notApplicable } from './judge.ts';
import { byDay } from './order.ts';
import { dayOf, linksOf, textOf } from './read.ts';
import { on, rec, say } from './say.ts';
import type { Judgement } from './types.ts';

/**
 * Duties of law recorded for the system: its own, and the organisation's that name it. Law binds whether or not it
 * was taken on, so only an ended duty is left out.
 */
export function duties(c: Context): TraceRecord[] {
  const named = inverse(c, c.system.record, 'obligation');
  const all = new Map([...ofKind(c, 'obligation'), ...named].map((record) => [record.id, record]));
  return [...all.values()].filter(
    (record) => textOf(record, 'source') === 'law' && record.state !== 'ended' && !hasEnded(c, record),
  );
}

function hasEnded(c: Context, duty: TraceRecord): boolean {
  const to = dayOf(duty, 'appliesTo');
  return to !== null && c.clock.over(to);
}

/** Duties of law recorded for the system that one of the ids names (`OB-26-2`). */
export function dutiesOf(c: Context, ids: readonly string[]): TraceRecord[] {
  return duties(c).filter((record) => ids.includes(textOf(record, 'item') ?? ''));
}

/** Duties whose day has come. Without a day on record a duty binds now. */
export function binding(c: Context, recorded: readonly TraceRecord[]): TraceRecord[] {
  return recorded.filter((record) => {
    const from = dayOf(record, 'appliesFrom');
    return from === null || c.clock.reached(from);
  });
}

/** Why a rule of law does not bind the system today; nothing when it does. An upcoming duty shows its date. */
export function lawApplies(c: Context, refs: readonly string[]): Judgement | null {
  const recorded = dutiesOf(c, refs);
  if (binding(c, recorded).length > 0) return null;
  const upcoming = recorded
    .flatMap((record) => {
      const from = dayOf(record, 'appliesFrom');
      return from === null ? [] : [{ record, from }];
    })
    .sort((a, b) => byDay(a.from, b.from))[0];
  return notApplicable(
    upcoming
      ? say('duty-upcoming', { duty: rec(upcoming.record), day: on(upcoming.from) })
      : say('duty-none', { system: rec(c.system.record) }),
  );
}

/** The records that a duty says it is met by. */
export const metBy = (duty: TraceRecord): readonly string[] => linksOf(duty, 'metBy');
