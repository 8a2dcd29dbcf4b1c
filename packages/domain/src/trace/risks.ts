import { rank } from '../authority.ts';
import { acceptanceDemand } from '../kinds/risk.ts';
import { lostApproval } from './approved.ts';
import { hasAuthority } from './authority.ts';
import { approvedOf, type Context, inverse, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { cellDay, cellText, dayOf, linksOf, rowsOf, textOf } from './read.ts';

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

export type Acceptance =
  | {
      readonly state: 'in-force';
      readonly by: string;
      readonly until: string | null;
      readonly interim: boolean;
    }
  | { readonly state: 'none' }
  | { readonly state: 'void'; readonly on: string }
  | { readonly state: 'ended'; readonly on: string }
  | { readonly state: 'beyond-authority'; readonly by: string; readonly on: string };

/**
 * How the acceptance of a risk stands. It is the approval of the risk's record: it fits exactly one rating, because
 * a changed rating voids it, and it counts only within the authority held on that day (6.1.3, 8.3).
 */
export function acceptanceOf(c: Context, risk: TraceRecord): Acceptance {
  const standing = approvedOf(c, risk);
  if (!standing) {
    const lost = lostApproval(risk);
    return lost ? { state: 'void', on: c.organisation.zone.dayOf(lost.at) } : { state: 'none' };
  }
  const on = c.organisation.zone.dayOf(standing.at);
  const demand = acceptanceDemand(risk.fields);
  if (hasAuthority(c.organisation, { member: standing.by, ...demand, day: on }) === false)
    return { state: 'beyond-authority', by: standing.by, on };
  const until = dayOf(risk, 'acceptanceUntil');
  if (until !== null && c.clock.over(until)) return { state: 'ended', on: until };
  return {
    state: 'in-force',
    by: standing.by,
    until,
    interim: textOf(risk, 'acceptanceType') === 'interim',
  };
}

/** Numbers of an assessment's findings that a risk says it carries. */
export function carries(risk: TraceRecord, assessment: string, number: number): boolean {
  if (!linksOf(risk, 'carries').includes(assessment)) return false;
  const cited = risk.fields.carriedEffects;
  return Array.isArray(cited) && cited.some((item) => String(item).trim() === String(number));
}
