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
  | 'email'
  | 'erased_in'
  | 'erased_at'
>;

/** People whose password, or whose erasure, an organisation's log tells of, or should: those named, and its members. */
export async function passwordRows(
  db: Db,
  organisation: string,
  told: readonly string[],
): Promise<PasswordRow[]> {
  const { rows } = await sql<PasswordRow>`
    select p.id, p.password_hash, p.password_salt, p.password_in, p.password_at, p.email, p.erased_in, p.erased_at from person p
    where p.erased_in = ${organisation} or (p.erased_at is not null and p.id = any(${told}::uuid[]))
      or p.password_hash is not null and (p.password_in = ${organisation} or p.id = any(${told}::uuid[])
      or (p.password_in is null
        and exists (select from member m where m.organisation = ${organisation} and m.person = p.id)))
    order by p.id`.execute(db);
  return rows;
}

export type FactorRow = Selectable<FactorTable>;

/** Factors that an organisation's log tells of, or should. */
export async function factorRows(
  db: Db,
  organisation: string,
  told: readonly string[],
): Promise<FactorRow[]> {
  const { rows } = await sql<FactorRow>`
    select * from factor where ${organisation}::uuid in (added_in, ended_in, told_in) or id = any(${told}::uuid[])
    order by id`.execute(db);
  return rows;
}
