import { type Kysely, sql } from 'kysely';

/** What entries bind by a salted digest keeps its salt beside it, so that a row can be held against its entry. */
const salted = ['approval', 'comment', 'member', 'token', 'judgement'] as const;

/** Rows of before have no salt: their entries bind less, and a verification says how many those are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const table of salted) await sql.raw(`alter table ${table} add column salt bytea`).execute(db);
}
