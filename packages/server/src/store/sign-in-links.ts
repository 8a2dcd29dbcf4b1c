import type { Store } from './store.ts';
import type { Write } from './write.ts';

export type LinkPurpose = 'first-administrator' | 'invitation' | 'password-reset';

export type StoredLink = {
  readonly purpose: LinkPurpose;
  readonly organisation: string | null;
  readonly member: string | null;
  /** Of a link to a new password: whose, and the reset that allowed it. */
  readonly person: string | null;
  readonly reset: string | null;
  readonly email: string | null;
  readonly expires_at: Date;
  readonly used_at: Date | null;
  /** It was shown to somebody else, and did not go to the address. */
  readonly by_hand: boolean;
};

export async function linkOf(store: Store, hash: Buffer): Promise<StoredLink | undefined> {
  const result = await store.app.query<StoredLink>({
    name: 'sign-in-link-of',
    text: 'select * from sign_in_link_of($1)',
    values: [hash],
  });
  return result.rows[0];
}

/** Uses a link up inside the change that it allows; false when it was used or ran out meanwhile. */
export async function useLink(write: Write, hash: Buffer): Promise<boolean> {
  const rows = await write.run<{ use_sign_in_link: boolean }>({
    name: 'use-sign-in-link',
    text: 'select use_sign_in_link($1, $2)',
    values: [hash, write.ctx.at],
  });
  return rows[0]?.use_sign_in_link === true;
}

/** Puts a new link of the first administrator in the place of earlier ones. As the owner: there is no organisation yet. */
export async function replaceFirstLink(
  store: Store,
  link: { hash: Buffer; at: Date; expiresAt: Date },
): Promise<void> {
  await store.asOwner(async (db) => {
    await db
      .deleteFrom('sign_in_link')
      .where('purpose', '=', 'first-administrator')
      .where('used_at', 'is', null)
      .execute();
    await db
      .insertInto('sign_in_link')
      .values({
        token_hash: link.hash,
        purpose: 'first-administrator',
        person: null,
        organisation: null,
        member: null,
        email: null,
        reset: null,
        created_at: link.at,
        expires_at: link.expiresAt,
        used_at: null,
      })
      .execute();
  });
}

/** A link that lets one member in for the first time; earlier unused ones of the same member end. */
export async function addInvitation(
  write: Write,
  link: {
    hash: Buffer;
    member: string;
    email: string;
    expiresAt: Date;
    /** It is shown to whoever invites; otherwise it goes to the address, or to nobody. */
    byHand: boolean;
  },
): Promise<void> {
  await write.run({
    name: 'invite',
    text: 'select invite($1, $2, $3, $4, $5, $6)',
    values: [link.hash, link.member, link.email, write.ctx.at, link.expiresAt, link.byHand],
  });
}

/** Takes back the invitations of a member, and forgets the addresses that they went to. */
export async function dropInvitations(write: Write, member: string): Promise<void> {
  await write.run({ name: 'erase-invitations', text: 'select erase_invitations($1)', values: [member] });
}

/** What a member and their organisation are called, at the door: for whoever holds a link of theirs, or signed in. */
export async function memberNamed(
  store: Store,
  organisation: string,
  member: string,
): Promise<{ organisation: string; name: string; active: boolean } | undefined> {
  const result = await store.app.query<{ organisation: string; name: string; active: boolean }>({
    name: 'member-name',
    text: 'select * from member_name($1, $2)',
    values: [organisation, member],
  });
  return result.rows[0];
}

export async function organisationExists(store: Store): Promise<boolean> {
  const result = await store.app.query<{ organisation_exists: boolean }>('select organisation_exists()');
  return result.rows[0]?.organisation_exists === true;
}

/** Ends every invitation of a member, used or not, with the addresses in them. */
export async function endInvitations(write: Write, member: string): Promise<void> {
  await write.run({ name: 'erase-invitations', text: 'select erase_invitations($1)', values: [member] });
}

export type NewResetLink = {
  readonly hash: Buffer;
  readonly reset: string;
  readonly member: string;
  readonly person: string;
  readonly email: string;
  readonly expiresAt: Date;
  /** Shown to whoever made it; otherwise it goes to the address. */
  readonly byHand: boolean;
};

/**
 * A link to a new password. Mailed ones of before stay: one that comes late, or that somebody else asked for, ends nobody's.
 * One that is handed over ends those that this organisation handed over before: nobody remembers who holds which.
 */
export async function addResetLink(write: Write, link: NewResetLink): Promise<void> {
  const { hash, reset, member, person, email, expiresAt, byHand } = link;
  if (byHand)
    await write.run({ name: 'end-links-in-hand', text: 'select end_links_in_hand($1)', values: [person] });
  await write.run({
    name: 'add-reset-link',
    text: 'select add_reset_link($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [hash, reset, member, person, email, write.ctx.at, expiresAt, byHand],
  });
}

/** How many links to a new password a person could open now. */
export async function openResetLinks(write: Write, person: string): Promise<number> {
  const rows = await write.run<{ open_reset_links: number }>({
    name: 'open-reset-links',
    text: 'select open_reset_links($1, $2)',
    values: [person, write.ctx.at],
  });
  return rows[0]?.open_reset_links ?? 0;
}

/** Ends a person's links to a new password that were not used: all of them, or one. */
export async function endResetLinks(write: Write, person: string, hash: Buffer | null = null): Promise<void> {
  await write.run({
    name: 'end-reset-links',
    text: 'select end_reset_links($1, $2)',
    values: [person, hash],
  });
}

/** Ends the links to a person's new password that other organisations hold: their account leads here too from now on. */
export async function endHeldLinks(write: Write, person: string): Promise<void> {
  await write.run({ name: 'end-held-links', text: 'select end_held_links($1)', values: [person] });
}
