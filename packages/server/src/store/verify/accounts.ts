import { type Selectable, sql } from 'kysely';
import type { FactorTable, PersonTable } from '../account-tables.ts';
import type { Db } from '../connection.ts';

/** What names no organisation that is there names nothing: its log could be asked by nobody. */
const known = (column: 'password_in' | 'erased_in' | 'factors_in') =>
  sql`(select o.id from organisation o where o.id = p.${sql.ref(column)}) as ${sql.ref(column)}`;

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
    select p.id, p.password_hash, p.password_salt, ${known('password_in')}, p.password_at, p.password_member, p.email,
      ${known('erased_in')}, p.erased_at, p.erased_member
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
  /** All factors of its person were told of together since. */
  readonly together: boolean;
};

/** Factors that an organisation's log tells of each by itself, or should. */
export async function factorRows(
  db: Db,
  organisation: string,
  told: readonly string[],
): Promise<FactorRow[]> {
  const { rows } = await sql<FactorRow>`
    select f.*, coalesce(p.erased_at = f.ended_at and p.erased_in = f.ended_in, false) as erased,
      exists (select from organisation o where o.id = p.factors_in) as together
    from factor f join person p on p.id = f.person
    where ${organisation}::uuid in (f.added_in, f.ended_in, f.told_in) or f.id = any(${told}::uuid[])
    order by f.id`.execute(db);
  return rows;
}

/** A person's second factors that count, by their ids, with where they are told of and who they are there. */
export type FactorSet = Pick<
  Selectable<PersonTable>,
  'id' | 'factors_in' | 'factors_member' | 'factors_salt'
> & { readonly members: readonly string[]; readonly factors: readonly Selectable<FactorTable>[] };

/** Of everybody whose factors an organisation's log tells of together, and of its members. */
export async function factorSets(db: Db, organisation: string): Promise<FactorSet[]> {
  const { rows } = await sql<Omit<FactorSet, 'factors'>>`
    select p.id, ${known('factors_in')}, p.factors_member, p.factors_salt,
      array(select m.id from member m where m.organisation = ${organisation} and m.person = p.id order by m.id) as members
    from person p
    where p.erased_at is null and (p.factors_in = ${organisation}
      or exists (select from member m where m.organisation = ${organisation} and m.person = p.id))
    order by p.id`.execute(db);
  const { rows: factors } = await sql<Selectable<FactorTable>>`
    select * from factor where person = any(${rows.map(({ id }) => id)}::uuid[]) and ended_at is null order by id`.execute(
    db,
  );
  const theirs = Map.groupBy(factors, ({ person }) => person);
  return rows.map((row) => ({ ...row, factors: theirs.get(row.id) ?? [] }));
}
