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
  /** It opened the account by one administrator's hand, and nobody vouched for who uses it. */
  readonly open: boolean;
};

export type NewReset = {
  readonly member: string;
  readonly kind: ResetKind;
  readonly reason?: string | null;
  readonly expiresAt?: Date | null;
  /** Whoever acts holds the link, or ends the factors. */
  readonly byHand?: boolean;
  /** The member who proposed what is confirmed now: then two hands did it. */
  readonly askedBy?: string | null;
};

/** Keeps that something is reset, with its entry; answers its id. */
export async function addReset(
  write: Write,
  { member, kind, reason = null, expiresAt = null, byHand = false, askedBy = null }: NewReset,
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
      by_hand: byHand,
      asked_by: askedBy,
      vouched_at: null,
      vouched_by: null,
    })
    .execute();
  write.log({
    act: 'reset.made',
    reset: id,
    member,
    kind,
    ...(expiresAt === null ? {} : { until: expiresAt.toISOString() }),
    ...(byHand ? { byHand } : {}),
    ...(askedBy === null ? {} : { askedBy }),
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
    readonly askedBy?: string | null;
  },
): Promise<Secret & { readonly reset: string; readonly expiresAt: Date }> {
  const { member, person, email, lifeMs, byHand, reason = null, askedBy = null } = to;
  const expiresAt = new Date(write.ctx.at.getTime() + lifeMs);
  const reset = await addReset(write, { member, kind: 'password', reason, expiresAt, byHand, askedBy });
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

/** Resets that opened a member's account by one hand, and that nobody vouched for yet; of everybody without a member. */
export async function openedAccounts(
  reader: Reader,
  member: string | null,
): Promise<
  {
    readonly id: string;
    readonly member: string;
    readonly by: string;
    readonly at: Date;
    readonly usedAt: Date | null;
  }[]
> {
  return reader.run({
    name: 'opened-accounts',
    text: `select id, member, by_id as by, at, used_at as "usedAt" from account_reset where organisation = $1 and by_hand and asked_by is null
      and vouched_at is null and by_type = 'person' and (kind = 'factors' or used_at is not null) and ($2::uuid is null or member = $2)
      order by at, id`,
    values: [reader.organisation, member],
  });
}

/**
 * Notes, with entries, that it is known who uses a member's account: by their own proof, or as another administrator says
 * (`by`). Of the resets named, or of all that opened it; answers how many those were.
 */
export async function vouchFor(
  write: Write,
  member: string,
  by: string | null,
  only: (reset: string) => boolean = () => true,
): Promise<number> {
  const open = (await openedAccounts(write, member)).filter(({ id }) => only(id));
  for (const { id, usedAt } of open) {
    const row = await write.db
      .updateTable('account_reset')
      .set({ vouched_at: write.ctx.at, vouched_by: by })
      .where('organisation', '=', write.organisation)
      .where('id', '=', id)
      .where('vouched_at', 'is', null)
      .returning(['kind'])
      .executeTakeFirst();
    if (!row) continue;
    write.log({
      act: 'reset.vouched',
      reset: id,
      member,
      kind: resetKinds.find((one) => one === row.kind) ?? 'password',
      ...(usedAt === null ? {} : { usedAt: usedAt.toISOString() }),
      ...(by === null ? {} : { vouchedBy: by }),
    });
  }
  return open.length;
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
  'by_hand',
  'asked_by',
  'vouched_at',
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
  by_hand: boolean;
  asked_by: string | null;
  vouched_at: Date | null;
};

function stored(row: Row): StoredReset {
  const { id, member, reason, at, by_type: type, by_id: by, expires_at: expiresAt, used_at: usedAt } = row;
  const kind = resetKinds.find((one) => one === row.kind) ?? 'password';
  const single = row.by_hand && row.asked_by === null && row.vouched_at === null && type === 'person';
  const open = single && (kind === 'factors' || usedAt !== null);
  return { id, member, reason, at, kind, by: { type, id: by }, expiresAt, usedAt, open };
}
