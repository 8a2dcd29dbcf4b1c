import type { Actor } from '@throughline/domain/actor.ts';
import { canAdminister, type OrganisationAct, roles } from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';

/** The roles that could do it: what a refusal names. */
export function whoAdministers(act: OrganisationAct): readonly string[] {
  return roles.filter((role) => canAdminister({ type: 'token', token: '', roles: [role] }, act));
}

export function administers(actor: Actor, act: OrganisationAct): AbilityWire {
  if (canAdminister(actor, act)) return { allowed: true };
  return { allowed: false, reason: 'Your roles do not allow this.', who: whoAdministers(act) };
}
