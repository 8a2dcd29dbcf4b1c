import { type Kysely, sql } from 'kysely';

/** Entries by which a token got another secret are few among all: by whose hand that was is asked of them alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create index entry_rotations on entry (organisation, id) where act = 'token.rotated'`)
    .execute(db);
}
