import type { ErasureReason } from '@throughline/domain/erasure.ts';
import { partedContent, passwordContent } from './bound.ts';
import { newSalt } from './digest.ts';
import type { Store } from './store.ts';
import type { Write } from './write.ts';

/** A person across organisations: an address and a password. The name belongs to the membership. */
export type PersonRow = { readonly id: string; readonly password_hash: string | null };

export async function personByEmail(store: Store, email: string): Promise<PersonRow | undefined> {
  const result = await store.app.query<PersonRow>({
    name: 'person-by-email',
    text: 'select * from person_by_email($1)',
    values: [email],
  });
  return result.rows[0];
}

export type Membership = {
  readonly organisation: string;
  readonly name: string;
  readonly member: string;
  readonly roles: readonly string[];
  readonly active: boolean;
  /** Last day (YYYY-MM-DD) with access; `null` without end. */
  readonly left_on: string | null;
};

/** Organisations of a person that are not archived, by name, with the names of the organisations. */
export async function membershipsOf(store: Store, person: string): Promise<Membership[]> {
  const result = await store.app.query<Membership>({
    name: 'memberships-of',
    text: 'select * from memberships_of($1)',
    values: [person],
  });
  return result.rows;
}

/**
 * Whether a person is, or was, a member of another organisation than the one named: one that ended counts, and one of an
 * archived organisation, as both come back without the person.
 */
export async function leadsElsewhere(store: Store, person: string, organisation: string): Promise<boolean> {
  const { rows } = await store.app.query<Elsewhere>({ ...elsewhere, values: [person, organisation] });
  return rows[0]?.leads_elsewhere === true;
}

/** The same inside a change, in which nobody joins anywhere as this person until it is over. */
export async function holdLeadsElsewhere(write: Write, person: string): Promise<boolean> {
  await write.run({ name: 'hold-person', text: 'select hold_person($1)', values: [person] });
  const rows = await write.run<Elsewhere>({ ...elsewhere, values: [person, write.organisation] });
  return rows[0]?.leads_elsewhere === true;
}

type Elsewhere = { leads_elsewhere: boolean };
const elsewhere = { name: 'leads-elsewhere', text: 'select leads_elsewhere($1, $2)' };

/**
 * Adds a person, whose password the entry binds that ties them to a member (`tieLogin`), in the same change; without one
 * they enter by other means, and without an address by a provider alone, which knows their address. A second person with
 * the same address breaks the unique key (SQLSTATE 23505).
 */
export async function addPerson(
  write: Write,
  { id, email, passwordHash }: { id: string; email: string | null; passwordHash: string | null },
): Promise<void> {
  await write.run({
    name: 'add-person',
    text: 'select add_person($1, $2, $3, $4, $5)',
    values: [id, email, passwordHash, newSalt(), write.ctx.at],
  });
}

/** Puts another password in the place of the one that stood, with its entry. Ending sessions is the caller's part. */
export async function setPassword(
  write: Write,
  { person, member }: { readonly person: string; readonly member: string },
  hash: string,
): Promise<void> {
  const salt = newSalt();
  await write.run({
    name: 'set-password',
    text: 'select set_password($1, $2, $3, $4, $5)',
    values: [person, member, hash, salt, write.ctx.at],
  });
  write.log({ act: 'password.set', member, digest: passwordContent(salt, { person, hash }) });
}

/**
 * Parts a login from a member whose name was erased, and erases it where nobody is a member by it any more. The entry is
 * the same either way: which it was is read by whoever has the salt, and so by nobody of the organisation.
 */
export async function partLogin(
  write: Write,
  { person, member }: { readonly person: string; readonly member: string },
  reason: ErasureReason,
): Promise<void> {
  const erased = await eraseRow(write, person, member);
  const salt = newSalt();
  await write.db
    .updateTable('member')
    .set({ parted_salt: salt })
    .where('organisation', '=', write.organisation)
    .where('id', '=', member)
    .execute();
  const digest = partedContent(salt, { member, erased: erased ? person : null });
  write.log({ act: 'account.parted', member, reason, digest });
}

/**
 * Erases a login that nobody is a member by, with its entry. False where somebody is a member by it, in use or archived,
 * or it was erased before.
 */
export async function eraseAccount(write: Write, person: string, reason: ErasureReason): Promise<boolean> {
  if (!(await eraseRow(write, person, null))) return false;
  write.log({ act: 'account.erased', person, reason });
  return true;
}

/** Address, password and second factors, links and sign-ins under way; the row stays under its id. */
async function eraseRow(write: Write, person: string, member: string | null): Promise<boolean> {
  const rows = await write.run<{ erase_account: boolean }>({
    name: 'erase-account',
    text: 'select erase_account($1, $2, $3)',
    values: [person, member, write.ctx.at],
  });
  return rows[0]?.erase_account === true;
}

/** How a person is reached, and what they sign in with. The address is empty where not even a provider says one. */
export type AccountRow = {
  readonly email: string;
  readonly password_hash: string | null;
  readonly password_at: Date | null;
};

export async function accountOf(store: Store, person: string): Promise<AccountRow | undefined> {
  const result = await store.app.query<AccountRow>({
    name: 'account-of',
    text: `select coalesce(a.email, outside_address_of($1), '') as email, a.password_hash, a.password_at from account_of($1) a`,
    values: [person],
  });
  return result.rows[0];
}
