import { type Kysely, sql } from 'kysely';

/** Entries by which somebody came in or got rights are few among all: by whose hand that was is asked of them alone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create index entry_rights on entry (organisation, id)
        where act in ('member.joined', 'member.changed', 'membership.begun')`,
    )
    .execute(db);
}
