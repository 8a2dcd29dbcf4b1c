import type { ActorRef } from '@throughline/domain/actor.ts';
import type { OutsideKind } from '@throughline/domain/outside.ts';
import { knownRoles, type Role } from '@throughline/domain/permissions.ts';
import { outsideContent } from './bound.ts';
import { newSalt } from './digest.ts';
import { addressesSaidBy } from './hands-behind.ts';
import { newId } from './ids.ts';
import type { Reader } from './reader.ts';
import type { Write } from './write.ts';

/** A source's name for a member: of a provider its issuer and `sub`, of a directory its name and id. */
export type OutsideName = { readonly kind: OutsideKind; readonly source: string; readonly subject: string };

/** An outside identity that stands. */
export type OutsideIdentity = OutsideName & {
  readonly id: string;
  readonly member: string;
  /** The mail address that the source says, checked by it. */
  readonly address: string | null;
  /** Roles of the member that came by this source, and go with it. */
  readonly roles: readonly Role[];
  readonly linkedAt: Date;
  /** When the source last spoke of them. */
  readonly seenAt: Date;
  /**
   * Who set the provider, where an address alone linked it to a member of before: whoever comes by it may be they, until
   * the member shows something of their own or another administrator says that it is them. Where a program set it, the
   * member: any administrator but them may say so.
   */
  readonly linkedBy: string | null;
};

/** The member whom a source means. */
export async function findOutside(reader: Reader, name: OutsideName): Promise<OutsideIdentity | undefined> {
  const row = await standing(reader)
    .where('kind', '=', name.kind)
    .where('source', '=', name.source)
    .where('subject', '=', name.subject)
    .executeTakeFirst();
  return row && stored(row);
}

/** What outside sources call a member; of all members without one. */
export async function outsideIdentities(reader: Reader, member?: string): Promise<OutsideIdentity[]> {
  const rows = await standing(reader)
    .$if(member !== undefined, (query) => query.where('member', '=', member ?? ''))
    .orderBy('linked_at')
    .orderBy('id')
    .execute();
  return rows.map(stored);
}

/** Links a source's name to a member, with its entry. A name that is linked already breaks the unique key (23505). */
export async function linkOutside(
  write: Write,
  member: string,
  name: OutsideName,
  more: {
    readonly address: string | null;
    readonly roles: readonly Role[];
    readonly linkedBy?: string | null;
  },
): Promise<OutsideIdentity> {
  const { at } = write.ctx;
  const { address, roles, linkedBy = null } = more;
  const row = { id: newId(at.getTime()), member, ...name, address, roles: [...roles] };
  const salt = newSalt();
  await write.db
    .insertInto('outside_identity')
    .values({
      organisation: write.organisation,
      ...row,
      salt,
      linked_at: at,
      seen_at: at,
      linked_by: linkedBy,
    })
    .execute();
  logOutside(write, 'outside.linked', { ...row, linkedBy }, salt);
  return { ...row, linkedAt: at, seenAt: at, linkedBy };
}

/** By whose hand it may be that somebody comes as a member. */
export type LinkedAlone = {
  readonly member: string;
  /** Who set the provider. */
  readonly by: string;
  readonly at: Date;
  /** Who said from outside that the member is reached at the address, where it is not the one of their login. */
  readonly said: readonly ActorRef[];
};

/** Links of which it is not known yet that they are the member's, as the resets that opened an account are told of. */
export async function linkedAlone(reader: Reader, member?: string): Promise<LinkedAlone[]> {
  const links = (await outsideIdentities(reader, member)).flatMap(
    ({ linkedBy: by, linkedAt: at, ...link }) => (by === null ? [] : [{ ...link, by, at }]),
  );
  if (links.length === 0) return [];
  const logins = await reader.run<{ member: string; email: string | null }>({
    name: 'login-addresses',
    text: 'select member, email from member_addresses()',
    values: [],
  });
  const own = new Map(logins.map((one) => [one.member, one.email?.toLowerCase()]));
  const elsewhere = links.filter((one) => own.get(one.member) !== one.address?.toLowerCase());
  const said = await addressesSaidBy(
    reader,
    elsewhere.map((one) => one.member),
  );
  return links.map((one) => ({
    ...{ member: one.member, by: one.by, at: one.at },
    said: elsewhere.includes(one) ? (said.get(one.member) ?? []) : [],
  }));
}

/**
 * It is known of an account that an address linked to a member that it is theirs; that is an entry. `subject` is which one;
 * without it, the only one. Of several none is: by what their owner shows in a session of one, somebody else's account
 * would be theirs too.
 */
export async function trustLinks(write: Write, member: string, subject?: string): Promise<void> {
  const unknown = (await outsideIdentities(write, member)).filter(({ linkedBy }) => linkedBy !== null);
  if (subject === undefined && unknown.length > 1) return;
  for (const identity of unknown) {
    if (subject !== undefined && identity.subject !== subject) continue;
    const salt = newSalt();
    await write.db
      .updateTable('outside_identity')
      .set({ linked_by: null, salt })
      .where('organisation', '=', write.organisation)
      .where('id', '=', identity.id)
      .execute();
    logOutside(write, 'outside.changed', { ...identity, linkedBy: null }, salt);
  }
}

/** Keeps another address or other roles of an outside identity, with its entry. */
export async function changeOutside(
  write: Write,
  identity: OutsideIdentity,
  next: { readonly address: string | null; readonly roles: readonly Role[] },
): Promise<void> {
  const salt = newSalt();
  await write.db
    .updateTable('outside_identity')
    .set({ address: next.address, roles: [...next.roles], salt, seen_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', identity.id)
    .execute();
  logOutside(write, 'outside.changed', { ...identity, ...next }, salt);
}

/** Notes that the source spoke of them just now: bookkeeping, so without an entry. */
export async function noteSeen(write: Write, id: string): Promise<void> {
  await write.db
    .updateTable('outside_identity')
    .set({ seen_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', id)
    .execute();
}

/** Ends an outside identity, with its entry: what the source called them is gone. Their roles are the caller's part. */
export async function unlinkOutside(write: Write, identity: OutsideIdentity): Promise<void> {
  await write.db
    .updateTable('outside_identity')
    .set({ subject: null, address: null, salt: null, ended_at: write.ctx.at })
    .where('organisation', '=', write.organisation)
    .where('id', '=', identity.id)
    .execute();
  const { id: outside, member, kind, roles } = identity;
  write.log({ act: 'outside.unlinked', outside, member, kind, roles });
}

function logOutside(
  write: Write,
  act: 'outside.linked' | 'outside.changed',
  identity: Omit<OutsideIdentity, 'linkedAt' | 'seenAt'>,
  salt: Buffer,
): void {
  const { id: outside, member, kind, roles, source, subject, address, linkedBy } = identity;
  const digest = outsideContent(salt, { outside, source, subject, address });
  write.log({ act, outside, member, kind, roles, ...(linkedBy === null ? {} : { linkedBy }), digest });
}

function standing(reader: Reader) {
  return reader.db
    .selectFrom('outside_identity')
    .select([
      'id',
      'member',
      'kind',
      'source',
      'subject',
      'address',
      'roles',
      'linked_at',
      'seen_at',
      'linked_by',
    ])
    .where('organisation', '=', reader.organisation)
    .where('ended_at', 'is', null);
}

function stored(row: {
  id: string;
  member: string;
  kind: string;
  source: string;
  subject: string | null;
  address: string | null;
  roles: string[];
  linked_at: Date;
  seen_at: Date;
  linked_by: string | null;
}): OutsideIdentity {
  const { id, member, source, subject, address } = row;
  if (subject === null) throw new Error(`Outside identity ${id} stands and names nobody`);
  return {
    ...{ id, member, source, subject, address },
    kind: row.kind === 'scim' ? 'scim' : 'openid',
    roles: knownRoles(row.roles),
    linkedAt: row.linked_at,
    seenAt: row.seen_at,
    linkedBy: row.linked_by,
  };
}
