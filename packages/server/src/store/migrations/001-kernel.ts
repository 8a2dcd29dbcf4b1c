import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * The kernel's tables. The organisation stands first in every key, so that a distributed PostgreSQL can place rows by
 * it. Rows of the log have no foreign keys: entries outlive what they speak of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gin`.execute(db);
  await sql.raw(organisations).execute(db);
  await sql.raw(records).execute(db);
  await sql.raw(log).execute(db);
  await sql.raw(around).execute(db);
  await sql.raw(search).execute(db);
  await sql.raw(grants()).execute(db);
}

const organisations = `
create table organisation (
  id uuid primary key,
  name text not null,
  time_zone text not null,
  settings jsonb not null default '{}',
  created_at timestamptz not null
);
create table person (
  id uuid primary key,
  email text not null unique,
  password_hash text,
  created_at timestamptz not null
);
create table member (
  organisation uuid not null references organisation,
  id uuid not null,
  person uuid references person,
  name text not null,
  roles text[] not null,
  active boolean not null default true,
  left_on date,
  preferences jsonb not null default '{}',
  created_at timestamptz not null,
  primary key (organisation, id)
);
create unique index member_person on member (organisation, person) where person is not null;
create table session (
  token_hash bytea primary key,
  id uuid not null unique,
  person uuid not null references person,
  organisation uuid not null references organisation,
  member uuid not null,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_person on session (person);
create table token (
  organisation uuid not null references organisation,
  id uuid not null,
  name text not null,
  token_hash bytea not null unique,
  roles text[] not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (organisation, id)
);
create table sign_in_link (
  token_hash bytea primary key,
  purpose text not null,
  person uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table authority (
  organisation uuid not null references organisation,
  id uuid not null,
  dimension text not null,
  level text not null,
  member uuid,
  role text,
  delegate uuid,
  valid_from date not null,
  valid_to date,
  created_at timestamptz not null,
  primary key (organisation, id)
);
`;

const slots = [1, 2, 3, 4, 5, 6, 7, 8];

const records = `
create table record (
  organisation uuid not null references organisation,
  id uuid not null,
  kind text not null,
  number integer not null,
  title text not null,
  state text not null,
  owner uuid,
  assignee uuid,
  system uuid,
  version integer not null,
  schema integer not null,
  fields jsonb not null,
  links jsonb not null,
  digest bytea not null,
  in_force integer,
  material_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  import uuid,
  ${slots.map((n) => `k${n} text collate "C"`).join(', ')},
  primary key (organisation, id)
);
create unique index record_ref on record (organisation, kind, number);
create index record_system on record (organisation, system) where system is not null;
create index record_shared on record (organisation, kind, id) where system is null;
create index record_owner on record (organisation, owner, kind) where owner is not null;
create index record_assignee on record (organisation, assignee, kind) where assignee is not null;
create index record_import on record (organisation, import) where import is not null;
create index record_updated on record (organisation, kind, updated_at, id);
${slots.map((n) => `create index record_k${n} on record (organisation, kind, k${n}, id) where k${n} is not null;`).join('\n')}
create statistics record_k1 (mcv) on kind, k1 from record;
create statistics record_k2 (mcv) on kind, k2 from record;
create table counter (
  organisation uuid not null,
  kind text not null,
  next integer not null,
  primary key (organisation, kind)
);
create table slot_signature (
  kind text primary key,
  signature text not null
);
create table revision (
  organisation uuid not null,
  record uuid not null,
  version integer not null,
  act text not null,
  kind text not null,
  schema integer not null,
  state text not null,
  fields jsonb,
  links jsonb,
  salt bytea,
  digest bytea not null,
  changed text[] not null,
  material boolean not null,
  entry uuid not null,
  actor_type text not null,
  actor_id text not null,
  because text,
  at timestamptz not null,
  primary key (organisation, record, version)
);
create index revision_entry on revision (organisation, entry);
create table link (
  organisation uuid not null,
  from_record uuid not null,
  relation text not null,
  type text not null,
  to_record uuid not null,
  primary key (organisation, from_record, relation, to_record)
);
create index link_to on link (organisation, to_record, relation, from_record);
create table record_text (
  organisation uuid not null,
  record uuid not null,
  kind text not null,
  words tsvector not null,
  primary key (organisation, record)
);
create index record_text_words on record_text using gin (organisation, words);
create table approval (
  organisation uuid not null,
  id uuid not null,
  record uuid not null,
  version integer not null,
  digest bytea not null,
  act text not null,
  basis jsonb not null,
  frozen jsonb,
  reason text,
  by_type text not null,
  by_id text not null,
  on_behalf_of uuid,
  entry uuid not null,
  at timestamptz not null,
  primary key (organisation, id)
);
create index approval_record on approval (organisation, record, at, id);
create table external_id (
  organisation uuid not null,
  source text not null,
  key text not null,
  record uuid not null,
  primary key (organisation, source, key)
);
create index external_record on external_id (organisation, record);
create table comment (
  organisation uuid not null,
  id uuid not null,
  record uuid not null,
  field text,
  text text,
  digest bytea not null,
  by_type text not null,
  by_id text not null,
  at timestamptz not null,
  edited_at timestamptz,
  removed_at timestamptz,
  primary key (organisation, id)
);
create index comment_record on comment (organisation, record, at);
create table blob (
  organisation uuid not null,
  id uuid not null,
  name text not null,
  media text not null,
  size bigint not null,
  digest bytea not null,
  bytes bytea,
  created_at timestamptz not null,
  primary key (organisation, id)
);
`;

const log = `
create table entry (
  organisation uuid not null,
  id uuid not null,
  seq bigint generated always as identity (cache 1),
  act text not null,
  record uuid,
  actor_type text not null,
  actor_id text not null,
  at timestamptz not null,
  body bytea not null check (octet_length(body) <= 65535),
  primary key (organisation, id)
);
create index entry_record on entry (organisation, record) where record is not null;
create table entry_pending (
  organisation uuid not null,
  seq bigint not null,
  entry uuid not null,
  primary key (organisation, seq)
);
create table log_leaf (
  organisation uuid not null,
  index bigint not null,
  entry uuid not null,
  hash bytea not null,
  at timestamptz not null,
  primary key (organisation, index)
);
create unique index log_leaf_entry on log_leaf (organisation, entry);
create index log_leaf_at on log_leaf (organisation, at);
create table log_head (
  organisation uuid primary key,
  size bigint not null,
  root bytea
);
create function refuse_change() returns trigger language plpgsql as $$
begin raise exception 'The log and its history are only ever added to (%, %)', tg_table_name, tg_op using errcode = '42501'; end $$;
create trigger entry_only_added before update or delete on entry for each row execute function refuse_change();
create trigger entry_not_emptied before truncate on entry execute function refuse_change();
create trigger leaf_only_added before update or delete on log_leaf for each row execute function refuse_change();
create trigger leaf_not_emptied before truncate on log_leaf execute function refuse_change();
create trigger approval_only_added before update or delete on approval for each row execute function refuse_change();
create trigger approval_not_emptied before truncate on approval execute function refuse_change();
`;

const around = `
create table idempotency (
  organisation uuid not null,
  actor text not null,
  key text not null,
  digest bytea not null,
  status integer,
  subject jsonb,
  at timestamptz not null,
  primary key (organisation, actor, key)
);
create table import (
  organisation uuid not null,
  id uuid not null,
  kind text not null,
  source text not null,
  file_name text not null,
  file_digest bytea not null,
  analysis jsonb not null,
  state text not null,
  counts jsonb,
  by_type text not null,
  by_id text not null,
  created_at timestamptz not null,
  applied_at timestamptz,
  undone_at timestamptz,
  primary key (organisation, id)
);
create table import_row (
  organisation uuid not null,
  import uuid not null,
  row integer not null,
  raw jsonb,
  digest bytea not null,
  record uuid,
  outcome text not null,
  primary key (organisation, import, row)
);
create index import_row_record on import_row (organisation, record) where record is not null;
create table import_profile (
  organisation uuid not null,
  id uuid not null,
  name text not null,
  kind text not null,
  mapping jsonb not null,
  created_at timestamptz not null,
  primary key (organisation, id)
);
create unique index import_profile_name on import_profile (organisation, name);
create table job (
  organisation uuid not null,
  id uuid not null,
  type text not null,
  state text not null,
  input jsonb not null,
  done integer not null default 0,
  total integer,
  message text not null default '',
  result jsonb,
  by_type text not null,
  by_id text not null,
  created_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz,
  cancel_at timestamptz,
  primary key (organisation, id)
);
create index job_recent on job (organisation, created_at);
create table saved_view (
  organisation uuid not null,
  id uuid not null,
  member uuid not null,
  collection text not null,
  name text not null,
  query text not null,
  shared boolean not null,
  created_at timestamptz not null,
  primary key (organisation, id)
);
create table judgement (
  organisation uuid not null,
  id uuid not null,
  item text not null,
  answer text not null,
  version integer,
  note text,
  by_member uuid not null,
  at timestamptz not null,
  primary key (organisation, id)
);
create index judgement_item on judgement (organisation, item, at);
create table standing (
  organisation uuid not null,
  system uuid not null,
  station text not null,
  verdict text not null,
  holds_until date,
  primary key (organisation, system, station)
);
create index standing_station on standing (organisation, station, verdict);
create table system_line (
  organisation uuid not null,
  system uuid not null,
  strip text,
  gaps integer not null default 0,
  holds_until date,
  recheck_at timestamptz,
  marks bigint not null default 1,
  settled bigint not null default 0,
  facts bigint not null default -1,
  computed_at timestamptz,
  primary key (organisation, system)
);
create index system_line_marked on system_line (organisation, system) where marks <> settled;
create index system_line_facts on system_line (organisation, facts);
create index system_line_recheck on system_line (organisation, recheck_at) where recheck_at is not null;
create index system_line_gaps on system_line (organisation, gaps, system);
create table facts_changed (
  organisation uuid primary key,
  marks bigint not null
);
create table gap (
  organisation uuid not null,
  id bigint generated always as identity,
  system uuid,
  station text not null,
  rule text not null,
  source text not null,
  weight text not null,
  records uuid[] not null,
  refs text[] not null,
  owner uuid,
  since date,
  caused_by text,
  primary key (organisation, id)
);
create index gap_system on gap (organisation, system);
create index gap_station on gap (organisation, station, rule);
create table organisation_standing (
  organisation uuid not null,
  item text not null,
  verdict text not null,
  computed_at timestamptz not null,
  primary key (organisation, item)
);
create table trend (
  organisation uuid not null,
  day date not null,
  systems integer not null,
  with_gaps integer not null,
  gaps integer not null,
  verdicts jsonb not null,
  primary key (organisation, day)
);
`;

const search = `
create function search_records(q tsquery, of_kind text, n integer)
returns table (record uuid, kind text, rank real)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.record, t.kind, ts_rank(t.words, q)
  from record_text t
  where t.organisation = nullif(current_setting('app.organisation', true), '')::uuid
    and t.words @@ q and (of_kind is null or t.kind = of_kind)
  limit n
$$;
create function session_of(hash bytea) returns table (
  id uuid, organisation uuid, member uuid, person uuid, roles text[], active boolean, expires_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.organisation, s.member, s.person, m.roles, m.active, s.expires_at, s.seen_at
  from session s join member m on m.organisation = s.organisation and m.id = s.member
  where s.token_hash = hash and s.ended_at is null
$$;
create function token_of(hash bytea) returns table (
  id uuid, organisation uuid, name text, roles text[], expires_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.organisation, t.name, t.roles, t.expires_at, t.used_at from token t where t.token_hash = hash and t.revoked_at is null
$$;
create function person_by_email(address text) returns table (id uuid, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.password_hash from person p where p.email = lower(address)
$$;
create function memberships_of(who uuid) returns table (organisation uuid, name text, member uuid, roles text[], active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.organisation, o.name, m.id, m.roles, m.active
  from member m join organisation o on o.id = m.organisation where m.person = who order by o.name
$$;
`;

/** Tables that hold one organisation's rows: each gets a row-level security policy. */
export const organisationTables = [
  'member',
  'token',
  'authority',
  'record',
  'counter',
  'revision',
  'link',
  'record_text',
  'approval',
  'external_id',
  'comment',
  'blob',
  'entry',
  'entry_pending',
  'log_leaf',
  'log_head',
  'idempotency',
  'import',
  'import_row',
  'import_profile',
  'job',
  'saved_view',
  'judgement',
  'standing',
  'system_line',
  'facts_changed',
  'gap',
  'organisation_standing',
  'trend',
] as const;

const insertOnly = ['entry', 'log_leaf', 'approval'];

function grants(): string {
  const here = `(select nullif(current_setting('app.organisation', true), '')::uuid)`;
  const each = organisationTables.map((table) => {
    const acts = insertOnly.includes(table) ? 'select, insert' : 'select, insert, update, delete';
    return `alter table ${table} enable row level security;
create policy ${table}_own on ${table} using (organisation = ${here}) with check (organisation = ${here});
grant ${acts} on ${table} to ${appRole};`;
  });
  return `${each.join('\n')}
alter table organisation enable row level security;
create policy organisation_own on organisation using (id = ${here}) with check (id = ${here});
grant select, insert, update on organisation to ${appRole};
alter table session enable row level security;
create policy session_own on session using (organisation = ${here}) with check (organisation = ${here});
grant select, insert, update on session to ${appRole};
grant select on slot_signature to ${appRole};
grant usage on all sequences in schema public to ${appRole};
revoke execute on function search_records, session_of, token_of, person_by_email, memberships_of from public;
grant execute on function search_records, session_of, token_of, person_by_email, memberships_of, refuse_change to ${appRole};`;
}
