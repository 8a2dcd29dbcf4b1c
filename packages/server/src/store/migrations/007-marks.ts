import { type Kysely, sql } from 'kysely';
import { secured } from './001-kernel/grants.ts';

/** One row for each change that may have turned a line, or the facts of the organisation. */
export const markTables = ['line_mark', 'facts_mark'] as const;

/**
 * Marks are rows that are only inserted, so that no change waits for another one's end, however long that takes. The
 * numbers beside them (`system_line.marks`, `facts_changed.marks`) hold those that were folded in since.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table line_mark (
        organisation uuid not null,
        system uuid not null,
        id bigint generated always as identity,
        primary key (organisation, system, id)
      );
      create table facts_mark (
        organisation uuid not null,
        id bigint generated always as identity,
        primary key (organisation, id)
      );
      ${markTables.map((table) => secured(table, 'select, insert, delete')).join('\n')}`,
    )
    .execute(db);
}
