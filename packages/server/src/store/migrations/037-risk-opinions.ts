import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** What people rated a risk apart from each other. */
export const opinionTables = ['risk_opinion'] as const;

/** `said`: point, criteria, steps and levels. A row that was taken back or settled stays; it waits while `ended_at` is null. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table risk_opinion (
        organisation uuid not null references organisation,
        id uuid not null,
        record uuid not null,
        member uuid not null,
        said jsonb,
        reason text,
        at timestamptz not null,
        salt bytea,
        ended_at timestamptz,
        ended_as text,
        ended_by uuid,
        settled_in integer,
        end_reason text,
        end_salt bytea,
        primary key (organisation, id)
      );
      create index risk_opinion_record on risk_opinion (organisation, record);
      ${secured('risk_opinion', 'select, insert, update')}
      ${policies(['risk_opinion'])}`,
    )
    .execute(db);
}
