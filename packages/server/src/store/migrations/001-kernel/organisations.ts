/** Organisations, people and how they sign in. */
export const organisations = `
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
