/** Whether a gate that was passed still stands: its own approval, and everything that it was decided on. */
import { inForce } from '../approvals.ts';
import { firstDay, lastDay } from '../day.ts';
import { exceptionIn, type GateException } from '../kinds/gate-rows.ts';
import type { Context } from '../trace/context.ts';
import type { TraceRecord } from '../trace/inputs.ts';
import { dayOf, linksOf, textOf } from '../trace/read.ts';

export type GateStanding = {
  readonly stands: boolean;
  /** Records that were withdrawn, changed or fell since it was decided: the gate itself where its own approval did. */
  readonly fallen: readonly string[];
};

const none: GateStanding = { stands: false, fallen: [] };

/**
 * What a gate was decided on is in `seen`. An approval among it that was withdrawn or void since takes the gate down,
 * and with it each later gate that was decided on this one; a newer approved version does not. So does a version whose
 * content changed. Gates that name each other stand as if the other did.
 */
export function gateStanding(
  c: Context,
  gate: TraceRecord,
  within: ReadonlySet<string> = new Set(),
): GateStanding {
  if (gate.state !== 'passed' || gate.archived) return none;
  const decided = inForce(gate.approvals);
  if (!decided) return { stands: false, fallen: [gate.id] };
  const visited = new Set([...within, gate.id]);
  const fell = (id: string): boolean => {
    const record = c.system.find(id);
    if (!record || record.archived) return true;
    // Kept up no longer: a method, a plan or a form that was let go is as good as none.
    if (record.state === 'withdrawn' && record.kind !== 'system-version') return true;
    if (record.kind === 'gate') return !visited.has(id) && !gateStanding(c, record, visited).stands;
    const wasApproved = record.approvals.some(
      ({ act, at }) => (act === 'approve' || act === 'restore') && at <= decided.at,
    );
    return wasApproved && !inForce(record.approvals);
  };
  const changed = linksOf(gate, 'version').filter((id) => {
    const version = c.system.find(id);
    return version !== undefined && version.materialAt > decided.at;
  });
  const fallen = [...new Set([...linksOf(gate, 'seen').filter(fell), ...changed])];
  return { stands: fallen.length === 0, fallen };
}

/** A decision that was put on record later than it says it was given: with both days, and whether it came from elsewhere. */
export type Entered = {
  readonly decidedOn: string;
  readonly recordedOn: string;
  readonly broughtIn: boolean;
};

/** Where the day of a decision lies before the day on which the gate was made here (7.5.3); else nothing. */
export function enteredAfterwards({ organisation }: Context, gate: TraceRecord): Entered | null {
  const decidedOn = dayOf(gate, 'decidedOn');
  const recordedOn = organisation.zone.dayOf(gate.createdAt);
  if (decidedOn === null || lastDay(decidedOn) >= recordedOn) return null;
  return { decidedOn, recordedOn, broughtIn: gate.broughtIn === true };
}

/**
 * Whether a gate was decided no later than a day, by what is on record: a typed day says when it is meant to have been,
 * the approval when it was. What was brought in with its version says of its own past what was kept elsewhere.
 */
export function decidedBy(c: Context, gate: TraceRecord, day: string, version: TraceRecord): boolean {
  const typed = dayOf(gate, 'decidedOn');
  const approved = inForce(gate.approvals);
  if (typed === null || !approved || firstDay(typed) > lastDay(day)) return false;
  if (gate.broughtIn && version.broughtIn) return true;
  return c.organisation.zone.dayOf(approved.at) <= lastDay(day);
}

/**
 * Let through as an emergency, or admitted afterwards. It is one by what was asked for, approved and passed: a reason or
 * an end that is not there makes no exception an ordinary passage.
 */
export const exceptionOf = (gate: TraceRecord): GateException | null => exceptionIn(gate.fields);

/** The last day of an exception; over, it falls by itself. One without an end ended when it was decided. */
export function exceptionEnd(
  c: Context,
  gate: TraceRecord,
): { readonly until: string; readonly over: boolean } | null {
  if (exceptionOf(gate) === null) return null;
  const day = dayOf(gate, 'missingBy');
  if (day !== null) return { until: lastDay(day), over: c.clock.over(day) };
  return { until: lastDay(dayOf(gate, 'decidedOn') ?? c.clock.today), over: true };
}

/**
 * Gates of the system of a type that open the way today: standing, not past the end of an exception, and decided since
 * the round of the life cycle began (`roundOf`), where that is named.
 */
export function openGates(c: Context, type: string, since: string | null = null): TraceRecord[] {
  return (c.system.byKind.get('gate') ?? []).filter(
    (gate) =>
      gate.system === c.system.record.id &&
      textOf(gate, 'type') === type &&
      gateStanding(c, gate).stands &&
      exceptionEnd(c, gate)?.over !== true &&
      (since === null || (inForce(gate.approvals)?.at ?? '') >= since),
  );
}
