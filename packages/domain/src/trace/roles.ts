import { type Context, isActive, ofKind, sharedOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { dayOf, textOf } from './read.ts';

/** Assignments of roles on the system itself that have not ended. */
export function assignments(c: Context): TraceRecord[] {
  return ofKind(c, 'role-assignment').filter((record) => inTerm(c, record));
}

function inTerm(c: Context, record: TraceRecord): boolean {
  return record.state !== 'ended' && c.clock.within(dayOf(record, 'validFrom'), dayOf(record, 'validTo'));
}

/** A holder counts while active, accepted and in term (5.3). */
export function isHeld(c: Context, record: TraceRecord): boolean {
  return dayOf(record, 'acceptedOn') !== null && isActive(c, textOf(record, 'person')) && inTerm(c, record);
}

/** Who holds a role for the system: by its own assignment, else by one for the whole organisation. */
export function holders(c: Context, role: string): TraceRecord[] {
  const all = [...ofKind(c, 'role-assignment'), ...sharedOf(c, 'role-assignment')];
  return all.filter((record) => textOf(record, 'role') === role && isHeld(c, record));
}

/** The day on which an assignment ends: its own end, or the last day of its holder. */
export function termEnds(c: Context, record: TraceRecord): string | null {
  const person = textOf(record, 'person');
  const leaves = person === null ? null : (c.organisation.members.get(person)?.leftOn ?? null);
  return earliest([dayOf(record, 'validTo'), leaves]);
}
