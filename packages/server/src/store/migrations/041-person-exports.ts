import { type Kysely, sql } from 'kysely';
import { policies } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** Documents of all that is held about a person, in pieces, for whoever asked for them and for a day. */
export const personExportTables = ['person_export'] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table person_export (
        organisation uuid not null references organisation,
        job uuid not null,
        piece int not null,
        member uuid not null,
        by_type text not null,
        by_id text not null,
        expires_at timestamptz not null,
        content bytea not null,
        primary key (organisation, job, piece)
      );
      create index person_export_ends on person_export (organisation, expires_at);
      ${secured('person_export', 'select, insert, delete')}
      ${policies(['person_export'])}`,
    )
    .execute(db);
}
