import { type Kysely, sql } from 'kysely';
import { secured } from './001-kernel/grants.ts';

/** What happened around a record that its own versions do not say: links of others that ended, and who was mentioned. */
export const aroundTables = ['link_ended', 'mention', 'mention_seen'] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  for (const table of aroundTables)
    await sql.raw(secured(table, 'select, insert, update, delete')).execute(db);
}

const tables = `
create table link_ended (
  organisation uuid not null,
  to_record uuid not null,
  at timestamptz not null,
  from_record uuid not null,
  relation text not null,
  primary key (organisation, to_record, at, from_record, relation)
);
create table mention (
  organisation uuid not null,
  target text not null,
  at timestamptz not null,
  comment uuid not null,
  primary key (organisation, target, at, comment)
);
create index mention_comment on mention (organisation, comment);
create table mention_seen (
  organisation uuid not null,
  member uuid not null,
  comment uuid not null,
  at timestamptz not null,
  primary key (organisation, member, comment)
);
`;
