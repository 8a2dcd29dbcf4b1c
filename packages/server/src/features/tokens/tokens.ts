import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound, unprocessable } from '@throughline/domain/errors.ts';
import { knownRoles, type Role } from '@throughline/domain/permissions.ts';
import { rolesBeyond } from '@throughline/domain/raising.ts';
import { graceEnd, tokenEnd } from '@throughline/domain/token-life.ts';
import { scopeWithin } from '@throughline/domain/token-reach.ts';
import { personsBehind, type TokenScope, wholeScope } from '@throughline/domain/token-scope.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { findMember, type StoredMember } from '../../store/members.ts';
import { organisationSettings } from '../../store/organisations.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import { actorNames } from '../../store/records.ts';
import { newSecret } from '../../store/secret.ts';
import {
  addToken,
  lockToken,
  revokeToken,
  rotateToken,
  type StoredToken,
  tokensOf,
} from '../../store/tokens.ts';
import type { Write } from '../../store/write.ts';

/** Secrets begin with this, so that scanners of repositories and logs can find one that leaked. */
export const tokenPrefix = 'tl_';

export type NewToken = {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly scope: TokenScope;
  /** The service account that it belongs to. */
  readonly service: string | null;
  /** The usual end where nobody says one. */
  readonly expiresAt: Date | undefined;
};

/** A token with the names of its account and of the people behind it. */
export type ShownToken = { readonly token: StoredToken; readonly names: ReadonlyMap<string, string> };
export type Issued = ShownToken & { readonly secret: string };

/**
 * Makes an API token. The secret is in this answer and nowhere else. A token makes only what reaches no further than
 * itself, a person one of no account with no role that they do not have. Throws `unprocessable` for an end or an account
 * that cannot be, `out-of-scope` for what would reach further, `forbidden` for a role that is not theirs.
 */
export async function createToken(services: Services, ctx: Context, input: NewToken): Promise<Issued> {
  ensureKnownKinds(services, input.scope);
  ensureRoles(input);
  ensureHandsOut(ctx.actor, input);
  const secret = newSecret(tokenPrefix);
  const id = newId(ctx.at.getTime());
  return services.store.change(ctx, async (write) => {
    const expiresAt = await endOf(write, input.expiresAt);
    if (input.service !== null) ensureAccount(await findMember(write, input.service), input.roles);
    const behind = personsBehind(ctx.actor);
    const createdBy = actorRef(ctx.actor).id;
    await addToken(write, { ...input, id, hash: secret.hash, behind, createdBy, expiresAt });
    return { ...(await shown(write, id)), secret: secret.text };
  });
}

export type Rotation = {
  /** How long the secret before still works, in hours. */
  readonly graceHours: number;
  /** Another end; the one that it has stays, unless it never ended. */
  readonly expiresAt: Date | undefined;
};

/**
 * Gives a token another secret, which is in this answer alone. One that ended stays ended. Whoever gets the secret stands
 * behind what is done with it.
 */
export async function renewToken(
  services: Services,
  ctx: Context,
  id: string,
  { graceHours, expiresAt }: Rotation,
): Promise<Issued> {
  const secret = newSecret(tokenPrefix);
  return services.store.change(ctx, async (write) => {
    const before = await lockToken(write, id);
    if (!before) throw notFound();
    ensureHandsOut(ctx.actor, before);
    if (before.revokedAt !== null || (before.expiresAt !== null && before.expiresAt <= ctx.at))
      throw new DomainError('conflict', 'This token ended. Make another one.');
    const end =
      expiresAt === undefined && before.expiresAt !== null ? before.expiresAt : await endOf(write, expiresAt);
    const previousUntil = graceEnd(graceHours, ctx.at, end);
    const behind = personsBehind(ctx.actor);
    await rotateToken(write, id, { hash: secret.hash, previousUntil, expiresAt: end, behind });
    return { ...(await shown(write, id)), secret: secret.text };
  });
}

/** Ends a token at once, with both its secrets. */
export async function endToken(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    if (await revokeToken(write, id)) return;
    const [known] = await tokensOf(write, id);
    if (!known) throw notFound();
  });
}

/** All tokens, newest first; without their secrets, which nobody has. */
export async function listTokens(
  services: Services,
  who: Asker,
): Promise<{ readonly tokens: StoredToken[]; readonly names: ReadonlyMap<string, string> }> {
  return services.store.read(who, async (reader) => {
    const tokens = await tokensOf(reader);
    return { tokens, names: await namesOf(reader, tokens) };
  });
}

export async function findToken(services: Services, who: Asker, id: string): Promise<ShownToken | undefined> {
  return services.store.read(who, async (reader) => {
    const [token] = await tokensOf(reader, id);
    return token && { token, names: await namesOf(reader, [token]) };
  });
}

async function shown(reader: Reader, id: string): Promise<ShownToken> {
  const [token] = await tokensOf(reader, id);
  if (!token) throw notFound();
  return { token, names: await namesOf(reader, [token]) };
}

async function namesOf(reader: Reader, tokens: readonly StoredToken[]): Promise<Map<string, string>> {
  return actorNames(
    reader,
    tokens.flatMap(({ service, behind }) => (service === null ? behind : [service, ...behind])),
  );
}

async function endOf(write: Write, asked: Date | undefined): Promise<Date> {
  const { tokenMaxDays } = await organisationSettings(write);
  const given = tokenEnd(asked, write.ctx.at, tokenMaxDays);
  if ('problem' in given) throw unprocessable([{ at: 'expiresAt', message: given.problem }]);
  return given.end;
}

function ensureAccount(account: StoredMember | undefined, roles: readonly Role[]): void {
  if (account?.type !== 'service' || !account.active)
    throw unprocessable([{ at: 'service', message: 'There is no such service account, or it ended.' }]);
  const more = roles.filter((role) => !account.roles.includes(role));
  if (more.length > 0)
    throw unprocessable([
      { at: 'roles', message: `The service account does not have these roles: ${more.join(', ')}.` },
    ]);
}

/** A token for provisioning has no role and no kinds: it opens the addresses of provisioning and nothing else. */
function ensureRoles({ roles, scope }: NewToken): void {
  if (scope.acts !== 'provisioning') {
    if (roles.length === 0) throw unprocessable([{ at: 'roles', message: 'At least 1.' }]);
    return;
  }
  if (roles.length > 0)
    throw unprocessable([{ at: 'roles', message: 'A token for provisioning has no role: leave them out.' }]);
  if (scope.kinds !== 'all')
    throw unprocessable([
      { at: 'scope.kinds', message: 'A token for provisioning is of no kind of record.' },
    ]);
}

function ensureKnownKinds(services: Services, { kinds }: TokenScope): void {
  if (kinds === 'all') return;
  const unknown = kinds.filter((kind) => !services.registry.kinds.some(({ name }) => name === kind));
  if (unknown.length > 0)
    throw unprocessable(
      unknown.map((kind) => ({ at: 'scope.kinds', message: `There is no kind "${kind.slice(0, 60)}".` })),
    );
}

type Reach = {
  readonly roles: readonly string[];
  readonly scope: TokenScope;
  readonly service: string | null;
};
/** Why somebody gets no secret of a token, and the roles that could. */
export type HandsOutObstacle = {
  readonly code: 'forbidden' | 'out-of-scope';
  readonly message: string;
  readonly who: readonly Role[];
};

/**
 * Whoever holds a secret may what its token may, so nobody gets by one a role that they do not have: that would raise them
 * by one hand (5.3). What a service account may was given by whoever has it, or by two hands. What a token hands out, a
 * new one or another's new secret, reaches no further than itself.
 */
export function handsOutObstacle(
  actor: Actor,
  { roles, scope, service }: Reach,
): HandsOutObstacle | undefined {
  if (actor.type === 'token') {
    const held: readonly string[] = actor.roles;
    const within = roles.every((role) => held.includes(role));
    if (within && scopeWithin(scope, actor.scope ?? wholeScope)) return undefined;
    return {
      code: 'out-of-scope',
      message: 'A token hands out nothing that reaches further than itself.',
      who: [],
    };
  }
  if (actor.type !== 'person' || service !== null) return undefined;
  const more = rolesBeyond(actor.roles, knownRoles(roles));
  if (more.length === 0) return undefined;
  const message = `You do not have these roles yourself, so a token in your hands has none of them: ${more.join(', ')}. Make it of a service account that has them.`;
  return { code: 'forbidden', message, who: more };
}

function ensureHandsOut(actor: Actor, token: Reach): void {
  const obstacle = handsOutObstacle(actor, token);
  if (!obstacle) return;
  const { code, message, who } = obstacle;
  if (code === 'out-of-scope') throw new DomainError(code, message);
  throw new DomainError(code, message, [{ at: 'roles', message }], { who });
}
