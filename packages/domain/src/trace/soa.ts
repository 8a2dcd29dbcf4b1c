import { inForce } from '../approvals.ts';
import { decisionOn, type SoaDecision } from './applicability.ts';
import { assessmentsInForce } from './assessments.ts';
import { classificationsOf } from './classes.ts';
import { approvedOf, type Context, found, inverse, ofKind, ownOf, sharedOf } from './context.ts';
import { standsInPlace } from './in-place.ts';
import type { TraceRecord } from './inputs.ts';
import { earliest } from './judge.ts';
import { binding, duties } from './law.ts';
import { dayOf, linksOf, textOf } from './read.ts';
import { acceptanceOf, treatments } from './risks.ts';
import { useCases } from './use-cases.ts';

export const soaLine = (c: Context, control: { readonly id: string }): TraceRecord | null =>
  decisionOn(c.organisation, control).line;

export const soaDecision = (c: Context, control: { readonly id: string }): SoaDecision =>
  decisionOn(c.organisation, control).decided;

/** Controls that something on the system calls for, with the records that call. */
export function calledFor(c: Context): Map<string, TraceRecord[]> {
  const calling = [
    ...treatments(c),
    ...assessmentsInForce(c),
    ...duties(c),
    ...useCases(c).flatMap((useCase) => classificationsOf(c, useCase)),
  ];
  const called = new Map<string, TraceRecord[]>();
  for (const record of calling) {
    for (const control of linksOf(approvedOf(c, record) ?? record, 'controls')) {
      const known = called.get(control) ?? [];
      known.push(record);
      called.set(control, known);
    }
  }
  return called;
}

/** Controls that a law in force demands, or a gate of the system that was passed on an approval in force. */
export function demandedControls(c: Context): TraceRecord[] {
  const gates = ownOf(c, 'gate').filter((gate) => gate.state === 'passed' && inForce(gate.approvals));
  const sources = [...binding(c, duties(c)), ...gates];
  return found(c, [...new Set(sources.flatMap((record) => linksOf(record, 'controls')))]);
}

/** Adopted controls that are applicable, by where they are put in place. */
export function applicableControls(c: Context, place: 'organisation' | 'system'): TraceRecord[] {
  return sharedOf(c, 'control').filter(
    (control) =>
      control.state === 'adopted' &&
      soaDecision(c, control) === 'applicable' &&
      (textOf(control, 'implementedAt') ?? 'system') === place,
  );
}

/** Ways in which a control is put in place for this system: its own, or the organisation's where that is its place. */
export function implementationsOf(c: Context, control: TraceRecord): TraceRecord[] {
  const all = inverse(c, control, 'implementation', 'control').filter((record) => record.state !== 'ended');
  return all.filter((record) => record.system === null || record.system === c.system.record.id);
}

/** Implementations on the system that are in place. */
export function inPlace(c: Context): TraceRecord[] {
  return ofKind(c, 'implementation').filter(
    (record) => standsInPlace(record, c.clock) && record.system === c.system.record.id,
  );
}

export type InPlace =
  | { readonly state: 'in-place' }
  | {
      readonly state: 'accepted';
      readonly by: string;
      readonly until: string;
      readonly record: TraceRecord;
    }
  | { readonly state: 'missing'; readonly record: TraceRecord | null };

/**
 * Whether a control is in place for the system. Planned counts, as accepted, only before the date first named and
 * with the interim risk accepted within authority; a moved date does not move that end (CO3, CO5).
 */
export function placeOf(c: Context, control: TraceRecord): InPlace {
  const all = implementationsOf(c, control);
  const own = all.filter((record) => record.system !== null);
  // An implementation of the system's own is a deviation and counts before the organisation's.
  const counting = own.length > 0 || textOf(control, 'implementedAt') !== 'organisation' ? own : all;
  if (counting.some((record) => standsInPlace(record, c.clock))) return { state: 'in-place' };
  for (const record of counting) {
    const first = dayOf(record, 'firstPlannedOn') ?? dayOf(record, 'plannedOn');
    if (first === null || c.clock.over(first)) continue;
    for (const risk of found(c, linksOf(record, 'interimRisk'))) {
      const acceptance = acceptanceOf(c, risk);
      if (acceptance.state !== 'in-force' || !acceptance.interim) continue;
      const until = earliest([acceptance.until, first]) ?? first;
      return { state: 'accepted', by: acceptance.by, until, record };
    }
  }
  return { state: 'missing', record: counting[0] ?? null };
}
