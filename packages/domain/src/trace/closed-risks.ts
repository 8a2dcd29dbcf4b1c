import type { Acceptance } from './acceptance.ts';
import { type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { lack, step } from './judge.ts';
import { criteriaInForce, needsTreatment } from './rating.ts';
import { acceptanceOf } from './risks.ts';
import { label, listed, say } from './say.ts';
import type { Gap } from './types.ts';

/** Acceptances that somebody with authority gave, whether they stand today or fell after the risk was closed. */
const given: readonly Acceptance['state'][] = ['in-force', 'ended', 'unseen'];

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
      since: (risk) => c.organisation.zone.dayOf(risk.updatedAt),
      action: (risk) => step(label`Open ${risk} again`, risk, 'reopen'),
    },
  );
