import { registry } from '../kinds/all.ts';
import type { Approved } from './approved.ts';
import { approvedOf, type Context, ownOf } from './context.ts';
import type { TraceRecord } from './inputs.ts';
import { approve, gapsOr, lack, step } from './judge.ts';
import type { OrganisationFacts } from './organisation-facts.ts';
import { label, listed, say } from './say.ts';
import type { Judgement } from './types.ts';

/**
 * Whether another person approved than who wrote it or put it forward, whatever accounts they act by; `waived` where it
 * was one of those while a waiver in writing stood. What was approved under a waiver stands after its end.
 */
export function approvedOwn(
  organisation: Pick<OrganisationFacts, 'samePerson' | 'waiverAt'>,
  approval: Pick<Approved, 'by' | 'onBehalfOf' | 'at' | 'madeBy'>,
  author: string | null = null,
): 'another' | 'own' | 'waived' {
  const { by, onBehalfOf, madeBy, at } = approval;
  const gave = onBehalfOf === null ? [by] : [by, onBehalfOf];
  const made = author === null ? madeBy : [...madeBy, author];
  if (!made.some((one) => gave.some((giver) => organisation.samePerson(giver, one)))) return 'another';
  return organisation.waiverAt(at) ? 'waived' : 'own';
}

/** The rule of a station that asks for an approval of each kind, where that of one's own work is a gap (5.3). */
export const approvingRules: Readonly<Record<string, readonly string[]>> = {
  PO1: ['document'],
  UC2: ['use-case'],
  CL5: ['classification'],
  IM1: ['impact-assessment'],
  RI4: ['treatment'],
  RI5: ['risk'],
  RE2: ['gate'],
  RE3: ['verification'],
  RE4: ['requirement-spec', 'design-record'],
  RE6: ['regulatory-file'],
  IN1: ['system-card'],
  OP3: ['log-plan'],
};

/** The judgement of a rule, with a gap for approvals that turned out to be of one's own work. */
export function withOwnApprovals(c: Context, rule: string, judgement: Judgement): Judgement {
  const kinds = approvingRules[rule];
  if (kinds === undefined || c.organisation.inputs.samePersons.length === 0) return judgement;
  const records = kinds.flatMap((kind) => ownOf(c, kind));
  const own = lack(records, (record) => isOwnWork(record, approvedOf(c, record), c.organisation), {
    say: (open) => say('approved-own', listed(open)),
    since: (record) => c.organisation.zone.dayOf(approvedOf(c, record)?.at ?? record.createdAt),
    action: (record) =>
      record.kind === 'gate'
        ? step(label`Ask again for ${record}`, record, 'askAgain')
        : approve(label`Approve ${record} again`, record),
  });
  if (own === null) return judgement;
  return gapsOr([...(judgement.verdict === 'gap' ? judgement.gaps : []), own], judgement);
}

/** Whether what stands approved of a record, and is not over, is the work of whoever approved it. */
export function isOwnWork(
  record: TraceRecord,
  approved: Approved | null,
  organisation: Pick<OrganisationFacts, 'samePerson' | 'waiverAt'>,
): boolean {
  const over = registry.find(record.kind)?.lifecycle.states[record.state]?.ended === true;
  return !over && approved !== null && approvedOwn(organisation, approved) === 'own';
}
