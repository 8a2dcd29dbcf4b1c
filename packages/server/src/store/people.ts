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
};

/** Organisations of a person, by name, with the names of the organisations. */
export async function membershipsOf(store: Store, person: string): Promise<Membership[]> {
  const result = await store.app.query<Membership>({
    name: 'memberships-of',
    text: 'select * from memberships_of($1)',
    values: [person],
  });
  return result.rows;
}

/** A second person with the same address breaks the unique key (SQLSTATE 23505). */
export async function addPerson(
  write: Write,
  person: { id: string; email: string; passwordHash: string },
): Promise<void> {
  await write.run({
    name: 'add-person',
    text: 'select add_person($1, $2, $3, $4)',
    values: [person.id, person.email, person.passwordHash, write.ctx.at],
  });
}
