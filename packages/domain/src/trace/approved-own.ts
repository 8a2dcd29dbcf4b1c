import type { Approved } from './approved.ts';
import type { OrganisationFacts } from './organisation-facts.ts';

/**
 * Whether another person approved than the author, whatever accounts they act by; `waived` where it was the author while
 * a waiver in writing stood. What was approved under a waiver stands after its end.
 */
export function approvedOwn(
  organisation: Pick<OrganisationFacts, 'samePerson' | 'waiverAt'>,
  approval: Pick<Approved, 'by' | 'at'>,
  author: string,
): 'another' | 'own' | 'waived' {
  if (!organisation.samePerson(approval.by, author)) return 'another';
  return organisation.waiverAt(approval.at) ? 'waived' : 'own';
}
