import { type Approval, inForce } from '../approvals.ts';
import { type Day, firstDay, lastDay, parseDay } from '../day.ts';
import type { Json } from '../json.ts';
import { type Criteria, canRate, criteriaOf } from './criteria.ts';

/** An approved version of a criteria record that is kept up. */
export type ApprovedCriteria = {
  readonly ref: string;
  readonly number: number;
  readonly version: number;
  readonly fields: Readonly<Record<string, Json>>;
};

/**
 * Versions of a record that were approved, the newest first. A version that becomes valid later leaves the one before in
 * force until then; where the newest approval is gone, nobody vouches for any of them.
 */
export function versionsApproved(acts: readonly Approval[]): number[] {
  const force = inForce(acts);
  if (!force) return [];
  const approved = acts.filter(({ act, version }) => act === 'approve' && version < force.version);
  return [force.version, ...new Set(approved.map(({ version }) => version).sort((a, b) => b - a))];
}

/**
 * The criteria that rate today, of all versions that are approved of records kept up: of each record the newest
 * whose first day has come, and of several records the one that became valid last. `reached` says whether a day has begun.
 */
export function criteriaToday<A extends ApprovedCriteria>(
  approved: readonly A[],
  reached: (day: Day) => boolean,
): (A & { readonly criteria: Criteria }) | null {
  const begun = approved
    .map((one) => ({ ...one, criteria: criteriaOf(one.fields), from: validFrom(one) }))
    .filter(({ from }) => from === null || reached(from));
  const newest = new Map<number, number>();
  for (const { number, version } of begun) newest.set(number, Math.max(version, newest.get(number) ?? 0));
  const found = begun.filter(
    ({ number, version, criteria }) => newest.get(number) === version && canRate(criteria),
  );
  found.sort((a, b) => (b.from ?? '').localeCompare(a.from ?? '') || a.number - b.number);
  return found[0] ?? null;
}

/**
 * The first day that a version of criteria rates: its own, or the day of its approval where another version, or other
 * criteria, were approved before. `null` where neither: the first criteria say nothing about since when.
 * @param at moment of its approval (RFC 3339), and `others` those of every other approved version
 * @param dayOf the organisation's day of a moment
 */
export function ratesFrom(
  criteria: ApprovedCriteria,
  at: string,
  others: readonly string[],
  dayOf: (moment: string) => string,
): Day | null {
  return validFrom(criteria) ?? (others.some((one) => one < at) ? dayOf(at) : null);
}

/**
 * Why a rating is not dated on a day, in words; nothing where it may be. What was rated before the criteria did was read
 * from others, whose steps may mean another thing, and nobody knows which level that was by these (6.1.2).
 * @param name the version of criteria, and `since` the first day that it rates (`ratesFrom`)
 */
export function datedBefore(name: string, since: Day | null, day: Day): string | undefined {
  return since === null || lastDay(day) >= firstDay(since)
    ? undefined
    : `${name} rates from ${since} on. What was rated before was read from other criteria: name the day on which it is read from these.`;
}

function validFrom({ fields }: ApprovedCriteria): Day | null {
  const { validFrom: from } = fields;
  return 'value' in parseDay(from) && typeof from === 'string' ? from : null;
}
