import { actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { newSecret } from '../../store/secret.ts';
import { addToken, revokeToken, type StoredToken, tokensOf } from '../../store/tokens.ts';

/** Secrets begin with this, so that scanners of repositories and logs can find one that leaked. */
export const tokenPrefix = 'tl_';

export type NewToken = {
  readonly name: string;
  readonly roles: readonly Role[];
  readonly expiresAt: Date | null;
};

/** Makes an API token. The secret is in this answer and nowhere else. */
export async function createToken(
  services: Services,
  ctx: Context,
  input: NewToken,
): Promise<{ token: StoredToken; secret: string }> {
  if (input.expiresAt !== null && input.expiresAt <= ctx.at) {
    throw new DomainError('unprocessable', 'The end lies in the past.', [
      { at: 'expiresAt', message: 'Take a moment that is still to come.' },
    ]);
  }
  const secret = newSecret(tokenPrefix);
  const id = newId(ctx.at.getTime());
  await services.store.change(ctx, (write) =>
    addToken(write, { id, ...input, hash: secret.hash, createdBy: actorRef(ctx.actor).id }),
  );
  const token = { id, ...input, createdAt: ctx.at, usedAt: null, revokedAt: null };
  return { token, secret: secret.text };
}

/** Ends a token at once. */
export async function endToken(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    if (await revokeToken(write, id)) return;
    const [known] = await tokensOf(write, id);
    if (!known) throw notFound();
  });
}

/** All tokens, newest first; without their secrets, which nobody has. */
export async function listTokens(services: Services, organisation: string): Promise<StoredToken[]> {
  return services.store.read(organisation, (reader) => tokensOf(reader));
}

export async function findToken(
  services: Services,
  organisation: string,
  id: string,
): Promise<StoredToken | undefined> {
  const [token] = await services.store.read(organisation, (reader) => tokensOf(reader, id));
  return token;
}
