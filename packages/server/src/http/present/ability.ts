import type { Actor } from '@throughline/domain/actor.ts';
import { notAllowed } from '@throughline/domain/kind-words.ts';
import {
  canAdminister,
  type OrganisationAct,
  scopeRefusesOrganisation,
  whoAdministers,
} from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';

export function administers(actor: Actor, act: OrganisationAct): AbilityWire {
  if (canAdminister(actor, act)) return { allowed: true };
  const by = scopeRefusesOrganisation(actor, act) ? 'scope' : 'roles';
  return { allowed: false, reason: notAllowed(by), who: whoAdministers(act) };
}
