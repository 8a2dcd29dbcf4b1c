import type { Actor } from '@throughline/domain/actor.ts';
import { notAllowed, notInPlace } from '@throughline/domain/kind-words.ts';
import { isOpened, openedWords } from '@throughline/domain/opened-account.ts';
import {
  administersInOwnRight,
  canAdminister,
  canHandOn,
  type OrganisationAct,
  scopeRefusesOrganisation,
  whoAdministers,
} from '@throughline/domain/permissions.ts';
import type { AbilityWire } from '@throughline/domain/wire.ts';
import { whoAdministersHere } from '../../records/who-could.ts';
import type { Services } from '../../services.ts';
import type { Caller } from '../caller.ts';

/** Whether somebody may do something to the organisation itself; a no names the roles that could. */
export function administers(actor: Actor, act: OrganisationAct): AbilityWire {
  if (canAdminister(actor, act))
    return isOpened(actor) && act !== 'log'
      ? { allowed: false, reason: openedWords, who: whoAdministers('members') }
      : { allowed: true };
  const by = scopeRefusesOrganisation(actor, act) ? 'scope' : 'roles';
  return { allowed: false, reason: notAllowed(by), who: whoAdministers(act) };
}

/** The same of what hands on rights, which nobody does in another's place and no narrowed token does. */
export function handsOn(actor: Actor, act: OrganisationAct): AbilityWire {
  if (!canAdminister(actor, act) || canHandOn(actor, act)) return administers(actor, act);
  return {
    allowed: false,
    reason: actor.type === 'token' ? notAllowed('scope') : notInPlace,
    who: whoAdministers(act),
  };
}

/** The same of what is not undone or outlasts an absence, which nobody does in another's place. */
export function lasts(actor: Actor, act: OrganisationAct): AbilityWire {
  if (!canAdminister(actor, act) || administersInOwnRight(actor, act)) return administers(actor, act);
  return { allowed: false, reason: notInPlace, who: whoAdministers(act) };
}

/** One of these, where a no names the people too, as far as names may be told. */
export async function administersNamed(
  services: Services,
  caller: Caller,
  act: OrganisationAct,
  asked: typeof administers = administers,
): Promise<AbilityWire> {
  const ability = asked(caller.actor, act);
  if (ability.allowed) return ability;
  const could = (actor: Actor) => asked(actor, act).allowed;
  const people = await services.store.read(caller, (reader) =>
    whoAdministersHere(reader, caller.actor, { roles: whoAdministers(act), could }, services.clock()),
  );
  return people ? { ...ability, people } : ability;
}
