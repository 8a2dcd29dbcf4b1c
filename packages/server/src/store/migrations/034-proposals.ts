import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** What waits for a second hand, and what took effect by one alone. */
export const proposalTables = ['proposal'] as const;

/** `what` holds ids, levels and days; words stand in `reason`. A proposal that ended stays. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table proposal (
        organisation uuid not null references organisation,
        id uuid not null,
        matter text not null,
        what jsonb not null,
        about uuid,
        reason text,
        salt bytea,
        by_type text not null,
        by_id text not null,
        on_behalf_of uuid,
        at timestamptz not null,
        ended_at timestamptz,
        ended_by uuid,
        ended_as text,
        end_reason text,
        end_salt bytea,
        primary key (organisation, id)
      );
      ${secured('proposal', 'select, insert, update')}
      create index proposal_open on proposal (organisation, at) where ended_at is null;
      drop policy entry_scope on entry;
      ${policies(['entry'])}`,
    )
    .execute(db);
}
