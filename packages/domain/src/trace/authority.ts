import { meets } from '../authority.ts';
import { atStake } from './at-stake.ts';
import type { Context } from './context.ts';
import type { OrganisationFacts } from './organisation-facts.ts';

/** Whether a person's authority on a day reached a level of a dimension (5.3, 8.3); `null` where nobody was given any. */
export function hasAuthority(
  organisation: OrganisationFacts,
  o: { member: string; dimension: string; level: string | null; day: string },
): boolean | null {
  const person = { member: o.member, roles: organisation.members.get(o.member)?.roles ?? [] };
  return meets(organisation.inputs.authority, person, o, o.day);
}

/**
 * What somebody lacked who let a system, or a use of it, through: authority over that at all on that day, or as far as
 * what is at stake now. A class that rises, or a risk, asks for whoever's authority reaches that.
 */
export function authorityLacking(
  c: Pick<Context, 'organisation' | 'system'>,
  o: { member: string; dimension: string; day: string; use: string | null },
): 'any' | 'level' | null {
  const held = (level: string | null) => hasAuthority(c.organisation, { ...o, level });
  const any = held(null);
  if (any !== true) return any === false ? 'any' : null;
  return held(atStake(c.system.inputs.own, o.use).level) === false ? 'level' : null;
}
