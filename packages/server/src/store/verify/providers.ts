import { type Selectable, sql } from 'kysely';
import type { Db } from '../connection.ts';
import type { OutsideIdentityTable, SignInProviderTable } from '../outside-tables.ts';

export type OutsideRow = Selectable<OutsideIdentityTable>;

/** Everybody whom an outside source named in an organisation, ended ones too. */
export async function outsideRows(db: Db, organisation: string): Promise<OutsideRow[]> {
  return db
    .selectFrom('outside_identity')
    .selectAll()
    .where('organisation', '=', organisation)
    .orderBy('id')
    .execute();
}

export type ProviderRow = Selectable<SignInProviderTable> & {
  readonly secret: Buffer | null;
  readonly secret_salt: Buffer | null;
};

/** An organisation's sign-in providers, removed ones too, each with the encrypted secret that stands. */
export async function providerRows(db: Db, organisation: string): Promise<ProviderRow[]> {
  const { rows } = await sql<ProviderRow>`
    select p.*, s.secret, s.salt as secret_salt from sign_in_provider p
    left join provider_secret s on s.organisation = p.organisation and s.provider = p.id
    where p.organisation = ${organisation} order by p.id`.execute(db);
  return rows;
}
