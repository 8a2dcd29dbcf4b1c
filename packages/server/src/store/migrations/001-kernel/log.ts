/** The log: insert-only, without foreign keys, because entries outlive what they speak of. */
export const log = `
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
