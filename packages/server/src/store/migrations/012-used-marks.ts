import { type Kysely, sql } from 'kysely';
import { secured } from './001-kernel/grants.ts';

/** One row for each change of a record that others may use, until the lines of those who do are marked. */
export const usedMarkTables = ['used_mark'] as const;

/**
 * A change marks the lines of those who use its record as it sees them. One who comes to use it in a change that is
 * not committed yet is not seen; so what was changed is kept, and its users are looked up again once it is committed.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table used_mark (
        organisation uuid not null,
        record uuid not null,
        id bigint generated always as identity,
        primary key (organisation, id)
      );
      ${usedMarkTables.map((table) => secured(table, 'select, insert, delete')).join('\n')}`,
    )
    .execute(db);
}
