import { rank } from '../authority.ts';
import { bearers } from '../risk/criteria.ts';
import { levelField } from '../risk/rate.ts';
import { type Acceptance, acceptanceBy } from './acceptance.ts';
import { approvedOf, type Context, inverse, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { cellDay, cellText, linksOf, type Readable, rowsOf, textOf } from './read.ts';

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

/**
 * Whether a risk stands above the target it is measured against, for one of the three at least: what is borne for the
 * organisation says nothing of people. A target stated for all three is held against the worst. `null` without either.
 */
export function aboveThreshold(risk: TraceRecord): boolean | null {
  const own = bearers.some((bearer) => textOf(risk, levelField('target', bearer)) !== null);
  const pairs = own
    ? bearers.map((bearer) => [levelField('current', bearer), levelField('target', bearer)] as const)
    : [['currentLevel', 'targetLevel'] as const];
  const judged = pairs.flatMap(([current, target]) => {
    const [level, borne] = [textOf(risk, current), textOf(risk, target)];
    return level === null || borne === null ? [] : [rank(level) > rank(borne)];
  });
  return judged.length === 0 ? null : judged.includes(true);
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
export function carries(risk: Readable, assessment: string, number: number): boolean {
  if (!linksOf(risk, 'carries').includes(assessment)) return false;
  const cited = risk.fields.carriedEffects;
  return Array.isArray(cited) && cited.some((item) => String(item).trim() === String(number));
}
