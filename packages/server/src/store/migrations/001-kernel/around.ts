/** What stands around records: requests, imports, jobs, views, judgements and computed lines. */
export const around = `
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
  digest text,
  digest_before text,
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
  rank smallint not null generated always as (case weight when 'major' then 0 when 'minor' then 1 else 2 end) stored,
  age date not null generated always as (coalesce(since, '9999-12-31')) stored,
  primary key (organisation, id)
);
create index gap_place on gap (organisation, rank, age, id);
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
