import { type Selectable, sql } from 'kysely';
import type { FactorTable, PersonTable } from '../account-tables.ts';
import type { Db } from '../connection.ts';

export type PasswordRow = Pick<
  Selectable<PersonTable>,
  | 'id'
  | 'password_hash'
  | 'password_salt'
  | 'password_in'
  | 'password_at'
  | 'password_member'
  | 'email'
  | 'erased_in'
  | 'erased_at'
  | 'erased_member'
> & {
  /** The members of the organisation that act by this login, with what opens the entries that tied them. */
  readonly members: readonly { readonly id: string; readonly tie_salt: Buffer | null }[];
};

/** People whose password, or whose erasure, an organisation's log tells of, or should: those named, by a member too. */
export async function passwordRows(
  db: Db,
  organisation: string,
  told: readonly string[],
): Promise<PasswordRow[]> {
  const { rows } = await sql<Omit<PasswordRow, 'members'>>`
    select p.id, p.password_hash, p.password_salt, p.password_in, p.password_at, p.password_member, p.email,
      p.erased_in, p.erased_at, p.erased_member
    from person p
    where ${organisation}::uuid in (p.erased_in, p.password_in) or p.id = any(${told}::uuid[])
      or p.erased_member = any(${told}::uuid[])
      or exists (select from member m where m.organisation = ${organisation} and m.person = p.id)
    order by p.id`.execute(db);
  const members = await db
    .selectFrom('member')
    .select(['id', 'person', 'tie_salt'])
    .where('organisation', '=', organisation)
    .where('person', 'is not', null)
    .orderBy('id')
    .execute();
  const acting = Map.groupBy(members, ({ person }) => person);
  return rows.map((row) => ({ ...row, members: acting.get(row.id) ?? [] }));
}

/** Members of an organisation whose login was parted from them, with what opens the entry that says so. */
export async function partedRows(
  db: Db,
  organisation: string,
): Promise<{ readonly id: string; readonly parted_salt: Buffer | null }[]> {
  return db
    .selectFrom('member')
    .select(['id', 'parted_salt'])
    .where('organisation', '=', organisation)
    .where('parted_salt', 'is not', null)
    .orderBy('id')
    .execute();
}

export type FactorRow = Selectable<FactorTable> & {
  /** The login of its person was erased in the same change. */
  readonly erased: boolean;
};

/** Factors that an organisation's log tells of, or should. */
export async function factorRows(
  db: Db,
  organisation: string,
  told: readonly string[],
): Promise<FactorRow[]> {
  const { rows } = await sql<FactorRow>`
    select f.*, coalesce(p.erased_at = f.ended_at and p.erased_in = f.ended_in, false) as erased
    from factor f join person p on p.id = f.person
    where ${organisation}::uuid in (f.added_in, f.ended_in, f.told_in) or f.id = any(${told}::uuid[])
    order by f.id`.execute(db);
  return rows;
}
