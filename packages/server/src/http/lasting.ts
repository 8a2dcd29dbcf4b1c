import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { notAllowed, notInPlace } from '@throughline/domain/kind-words.ts';
import {
  administersInOwnRight,
  canAdminister,
  canHandOn,
  type OrganisationAct,
  whoAdministers,
} from '@throughline/domain/permissions.ts';
import { rolesInWords } from '@throughline/domain/role-words.ts';
import { whoAdministersHere } from '../records/who-could.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import type { Route } from './route.ts';

/**
 * A deputy keeps daily work going; what cannot be undone or outlasts the absence is the own of whoever is away.
 * `hands-on`: it gives rights, or takes away what bounds them: it takes a right of one's own, and no narrowed token.
 * `lasting`: a right of one's own alone. A token that does it reaches no further than itself (see `createToken`).
 * `daily`: whoever has the right, also in another's place. A function says it of what was sent.
 */
export type Weight = 'hands-on' | 'lasting' | 'daily';
type Weighs = Weight | ((sent: Sent) => Weight);
type Sent = Readonly<Record<string, unknown>>;

const says = (sent: Sent, ...parts: readonly string[]): boolean => parts.some((part) => part in sent);

/** Of every change that administers the organisation. A test fails for one that is not here. */
export const administration: Readonly<Record<string, Weighs>> = {
  'POST /members': 'hands-on',
  'POST /service-accounts': 'hands-on',
  'POST /members/:id/invitation': 'hands-on',
  'PATCH /members/:id': (sent) => {
    if (sent.active === true || says(sent, 'roles', 'until', 'owner', 'scope')) return 'hands-on';
    return says(sent, 'active') ? 'lasting' : 'daily';
  },
  'POST /members/:id/erase': 'lasting',
  'POST /members/:id/password-reset': 'hands-on',
  'POST /members/:id/factors-reset': 'hands-on',
  'POST /members/:id/vouch': 'hands-on',
  'DELETE /members/:id/sessions': 'lasting',
  'DELETE /members/:id/sessions/:session': 'lasting',
  'DELETE /members/:id/outside/:identity': 'lasting',
  'POST /groups': ({ roles }) => (!Array.isArray(roles) || roles.length > 0 ? 'hands-on' : 'daily'),
  'PATCH /groups/:id': (sent) => {
    if (says(sent, 'roles', 'members', 'add')) return 'hands-on';
    return says(sent, 'remove') ? 'lasting' : 'daily';
  },
  'DELETE /groups/:id': 'lasting',
  'POST /same-persons': 'hands-on',
  'POST /same-persons/:id/end': 'hands-on',
  'POST /tokens': 'lasting',
  'POST /tokens/:id/rotation': 'lasting',
  'DELETE /tokens/:id': 'lasting',
  'PUT /sign-in-provider': 'hands-on',
  'DELETE /sign-in-provider': 'hands-on',
  'POST /sign-in-provider/test': 'daily',
  'PUT /authority': 'hands-on',
  // Name, time zone, calendar, rhythms and structure are everyday work, which a deputy is there for, and are set back by
  // an edit. What is read from outside, how proofs are asked for, and what is destroyed outlast the absence.
  'PATCH /organisation': (sent) =>
    says(sent, 'logPublic', 'tokenMaxDays', 'stepUp', 'secondFactor', 'retention') ? 'hands-on' : 'daily',
  'PUT /classification/rules': 'lasting',
  'POST /recusals/:id/end': 'hands-on',
  'POST /demo': 'lasting',
  'DELETE /demo': 'lasting',
};

/** What stands above of a route; `undefined` where nobody decided it, and then it hands on. */
export const weightOf = ({ method, path }: Pick<Route, 'method' | 'path'>): Weighs | undefined =>
  administration[`${method} ${path}`];

/** Whether somebody may do on the organisation what weighs so, beside having the right to it at all. */
const mayWeigh: Readonly<Record<Weight, (actor: Actor, act: OrganisationAct) => boolean>> = {
  'hands-on': canHandOn,
  lasting: administersInOwnRight,
  daily: canAdminister,
};

/** What refuses: the act, how it weighs, and why. */
export type Heavier = {
  readonly act: OrganisationAct;
  readonly code: 'forbidden' | 'out-of-scope';
  readonly why: string;
  readonly could: (actor: Actor) => boolean;
};

/** Why somebody who has the right may not do this: they have it in another's place alone, or by a narrowed token. */
export function heavierThan(
  route: Pick<Route, 'method' | 'path' | 'access'>,
  actor: Actor,
  sent: unknown,
): Heavier | undefined {
  const { access: act, method } = route;
  if (method === 'GET' || act === 'open' || act === 'signed-in') return undefined;
  const weighs = weightOf(route) ?? 'hands-on';
  const given: Sent = typeof sent === 'object' && sent !== null ? { ...sent } : {};
  const weight = typeof weighs === 'function' ? weighs(given) : weighs;
  const could = (one: Actor) => mayWeigh[weight](one, act);
  if (could(actor)) return undefined;
  return actor.type === 'token'
    ? { act, could, code: 'out-of-scope', why: notAllowed('scope') }
    : { act, could, code: 'forbidden', why: notInPlace };
}

/** Throws `forbidden` or `out-of-scope` for what `heavierThan` says, with who could. */
export async function ensureMayLast(
  store: Store,
  route: Pick<Route, 'method' | 'path' | 'access'>,
  caller: Caller,
  sent: unknown,
  now: Date,
): Promise<void> {
  const { actor } = caller;
  const heavier = heavierThan(route, actor, sent);
  if (!heavier) return;
  const who = whoAdministers(heavier.act);
  const people = await store.read(caller, (reader) =>
    whoAdministersHere(reader, actor, { roles: who, could: heavier.could }, now),
  );
  throw new DomainError(heavier.code, `${heavier.why} It is for: ${rolesInWords(who)}.`, [], {
    who,
    ...(people ? { people } : {}),
  });
}
