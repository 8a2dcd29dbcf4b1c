import { wholeScope } from '@throughline/domain/token-scope.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { demoOffer } from '../../features/demo/ask-demo.ts';
import { readWho } from '../../features/sign-in/who.ts';
import type { Store } from '../../store/store.ts';
import type { Caller } from '../caller.ts';
import { memberWire } from './people.ts';

/** `GET /session`: who asks, for which organisation, with what the frame around every page shows. */
export async function meWire(store: Store, caller: Caller, now: Date): Promise<MeWire> {
  const { actor, by, organisation: id } = caller;
  const who = await readWho(store, caller, by.type === 'session' ? by : undefined, now);
  const { name, slug, timeZone } = who.settings;
  const demo = await store.read(caller, (reader) => demoOffer(reader, actor));
  return {
    member: who.member ? memberWire({ member: who.member, owner: null, provisioned: false }, caller) : null,
    token:
      by.type === 'token' && actor.type === 'token'
        ? { id: by.token, name: by.name, scope: actor.scope ?? wholeScope }
        : null,
    organisation: { id, name, slug, timeZone },
    organisations:
      by.type === 'session'
        ? who.memberships.map((one) => ({ id: one.organisation, name: one.name }))
        : [{ id, name }],
    roles: actor.type === 'person' || actor.type === 'token' ? actor.roles : [],
    preferences: who.preferences,
    log: who.log,
    counts: who.counts,
    ...(demo ? { demo } : {}),
    ...(by.type === 'session' && by.factorDue && !by.presence.secondFactor
      ? { factorDue: by.factorDue.toISOString() }
      : {}),
  };
}
