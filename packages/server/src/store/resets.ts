import { actorRef } from '@throughline/domain/actor.ts';
import { type ResetKind, resetKinds } from '@throughline/domain/factors.ts';
import { resetReason } from './bound.ts';
import { newSalt } from './digest.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import { newSecret, type Secret } from './secret.ts';
import { addResetLink } from './sign-in-links.ts';
import type { Write } from './write.ts';

/** Something that was reset of how a member signs in. */
export type StoredReset = {
  readonly id: string;
  readonly member: string;
  readonly kind: ResetKind;
  /** Missing where none was asked for, and where the member's name was erased. */
  readonly reason: string | null;
  readonly by: { readonly type: string; readonly id: string };
  readonly at: Date;
  readonly expiresAt: Date | null;
  readonly usedAt: Date | null;
};

export type NewReset = {
  readonly member: string;
  readonly kind: ResetKind;
  readonly reason?: string | null;
  readonly expiresAt?: Date | null;
};

/** Keeps that something is reset, with its entry; answers its id. */
export async function addReset(
  write: Write,
  { member, kind, reason = null, expiresAt = null }: NewReset,
): Promise<string> {
  const id = newId(write.ctx.at.getTime());
  const salt = newSalt();
  const by = actorRef(write.ctx.actor);
  await write.db
    .insertInto('account_reset')
    .values({
      organisation: write.organisation,
      id,
      member,
      kind,
      reason,
      salt,
      by_type: by.type,
      by_id: by.id,
      at: write.ctx.at,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute();
  write.log({
    act: 'reset.made',
    reset: id,
    member,
    kind,
    ...(expiresAt === null ? {} : { until: expiresAt.toISOString() }),
    ...(reason === null ? {} : { digest: resetReason(salt, reason) }),
  });
  return id;
}

/** A link to a new password with the reset that allows it. Its secret is nowhere but in what this answers. */
export async function makeResetLink(
  write: Write,
  to: {
    readonly member: string;
    readonly person: string;
    readonly email: string;
    readonly lifeMs: number;
    readonly byHand: boolean;
    readonly reason?: string | null;
  },
): Promise<Secret & { readonly reset: string; readonly expiresAt: Date }> {
  const { member, person, email, lifeMs, byHand, reason = null } = to;
  const expiresAt = new Date(write.ctx.at.getTime() + lifeMs);
  const reset = await addReset(write, { member, kind: 'password', reason, expiresAt });
  const secret = newSecret();
  await addResetLink(write, { hash: secret.hash, reset, member, person, email, expiresAt, byHand });
  return { ...secret, reset, expiresAt };
}

/** Notes, with its entry, that a link set a password; false when it did before. */
export async function useReset(write: Write, id: string): Promise<boolean> {
  const row = await write.db
    .updateTable('account_reset')
    .set({ used_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .returning(['member'])
    .executeTakeFirst();
  if (row) write.log({ act: 'reset.used', reset: id, member: row.member, kind: 'password' });
  return row !== undefined;
}

const columns = [
  'id',
  'member',
  'kind',
  'reason',
  'by_type',
  'by_id',
  'at',
  'expires_at',
  'used_at',
] as const;

/** What was reset of a member, the newest first. */
export async function resetsOf(reader: Reader, member: string, limit = 20): Promise<StoredReset[]> {
  const rows = await reader.db
    .selectFrom('account_reset')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('member', '=', member)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(stored);
}

export async function findReset(reader: Reader, id: string): Promise<StoredReset | undefined> {
  const row = await reader.db
    .selectFrom('account_reset')
    .select(columns)
    .where('organisation', '=', reader.organisation)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && stored(row);
}

type Row = {
  id: string;
  member: string;
  kind: string;
  reason: string | null;
  by_type: string;
  by_id: string;
  at: Date;
  expires_at: Date | null;
  used_at: Date | null;
};

function stored(row: Row): StoredReset {
  const { by_type: type, by_id: id, expires_at: expiresAt, used_at: usedAt, ...rest } = row;
  const kind = resetKinds.find((one) => one === row.kind) ?? 'password';
  return { ...rest, kind, by: { type, id }, expiresAt, usedAt };
}
