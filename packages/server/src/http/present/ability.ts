import { notAllowed } from '@throughline/domain/kind-words.ts';
import {
  canAdminister,
  type OrganisationAct,
  scopeRefusesOrganisation,
  whoAdministers,
} from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import { whoAdministersHere } from '../../records/who-could.ts';
import type { Services } from '../../services.ts';
import type { Caller } from '../caller.ts';

/** Whether the caller may do something to the organisation itself; a no names who could, by name where names may be told. */
export async function administers(
  services: Services,
  caller: Caller,
  act: OrganisationAct,
): Promise<AbilityWire> {
  const { actor } = caller;
  if (canAdminister(actor, act)) return { allowed: true };
  const by = scopeRefusesOrganisation(actor, act) ? 'scope' : 'roles';
  const people = await services.store.read(caller, (reader) =>
    whoAdministersHere(reader, actor, act, services.clock()),
  );
  return {
    allowed: false,
    reason: notAllowed(by),
    who: whoAdministers(act),
    ...(people ? { people } : {}),
  };
}
