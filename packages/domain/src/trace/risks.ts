import { rank } from '../authority.ts';
import { type Acceptance, acceptanceBy } from './acceptance.ts';
import { approvedOf, type Context, inverse, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { cellDay, cellText, linksOf, rowsOf, textOf } from './read.ts';

/** Risks of the system that are not closed. */
export function openRisks(c: Context): TraceRecord[] {
  return ownOf(c, 'risk').filter((record) => record.state !== 'closed');
}

/** Treatments of a risk that were not given up. */
export function treatmentsOf(c: Context, risk: TraceRecord): TraceRecord[] {
  return inverse(c, risk, 'treatment', 'risks').filter((record) => record.state !== 'given-up');
}

/** All treatments of the system, the given up aside. */
export function treatments(c: Context): TraceRecord[] {
  return ownOf(c, 'treatment').filter((record) => record.state !== 'given-up');
}

/** Whether a risk stands above the threshold it is measured against; `null` without rating or threshold. */
export function aboveThreshold(risk: TraceRecord): boolean | null {
  const [level, target] = [textOf(risk, 'currentLevel'), textOf(risk, 'targetLevel')];
  return level === null || target === null ? null : rank(level) > rank(target);
}

/** Actions of a treatment that lack owner or day, and those past their day. The first day named is the one that counts. */
export function actionsOf(c: Context, treatment: TraceRecord) {
  const rows = rowsOf(treatment, 'actions').filter((row) => cellDay(row, 'doneOn') === null);
  const due = (row: (typeof rows)[number]) => cellDay(row, 'due') ?? cellDay(row, 'firstDue');
  return {
    none: rowsOf(treatment, 'actions').length === 0,
    bare: rows.filter((row) => cellText(row, 'owner') === null || due(row) === null).length,
    late: rows.flatMap((row) => {
      const day = due(row);
      return day !== null && c.clock.over(day) ? [day] : [];
    }),
    next: rows.flatMap((row) => due(row) ?? []),
  };
}

/** How the acceptance of one of the system's risks stands. */
export const acceptanceOf = (c: Context, risk: TraceRecord): Acceptance =>
  acceptanceBy(c.organisation, c.clock, risk, approvedOf(c, risk));

/** Numbers of an assessment's findings that a risk says it carries. */
export function carries(risk: TraceRecord, assessment: string, number: number): boolean {
  if (!linksOf(risk, 'carries').includes(assessment)) return false;
  const cited = risk.fields.carriedEffects;
  return Array.isArray(cited) && cited.some((item) => String(item).trim() === String(number));
}
