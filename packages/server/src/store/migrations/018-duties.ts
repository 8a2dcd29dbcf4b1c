import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** What is known of who is one person, and who stood back from what. */
export const dutyTables = ['same_person', 'recusal'] as const;

/**
 * Separation of duties is between persons (DESIGN 7). `same_person`: two members declared to be one; ended where it was
 * a mistake, never deleted. `recusal`: a person stands back from a record and all that belongs to it, for good.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table same_person (
        organisation uuid not null references organisation,
        id uuid not null,
        member uuid not null,
        other uuid not null,
        at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation, id)
      );
      create table recusal (
        organisation uuid not null references organisation,
        id uuid not null,
        record uuid not null,
        member uuid not null,
        reason text,
        at timestamptz not null,
        salt bytea,
        primary key (organisation, id)
      );
      create index recusal_record on recusal (organisation, record);
      create index recusal_member on recusal (organisation, member);
      ${secured('same_person', 'select, insert, update')}
      ${secured('recusal', 'select, insert, update')}
      ${policies(['recusal'])}`,
    )
    .execute(db);
}
