import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { secured } from './001-kernel/grants.ts';

/** What the log's tree added. The application's role reads all of it, and writes of it only which keys it told of. */
export const treeTables = [
  'log_tile',
  'log_origin',
  'log_checkpoint',
  'log_refusal',
  'log_key_entry',
  'log_verification',
] as const;

const insertOnly = ['log_tile', 'log_origin', 'log_key', 'log_key_entry', 'log_verification'];

/**
 * The tree over the log's leaves (C2SP tlog-tiles): full tiles, the head's root, what was signed last and by which key.
 * Tiles of less than 256 hashes are not kept: they are read from the leaves, or from the roots of the tiles below.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  for (const table of treeTables)
    await sql.raw(secured(table, table === 'log_key_entry' ? 'select, insert' : 'select')).execute(db);
  await sql.raw(`grant select on log_key to ${appRole}`).execute(db);
  for (const table of insertOnly) {
    await sql
      .raw(
        `create trigger ${table}_only_added before update or delete on ${table} for each row execute function refuse_change();
        create trigger ${table}_not_emptied before truncate on ${table} execute function refuse_change();`,
      )
      .execute(db);
  }
}

const tables = `
create table log_tile (
  organisation uuid not null,
  level smallint not null check (level between 0 and 63),
  index bigint not null,
  bytes bytea not null,
  root bytea not null,
  primary key (organisation, level, index)
);
alter table log_tile alter column bytes set storage external;
create table log_origin (
  organisation uuid not null,
  number int not null,
  origin text not null unique,
  at timestamptz not null,
  primary key (organisation, number)
);
create table log_key (
  number int primary key,
  public bytea not null unique check (octet_length(public) = 32),
  lost boolean not null,
  at timestamptz not null
);
create table log_key_entry (
  organisation uuid not null,
  key int not null,
  entry uuid not null,
  primary key (organisation, key)
);
create table log_checkpoint (
  organisation uuid primary key,
  origin text not null,
  size bigint not null,
  root bytea not null,
  key int not null,
  note text not null,
  at timestamptz not null
);
create table log_refusal (
  organisation uuid primary key,
  reason text not null,
  message text not null,
  at timestamptz not null
);
create table log_verification (
  organisation uuid not null,
  at timestamptz not null,
  size bigint not null,
  holds boolean not null,
  report jsonb not null,
  primary key (organisation, at)
);
`;
