import { meets } from '../authority.ts';
import type { OrganisationFacts } from './organisation-facts.ts';

/** Whether a person's authority on a day reached a level of a dimension (5.3, 8.3); `null` where nobody was given any. */
export function hasAuthority(
  organisation: OrganisationFacts,
  o: { member: string; dimension: string; level: string | null; day: string },
): boolean | null {
  const person = { member: o.member, roles: organisation.members.get(o.member)?.roles ?? [] };
  return meets(organisation.inputs.authority, person, o, o.day);
}
