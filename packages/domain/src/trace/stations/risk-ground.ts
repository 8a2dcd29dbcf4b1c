import { rank } from '../../authority.ts';
import { bearers } from '../../risk/criteria.ts';
import { levelField } from '../../risk/rate.ts';
import type { Acceptance } from '../acceptance.ts';
import { lostApproval } from '../approved.ts';
import { approvedOf, type Context, createdOn, found, inverse } from '../context.ts';
import type { TraceRecord } from '../inputs.ts';
import { approve, create, earliest, edit, lack } from '../judge.ts';
import { byDay } from '../order.ts';
import { dayOf, linksOf, textOf } from '../read.ts';
import { label, listed, names, say } from '../say.ts';
import type { Gap } from '../types.ts';

type InForce = Extract<Acceptance, { state: 'in-force' }>;

/** What an acceptance rests on beside its rating: the plans that bring the risk there, and tests that speak against it. */
type Ground = {
  readonly id: string;
  readonly ref: string;
  readonly risk: TraceRecord;
  readonly acceptedOn: string;
  readonly lasting: boolean;
  readonly givenUp: readonly TraceRecord[];
  readonly unapproved: readonly TraceRecord[];
  readonly unfinished: readonly TraceRecord[];
  readonly none: boolean;
  readonly failed: readonly TraceRecord[];
};

/**
 * Acceptances whose ground is gone (6.1.3, 8.3): for good on a level that only treatment leads to, while that was given
 * up, is not approved or not done, or relies on a control whose newest test says that it does not work; for the
 * meantime, while no treatment runs.
 */
export function groundGaps(
  c: Context,
  risks: readonly TraceRecord[],
  of: (record: TraceRecord) => Acceptance,
): (Gap | null)[] {
  const grounds = risks.flatMap((risk) => {
    const acceptance = of(risk);
    return acceptance.state === 'in-force' ? groundOf(c, risk, acceptance) : [];
  });
  const named = (open: readonly Ground[], part: 'givenUp' | 'unapproved' | 'unfinished' | 'failed') => ({
    ...listed(open.map(({ risk }) => risk)),
    ground: names([...new Set(open.flatMap((one) => one[part]))]),
  });
  const planAgain = ({ risk }: Ground) =>
    create(label`Plan treatment of ${risk}`, 'treatment', { system: [c.system.record], risks: [risk] });
  const rateAgain = ({ risk }: Ground) =>
    edit(label`Rate what remains of ${risk}`, risk, 'residualOrganisation');
  const day = (moment: string) => c.organisation.zone.dayOf(moment);
  return [
    lack(grounds, ({ givenUp }) => givenUp.length > 0, {
      say: (open) => say('ri5-given-up', named(open, 'givenUp')),
      since: ({ givenUp }) => earliest(givenUp.map(({ updatedAt }) => day(updatedAt))),
      action: planAgain,
    }),
    lack(grounds, ({ unapproved }) => unapproved.length > 0, {
      say: (open) => say('ri5-unapproved', named(open, 'unapproved')),
      since: ({ unapproved }) =>
        earliest(
          unapproved.map((plan) => {
            const lost = lostApproval(plan);
            return lost ? day(lost.at) : createdOn(c, plan);
          }),
        ),
      action: ({ unapproved: [plan] }) => (plan ? approve(label`Approve ${plan}`, plan) : null),
    }),
    lack(grounds, ({ lasting, unfinished }) => lasting && unfinished.length > 0, {
      say: (open) => say('ri5-unfinished', named(open, 'unfinished')),
      since: ({ acceptedOn }) => acceptedOn,
      action: ({ risk }) => edit(label`Bear ${risk} for the meantime`, risk, 'acceptanceType'),
    }),
    lack(grounds, ({ lasting, none }) => lasting && none, {
      say: (open) => say('ri5-untreated', listed(open.map(({ risk }) => risk))),
      since: ({ acceptedOn }) => acceptedOn,
      action: planAgain,
    }),
    lack(grounds, ({ lasting, failed }) => lasting && failed.length > 0, {
      say: (open) => say('ri5-failed', named(open, 'failed')),
      since: ({ failed }) => earliest(failed.map((test) => dayOf(test, 'testedOn'))),
      action: rateAgain,
    }),
  ];
}

/** Nothing where the acceptance needs no treatment: it stands on the level that there is today. */
function groundOf(c: Context, risk: TraceRecord, acceptance: InForce): Ground | [] {
  const lasting = !acceptance.interim;
  const all = inverse(c, risk, 'treatment', 'risks');
  if (lasting ? !leansOnTreatment(risk) : all.length === 0) return [];
  const live = all.filter(({ state }) => state !== 'given-up');
  const unapproved = live.filter((plan) => approvedOf(c, plan) === null);
  const approved = live.filter((plan) => !unapproved.includes(plan));
  return {
    id: risk.id,
    ref: risk.ref,
    risk,
    acceptedOn: c.organisation.zone.dayOf(acceptance.at),
    lasting,
    givenUp: all.filter(
      (plan) => plan.state === 'given-up' && (live.length === 0 || plan.updatedAt > acceptance.at),
    ),
    unapproved,
    unfinished: approved.filter(({ state }) => state !== 'done'),
    none: all.length === 0,
    failed: approved.flatMap((plan) =>
      found(c, linksOf(approvedOf(c, plan) ?? plan, 'controls')).flatMap((control) =>
        failingTests(c, control),
      ),
    ),
  };
}

/** Whether it was accepted at a lower level than it has today, for one of the three at least. */
function leansOnTreatment(risk: TraceRecord): boolean {
  const pairs = [
    ['currentLevel', 'residualLevel'] as const,
    ...bearers.map((bearer) => [levelField('current', bearer), levelField('residual', bearer)] as const),
  ];
  return pairs.some(([current, residual]) => {
    const [now, after] = [textOf(risk, current), textOf(risk, residual)];
    return now !== null && after !== null && rank(after) < rank(now);
  });
}

/** Tests of a control, here or for all systems, that found that it does not work, and that no later one sets right. */
function failingTests(c: Context, control: TraceRecord): TraceRecord[] {
  const tests = inverse(c, control, 'control-test', 'control').filter(
    ({ state, system }) => state === 'concluded' && (system === null || system === c.system.record.id),
  );
  const of = (test: TraceRecord) => linksOf(test, 'implementation');
  const looksAtBoth = (a: TraceRecord, b: TraceRecord) =>
    of(a).length === 0 || of(b).length === 0 || of(a).some((place) => of(b).includes(place));
  return tests.filter(
    (test) =>
      textOf(test, 'conclusion') === 'not-effective' &&
      !tests.some(
        (later) =>
          textOf(later, 'conclusion') === 'effective' && looksAtBoth(test, later) && comesAfter(later, test),
      ),
  );
}

/** On one day the worse counts, so that a good word does not cover a bad one (see `newestTest`). */
const comesAfter = (later: TraceRecord, test: TraceRecord): boolean =>
  byDay(dayOf(later, 'testedOn'), dayOf(test, 'testedOn')) > 0;
