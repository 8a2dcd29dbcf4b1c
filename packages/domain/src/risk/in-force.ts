import { type Day, parseDay } from '../day.ts';
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
 * The criteria that rate today, of all that are approved and kept up: whole ones whose first day has come, and of
 * several those that became valid last. `reached` says whether a day has begun.
 */
export function criteriaToday<A extends ApprovedCriteria>(
  approved: readonly A[],
  reached: (day: Day) => boolean,
): (A & { readonly criteria: Criteria }) | null {
  const found = approved
    .map((one) => ({ ...one, criteria: criteriaOf(one.fields), from: validFrom(one) }))
    .filter(({ criteria, from }) => canRate(criteria) && (from === null || reached(from)));
  found.sort((a, b) => (b.from ?? '').localeCompare(a.from ?? '') || a.number - b.number);
  return found[0] ?? null;
}

function validFrom({ fields }: ApprovedCriteria): Day | null {
  const { validFrom: from } = fields;
  return 'value' in parseDay(from) && typeof from === 'string' ? from : null;
}
