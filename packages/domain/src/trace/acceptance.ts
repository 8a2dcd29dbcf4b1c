import { acceptanceDemand } from '../kinds/risk.ts';
import { type Approved, lostApproval } from './approved.ts';
import { hasAuthority } from './authority.ts';
import type { Clock } from './clock.ts';
import type { TraceRecord } from './inputs.ts';
import { byDay } from './order.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { dayOf, textOf } from './read.ts';
import { type UnseenFinding, unseenUnder } from './unseen-findings.ts';

export type Acceptance =
  | {
      readonly state: 'in-force';
      readonly by: string;
      /** RFC 3339: when it was given. */
      readonly at: string;
      readonly until: string | null;
      readonly interim: boolean;
      /** A table of authority said who may bear it; otherwise whoever may approve could have. */
      readonly limited: boolean;
    }
  | { readonly state: 'none' }
  | { readonly state: 'void' | 'withdrawn'; readonly on: string }
  /** Given before the risk carried these findings as they are judged today. */
  | {
      readonly state: 'unseen';
      readonly on: string;
      readonly findings: readonly UnseenFinding[];
    }
  | { readonly state: 'ended'; readonly on: string }
  | { readonly state: 'beyond-authority'; readonly by: string; readonly on: string };

/**
 * How the acceptance of a risk stands. It is the approval of the risk's record: it fits exactly one rating, because
 * a changed rating voids it, and it counts only within the authority held on that day and for the findings that the risk
 * carried, as they were judged then: whoever accepted it saw no other (6.1.3, 6.1.4, 8.3). The line and the statement of
 * applicability ask the same.
 * @param assessments those whose findings the risk carries, others beside them do no harm
 */
export function acceptanceBy(
  organisation: OrganisationFacts,
  clock: Clock,
  risk: TraceRecord,
  standing: Approved | null,
  assessments: readonly TraceRecord[],
): Acceptance {
  if (!standing) {
    const lost = lostApproval(risk);
    if (!lost) return { state: 'none' };
    const state = lost.act === 'void' ? 'void' : 'withdrawn';
    return { state, on: organisation.zone.dayOf(lost.at) };
  }
  const on = organisation.zone.dayOf(standing.at);
  const demand = acceptanceDemand(risk.fields);
  const held = hasAuthority(organisation, { member: standing.by, ...demand, day: on });
  if (held === false) return { state: 'beyond-authority', by: standing.by, on };
  const until = dayOf(risk, 'acceptanceUntil');
  if (until !== null && clock.over(until)) return { state: 'ended', on: until };
  const findings = unseenUnder(risk, { assessments, risks: [] });
  const [first] = findings.map(({ at }) => organisation.zone.dayOf(at)).sort(byDay);
  if (first !== undefined) return { state: 'unseen', on: first, findings };
  return {
    state: 'in-force',
    by: standing.by,
    at: standing.at,
    until,
    interim: textOf(risk, 'acceptanceType') === 'interim',
    limited: held !== null,
  };
}
