import { type Kysely, sql } from 'kysely';

/** Nothing asks before sign-in which organisation has a short name: commands read the list as the owner. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop function organisation_of_slug(text)').execute(db);
}
