import { type Kysely, sql } from 'kysely';

/**
 * The salt of the digest of raw cells: what a row said is not to be guessed once it is erased. Rows of earlier releases
 * have none, and their imports no entry that binds them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table import_row add column salt bytea`.execute(db);
}
