import { actingPerson } from '@throughline/domain/acting.ts';
import type { Actor } from '@throughline/domain/actor.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Presence } from '@throughline/domain/factors.ts';
import { factorDueAt, readSecondFactor } from '@throughline/domain/second-factor.ts';
import { readTokenScope } from '@throughline/domain/token-reach.ts';
import { powersIn } from '../../store/powers.ts';
import { secretHash } from '../../store/secret.ts';
import { sessionOf, touchSession } from '../../store/sessions.ts';
import type { Store } from '../../store/store.ts';
import { tokenActor, tokenOf, touchToken } from '../../store/tokens.ts';
import { sessionLimits, sessionTouchMs, tokenTouchMs } from './limits.ts';
import { isOver } from './memberships.ts';

export type IdentityServices = { readonly store: Store; readonly clock: () => Date };

export type SessionIdentity = {
  readonly organisation: string;
  readonly actor: Extract<Actor, { type: 'person' }>;
  readonly by: {
    readonly type: 'session';
    readonly session: string;
    readonly person: string;
    readonly member: string;
    readonly presence: Presence;
    /** When the organisation demands a second factor of this person; `null` where it does not, or a provider vouches for them. */
    readonly factorDue: Date | null;
  };
};

/** Who a session's token stands for; `null` when it ended, ran out, or the member left. */
export async function identifySession(
  services: IdentityServices,
  token: string,
): Promise<SessionIdentity | null> {
  const now = services.clock();
  const session = await sessionOf(services.store, secretHash(token));
  if (!session?.active || session.expires_at <= now) return null;
  if (isOver(session.left_on, now)) return null;
  const { member, roles, left_on: until } = session;
  const acting = actingPerson({ member, roles, until }, powersIn(session), dayIn(now, session.time_zone));
  const actor = session.opened_by === null ? acting : { ...acting, openedBy: session.opened_by };
  if (now.getTime() - session.seen_at.getTime() > sessionTouchMs) {
    const ctx = { organisation: session.organisation, actor, at: now, because: null, request: null };
    await services.store.change(ctx, (write) => touchSession(write, session.id, sessionLimits));
  }
  const by = {
    type: 'session',
    session: session.id,
    person: session.person,
    member: session.member,
    presence: {
      provedAt: session.proved_at,
      secondFactor: session.second_factor,
      own: session.own_proof,
      unproved: !session.own_proof && session.linked_alone,
    },
    factorDue: session.own_proof
      ? factorDueAt(readSecondFactor(session.factor_rule), rolesUsed(actor), session.joined_at)
      : null,
  } as const;
  return { organisation: session.organisation, actor, by };
}

/** Every role that a person acts with, in whoever's place: a deputy decides as much as whoever is away. */
const rolesUsed = ({ roles, standsFor = [] }: SessionIdentity['actor']) => [
  ...roles,
  ...standsFor.flatMap((absent) => absent.roles),
];

const isPast = (moment: Date | null, now: Date): boolean => moment !== null && moment <= now;

export type TokenIdentity = {
  readonly organisation: string;
  readonly actor: Extract<Actor, { type: 'token' }>;
  readonly by: { readonly type: 'token'; readonly token: string; readonly name: string };
};

/** Who an API token stands for; `null` when it or its account ended, or the secret was replaced and its grace is over. */
export async function identifyToken(services: IdentityServices, text: string): Promise<TokenIdentity | null> {
  const now = services.clock();
  const token = await tokenOf(services.store, secretHash(text));
  if (!token || isPast(token.expires_at, now) || isPast(token.secret_until, now)) return null;
  // A service account that ended takes its tokens with it, whatever their rows say.
  if (token.service_active === false || isOver(token.service_until, now)) return null;
  // One that provisions goes on: it may be the one that takes its maker away, and the others after them.
  const provisioning = readTokenScope(token.scope).acts === 'provisioning';
  if (!provisioning && token.makers.some(({ active, until }) => !active || isOver(until, now))) return null;
  const actor = tokenActor(token);
  if (token.used_at === null || now.getTime() - token.used_at.getTime() > tokenTouchMs) {
    const ctx = { organisation: token.organisation, actor, at: now, because: null, request: null };
    await services.store.change(ctx, (write) => touchToken(write, token.id));
  }
  return {
    organisation: token.organisation,
    actor,
    by: { type: 'token', token: token.id, name: token.name },
  };
}
