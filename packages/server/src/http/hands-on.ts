import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { notAllowed, notInPlace } from '@throughline/domain/kind-words.ts';
import { alone, canAdminister, canHandOn, whoAdministers } from '@throughline/domain/permissions.ts';
import { rolesInWords } from '@throughline/domain/role-words.ts';
import type { Route } from './route.ts';

/**
 * `hands-on`: it gives rights, or takes away what bounds them, for longer than an absence: it takes a right of one's own
 * and no narrowed token. `bounded`: the same of a person; a token hands out no more than itself (see `createToken`).
 * `never`: it takes away or only shows. A function says it of what was sent.
 */
export type HandsOn = 'hands-on' | 'bounded' | 'never' | ((sent: Sent) => boolean);
type Sent = Readonly<Record<string, unknown>>;

const says =
  (...parts: readonly string[]) =>
  (sent: Sent): boolean =>
    parts.some((part) => part in sent);

/** Of every change that administers the organisation. A test fails for one that is not here. */
export const administration: Readonly<Record<string, HandsOn>> = {
  'POST /members': 'hands-on',
  'POST /service-accounts': 'hands-on',
  'POST /members/:id/invitation': 'hands-on',
  'PATCH /members/:id': (sent) => sent.active === true || says('roles', 'until', 'owner', 'scope')(sent),
  'POST /members/:id/erase': 'never',
  'POST /members/:id/password-reset': 'hands-on',
  'POST /members/:id/factors-reset': 'hands-on',
  'POST /members/:id/vouch': 'hands-on',
  'DELETE /members/:id/sessions': 'never',
  'DELETE /members/:id/sessions/:session': 'never',
  'DELETE /members/:id/outside/:identity': 'never',
  'POST /groups': ({ roles }) => !Array.isArray(roles) || roles.length > 0,
  'PATCH /groups/:id': says('roles', 'members', 'add'),
  'DELETE /groups/:id': 'never',
  'POST /same-persons': 'hands-on',
  'DELETE /same-persons/:id': 'hands-on',
  'POST /tokens': 'bounded',
  'POST /tokens/:id/rotation': 'bounded',
  'DELETE /tokens/:id': 'never',
  'PUT /sign-in-provider': 'hands-on',
  'DELETE /sign-in-provider': 'hands-on',
  'POST /sign-in-provider/test': 'never',
  'PUT /authority': 'hands-on',
  // Name, time zone, calendar, rhythms and structure are everyday work, which a deputy is there for, and are set back by
  // an edit. What is read from outside, how proofs are asked for, and what is destroyed outlast the absence.
  'PATCH /organisation': says('logPublic', 'tokenMaxDays', 'stepUp', 'secondFactor', 'retention'),
  'PUT /classification/rules': 'never',
  'POST /recusals/:id/end': 'hands-on',
  'POST /demo': 'never',
  'DELETE /demo': 'never',
};

/** What stands above of a route; `undefined` where nobody decided it, and then it hands on. */
export const handsOnOf = ({ method, path }: Pick<Route, 'method' | 'path'>): HandsOn | undefined =>
  administration[`${method} ${path}`];

/** Throws `forbidden` for who has the right in another's place alone, `out-of-scope` for a narrowed token. */
export function ensureMayHandOn(
  route: Pick<Route, 'method' | 'path' | 'access'>,
  actor: Actor,
  sent: unknown,
): void {
  const { access, method } = route;
  if (method === 'GET' || access === 'open' || access === 'signed-in') return;
  const rule = handsOnOf(route) ?? 'hands-on';
  const given: Sent = typeof sent === 'object' && sent !== null ? { ...sent } : {};
  if (rule === 'never' || (typeof rule === 'function' && !rule(given))) return;
  if (rule === 'bounded' ? canAdminister(alone(actor), access) : canHandOn(actor, access)) return;
  const who = whoAdministers(access);
  const [code, why] =
    actor.type === 'token'
      ? (['out-of-scope', notAllowed('scope')] as const)
      : (['forbidden', notInPlace] as const);
  throw new DomainError(code, `${why} It is for: ${rolesInWords(who)}.`, [], { who });
}
