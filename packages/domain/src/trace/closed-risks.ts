import type { Deed } from '../duties.ts';
import { bearers } from '../risk/criteria.ts';
import { levelField } from '../risk/rate.ts';
import type { Acceptance } from './acceptance.ts';
import { carries, significantFindings } from './assessments.ts';
import { type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { lack, step } from './judge.ts';
import { criteriaInForce, needsTreatment } from './rating.ts';
import { acceptanceOf } from './risks.ts';
import { label, listed, say } from './say.ts';
import type { Gap } from './types.ts';

/** Acceptances that somebody with authority gave, whether they stand today or fell after the risk was closed. */
const given: readonly Acceptance['state'][] = ['in-force', 'ended'];

/**
 * Whether a risk stands above what is borne without treatment (6.1.2) and nobody with authority accepts it today (8.3). It
 * is closed only once it was rated within that, or accepted: a closing note is nobody's decision to bear it.
 */
export const isUnborne = (c: Context, risk: TraceRecord): boolean =>
  needsTreatment(criteriaInForce(c), risk) === true && acceptanceOf(c, risk).state !== 'in-force';

/** The same of one that is closed: an acceptance that ran out since was given. */
export const isClosedUnborne = (c: Context, risk: TraceRecord): boolean =>
  isUnborne(c, risk) && !given.includes(acceptanceOf(c, risk).state);

/** Risks that were closed so, or brought in so. */
export const closedUnborne = (c: Context): Gap | null =>
  lack(
    ownOf(c, 'risk').filter(({ state }) => state === 'closed'),
    (risk) => isClosedUnborne(c, risk),
    {
      say: (open) => say('ri4-closed', listed(open)),
      since: (risk) => c.organisation.zone.dayOf(risk.closedAt ?? risk.updatedAt),
      action: (risk) => step(label`Open ${risk} again`, risk, 'reopen'),
    },
  );

/** A version of a risk, and whose it is; what an erased one said nobody knows. */
export type RiskVersion = {
  readonly fields: TraceRecord['fields'] | null;
  readonly changed: readonly string[];
  readonly by: Deed;
};

/** Where a risk stands, up to where it is borne, and by which findings it is measured. */
const weighing: readonly string[] = [
  ...(['current', 'target'] as const).flatMap((point) => bearers.map((bearer) => levelField(point, bearer))),
  'targetLevel',
  'carries',
  'carriedEffects',
];

/**
 * Who brought a risk within what is borne since it last stood above that, or rated it there from the beginning while it
 * carries a significant finding: none of them closes it alone, because their word would be the only one (6.1.2, 8.3). Nobody
 * is named where somebody with authority accepts it, or nothing was ever at stake.
 * @param versions oldest first
 */
export function ratedWithin(
  c: Context,
  risk: TraceRecord,
  versions: readonly RiskVersion[],
): { readonly since: 'above' | 'found'; readonly by: readonly Deed[] } | null {
  if (acceptanceOf(c, risk).state === 'in-force') return null;
  const criteria = criteriaInForce(c);
  const above = versions.findLastIndex(
    ({ fields }) => fields !== null && needsTreatment(criteria, { ...risk, fields }) === true,
  );
  const found = significantFindings(c).some(({ assessment, number }) => carries(risk, assessment.id, number));
  if (above === -1 && !found) return null;
  const since = versions
    .slice(above + 1)
    .filter(({ changed }) => weighing.some((part) => changed.includes(part)));
  return { since: above === -1 ? 'found' : 'above', by: since.map(({ by }) => by) };
}
