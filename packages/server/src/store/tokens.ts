import type { Actor } from '@throughline/domain/actor.ts';
import { knownRoles, whoAdministers } from '@throughline/domain/permissions.ts';
import { readTokenScope } from '@throughline/domain/token-reach.ts';
import { rolesStillGiven, type TokenScope } from '@throughline/domain/token-scope.ts';
import type { Selectable } from 'kysely';
import { tokenContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Reader } from './reader.ts';
import type { Store } from './store.ts';
import type { TokenTable } from './token-table.ts';
import type { Write } from './write.ts';

/** What decides of a token who acts by it and what it reaches. */
export type TokenRights = {
  readonly id: string;
  readonly roles: readonly string[];
  readonly scope: unknown;
  readonly behind: readonly string[];
  readonly service: string | null;
  /** Of the service account that it belongs to; `null` where it belongs to none. */
  readonly service_roles: readonly string[] | null;
  readonly service_owner: string | null;
  /** The members behind a token of no account, with the roles that they have now; empty for one of an account. */
  readonly makers: readonly {
    readonly active: boolean;
    readonly until: string | null;
    readonly roles: readonly string[];
  }[];
};

/** An API token that was not revoked, found by one of its secrets. */
export type TokenCheck = TokenRights & {
  readonly organisation: string;
  readonly name: string;
  readonly expires_at: Date | null;
  readonly used_at: Date | null;
  /** Until when the secret that was sent is good: the token's end, or the grace of a secret that was replaced. */
  readonly secret_until: Date | null;
  readonly service_active: boolean | null;
  /** Last day (YYYY-MM-DD) of the service account. */
  readonly service_until: string | null;
};

/** Finds a token by the hash of a secret: one statement, one round trip. */
export async function tokenOf(store: Store, hash: Buffer): Promise<TokenCheck | undefined> {
  const result = await store.app.query<TokenCheck>({
    name: 'token-of',
    text: 'select t.*, makers_of(t.organisation, t.id) as makers from token_of($1) t',
    values: [hash],
  });
  return result.rows[0];
}

/** Who acts by a token: its roles, those of its account at most, its scope, and the persons behind it. */
export function tokenActor(token: TokenRights): Extract<Actor, { type: 'token' }> {
  const account = token.service_roles;
  const held = knownRoles(token.roles);
  return {
    type: 'token',
    token: token.id,
    roles:
      token.service === null
        ? rolesStillGiven(held, token.makers, whoAdministers('tokens'))
        : held.filter((role) => account?.includes(role)),
    scope: readTokenScope(token.scope),
    ...(token.service === null ? {} : { service: token.service }),
    behind: [...new Set([...token.behind, ...(token.service_owner === null ? [] : [token.service_owner])])],
  };
}

/** The actor of a token by its id, with what it may now; nobody who may anything once it was revoked or its account ended. */
export async function tokenActorById(reader: Reader, id: string): Promise<Extract<Actor, { type: 'token' }>> {
  const [row] = await reader.run<TokenRights & { works: boolean }>({
    name: 'token-rights',
    text: `select t.id, t.roles, t.scope, t.behind, t.service, m.roles as service_roles, m.owner as service_owner,
        makers_of(t.organisation, t.id) as makers,
        t.revoked_at is null and coalesce(m.active, t.service is null) as works
      from token t left join member m on m.organisation = t.organisation and m.id = t.service
      where t.organisation = $1 and t.id = $2`,
    values: [reader.organisation, id],
  });
  return row?.works ? tokenActor(row) : { type: 'token', token: id, roles: [] };
}

/** Members who stand behind tokens, by token: what is done by one of these counts as done by them. */
export async function behindTokens(
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, readonly string[]>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.run<{ id: string; behind: string[]; owner: string | null }>({
    name: 'behind-tokens',
    text: `select t.id, t.behind, m.owner from token t
      left join member m on m.organisation = t.organisation and m.id = t.service
      where t.organisation = $1 and t.id = any($2::uuid[])`,
    values: [reader.organisation, [...new Set(ids)]],
  });
  return new Map(
    rows.map(({ id, behind, owner }) => [id, [...new Set(owner === null ? behind : [...behind, owner])]]),
  );
}

/** Notes the last use; bookkeeping of the door, so without an entry. */
export async function touchToken(write: Write, id: string): Promise<void> {
  await write.db
    .updateTable('token')
    .set({ used_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}

type TokenRow = Omit<Selectable<TokenTable>, 'organisation'>;

export type StoredToken = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly scope: TokenScope;
  readonly service: string | null;
  /** Members who made it or gave it another secret, or whose token did: they held what opens it. */
  readonly behind: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly usedAt: Date | null;
  readonly rotatedAt: Date | null;
  /** Until when the secret before the last rotation works; may be past. */
  readonly previousUntil: Date | null;
  readonly revokedAt: Date | null;
};

const mostShown = 500;

export async function tokensOf(reader: Reader, id?: string): Promise<StoredToken[]> {
  const rows = await reader.db
    .selectFrom('token')
    .selectAll()
    .where('organisation', '=', reader.organisation)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(mostShown)
    .execute();
  return rows.map(storedToken);
}

/** One token, locked for the rest of the change. */
export async function lockToken(write: Write, id: string): Promise<StoredToken | undefined> {
  const row = await lockRow(write, id);
  return row && storedToken(row);
}

export type NewToken = {
  readonly id: string;
  readonly name: string;
  readonly hash: Buffer;
  readonly roles: readonly string[];
  readonly scope: TokenScope;
  readonly service: string | null;
  readonly behind: readonly string[];
  readonly createdBy: string;
  readonly expiresAt: Date | null;
};

export async function addToken(write: Write, token: NewToken): Promise<void> {
  const row = {
    id: token.id,
    name: token.name,
    token_hash: token.hash,
    roles: [...token.roles],
    scope: JSON.stringify(token.scope),
    service: token.service,
    behind: [...token.behind],
    previous_hash: null,
    previous_until: null,
    rotated_at: null,
    created_by: token.createdBy,
    created_at: write.ctx.at,
    expires_at: token.expiresAt,
    used_at: null,
    revoked_at: null,
    salt: newSalt(),
  };
  await write.db
    .insertInto('token')
    .values({ organisation: write.organisation, ...row })
    .execute();
  logToken(write, 'token.created', { ...row, scope: token.scope });
}

/**
 * Gives a token another secret and end; the secret before works until `previousUntil`, or no more. A token that is
 * locked and was not revoked. Whoever gets the new secret (`behind`) stands behind it from then on, with those of before.
 */
export async function rotateToken(
  write: Write,
  id: string,
  next: {
    readonly hash: Buffer;
    readonly previousUntil: Date | null;
    readonly expiresAt: Date;
    readonly behind: readonly string[];
  },
): Promise<void> {
  const before = await lockRow(write, id);
  if (!before) return;
  const scope = readTokenScope(before.scope);
  const change = {
    token_hash: next.hash,
    previous_hash: next.previousUntil === null ? null : before.token_hash,
    previous_until: next.previousUntil,
    rotated_at: write.ctx.at,
    expires_at: next.expiresAt,
    behind: [...new Set([...before.behind, ...next.behind])],
    salt: newSalt(),
  };
  await write.db
    .updateTable('token')
    .set({ ...change, scope: JSON.stringify(scope) })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
  logToken(write, 'token.rotated', { ...before, ...change, scope });
}

/** Ends a token; answers whether there was one to end. */
export async function revokeToken(write: Write, id: string): Promise<boolean> {
  return (await revoke(write, 'id', id)) > 0;
}

/** Ends all tokens of a service account, each with its entry; answers how many ended. */
export async function revokeTokensOf(write: Write, service: string): Promise<number> {
  return revoke(write, 'service', service);
}

/** Ends all tokens of the organisation, each with its entry; answers how many ended. */
export async function revokeEveryToken(write: Write): Promise<number> {
  return revoked(write, working(write));
}

/**
 * Ends the tokens of no account that a member made: they know the secrets. The one in hand goes on, for what it does
 * would otherwise end it. Answers how many ended.
 */
export async function revokeTokensMadeBy(write: Write, member: string): Promise<number> {
  const { actor } = write.ctx;
  return revoked(
    write,
    working(write)
      .where('service', 'is', null)
      .where((eb) => eb(eb.val(member), '=', eb.fn.any('behind')))
      .$if(actor.type === 'token', (query) =>
        query.where('id', '<>', actor.type === 'token' ? actor.token : ''),
      ),
  );
}

async function revoke(write: Write, by: 'id' | 'service', id: string): Promise<number> {
  return revoked(write, working(write).where(by, '=', id));
}

const working = (write: Write) =>
  write.db
    .updateTable('token')
    .set({ revoked_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('revoked_at', 'is', null);

async function revoked(write: Write, ending: ReturnType<typeof working>): Promise<number> {
  const rows = await ending.returningAll().execute();
  for (const row of rows) logToken(write, 'token.revoked', row);
  return rows.length;
}

async function lockRow(write: Write, id: string): Promise<TokenRow | undefined> {
  return write.db
    .selectFrom('token')
    .selectAll()
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
}

type Bound = Omit<TokenRow, 'scope'> & { readonly scope: unknown };

/** Every entry binds the row as it then stood; one of before there were salts binds less. */
function logToken(write: Write, act: 'token.created' | 'token.rotated' | 'token.revoked', row: Bound): void {
  write.log({
    act,
    token: row.id,
    roles: row.roles,
    ...(row.service === null ? {} : { service: row.service }),
    ...(row.salt === null ? {} : { digest: tokenContent(row.salt, row) }),
  });
}

function storedToken(row: TokenRow): StoredToken {
  return {
    id: row.id,
    name: row.name,
    roles: row.roles,
    scope: readTokenScope(row.scope),
    service: row.service,
    behind: row.behind,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    rotatedAt: row.rotated_at,
    previousUntil: row.previous_until,
    revokedAt: row.revoked_at,
  };
}
