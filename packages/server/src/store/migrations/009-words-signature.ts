import { type Kysely, sql } from 'kysely';

/** By which way of making words each kind's were made last (`refillWords`). No row yet: they are made anew at the next start. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table words_signature (kind text primary key, signature text not null)`.execute(db);
}
