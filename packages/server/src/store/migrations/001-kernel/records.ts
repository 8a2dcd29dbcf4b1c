const slots = [1, 2, 3, 4, 5, 6, 7, 8];

/** Records with their revisions, links, words and approvals. Slot indexes carry `archived_at`, so that counts read the index alone. */
export const records = `
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
${slots.map((n) => `create index record_k${n} on record (organisation, kind, k${n}, id) include (archived_at) where k${n} is not null;`).join('\n')}
create statistics record_state (mcv) on kind, k2 from record;
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
