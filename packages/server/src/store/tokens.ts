import { tokenContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Reader } from './reader.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** An API token that was not revoked. */
export type TokenCheck = {
  readonly id: string;
  readonly organisation: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly expires_at: Date | null;
  readonly used_at: Date | null;
};

/** Finds a token by its hash: one statement, one round trip. */
export async function tokenOf(store: Store, hash: Buffer): Promise<TokenCheck | undefined> {
  const result = await store.app.query<TokenCheck>({
    name: 'token-of',
    text: 'select * from token_of($1)',
    values: [hash],
  });
  return result.rows[0];
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

export type StoredToken = {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly usedAt: Date | null;
  readonly revokedAt: Date | null;
};

export async function tokensOf(reader: Reader, id?: string): Promise<StoredToken[]> {
  const rows = await reader.db
    .selectFrom('token')
    .select(['id', 'name', 'roles', 'created_at', 'expires_at', 'used_at', 'revoked_at'])
    .where('organisation', '=', reader.organisation)
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? ''))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    roles: row.roles,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at,
    revokedAt: row.revoked_at,
  }));
}

export async function addToken(
  write: Write,
  token: {
    id: string;
    name: string;
    hash: Buffer;
    roles: readonly string[];
    createdBy: string;
    expiresAt: Date | null;
  },
): Promise<void> {
  const salt = newSalt();
  await write.db
    .insertInto('token')
    .values({
      organisation: write.organisation,
      id: token.id,
      name: token.name,
      token_hash: token.hash,
      roles: [...token.roles],
      created_by: token.createdBy,
      created_at: write.ctx.at,
      expires_at: token.expiresAt,
      used_at: null,
      revoked_at: null,
      salt,
    })
    .execute();
  const { name, hash, createdBy, expiresAt } = token;
  write.log({
    act: 'token.created',
    token: token.id,
    roles: token.roles,
    digest: tokenContent(salt, { name, hash, createdBy, expiresAt }),
  });
}

/** Ends a token; answers whether there was one to end. */
export async function revokeToken(write: Write, id: string): Promise<boolean> {
  const row = await write.db
    .updateTable('token')
    .set({ revoked_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .returning('roles')
    .executeTakeFirst();
  if (!row) return false;
  write.log({ act: 'token.revoked', token: id, roles: row.roles });
  return true;
}
