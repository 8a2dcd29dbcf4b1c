import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Second factors, proofs of presence, and passwords that the log tells of. As with signing in, people belong to no
 * organisation: the application's role has no right on these tables and reaches them through these functions alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(sessions).execute(db);
  await sql.raw(people).execute(db);
  await sql.raw(factors).execute(db);
  await sql.raw(steps).execute(db);
  await sql.raw(rights).execute(db);
}

/** The organisation that the change is for. */
const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const asked = 'language sql stable security definer set search_path = public, pg_temp';
const written = 'language sql volatile security definer set search_path = public, pg_temp';

const tables = `
alter table person add column password_salt bytea, add column password_in uuid, add column password_at timestamptz;
alter table session
  add column proved_at timestamptz,
  add column methods text[] not null default '{password}',
  add column browser bytea,
  add column agent text,
  add column host text;
create index session_browser on session (browser, person) where browser is not null;
create table factor (
  id uuid primary key,
  person uuid not null references person,
  kind text not null check (kind in ('totp', 'passkey', 'recovery')),
  name text not null,
  secret bytea,
  credential bytea unique,
  transports text[] not null default '{}',
  counter bigint not null default 0,
  salt bytea not null,
  told_in uuid not null,
  added_in uuid not null,
  added_at timestamptz not null,
  used_at timestamptz,
  ended_in uuid,
  ended_at timestamptz
);
create index factor_person on factor (person) where ended_at is null;
create unique index factor_recovery on factor (person) where kind = 'recovery' and ended_at is null;
create table sign_in_step (
  token_hash bytea primary key,
  purpose text not null,
  person uuid,
  organisation uuid,
  member uuid,
  content bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create index sign_in_step_end on sign_in_step (expires_at);
`;

const sessions = `
drop function session_of(bytea);
create function session_of(hash bytea) returns table (
  id uuid, organisation uuid, member uuid, person uuid, roles text[], active boolean, left_on text,
  expires_at timestamptz, seen_at timestamptz, proved_at timestamptz, second_factor boolean)
${asked} as $$
  select s.id, s.organisation, s.member, s.person, m.roles, m.active, m.left_on::text, s.expires_at, s.seen_at,
    coalesce(s.proved_at, s.created_at),
    exists (select from factor f where f.person = s.person and f.ended_at is null and f.kind <> 'recovery')
  from session s join member m on m.organisation = s.organisation and m.id = s.member
  where s.token_hash = hash and s.ended_at is null
$$;
create function knows_browser(address text, hash bytea) returns boolean
${asked} as $$
  select exists (select from session s join person p on p.id = s.person where s.browser = hash and p.email = lower(address))
$$;
`;

const people = `
drop function add_person(uuid, text, text, timestamptz);
create function add_person(new_id uuid, address text, hash text, new_salt bytea, moment timestamptz) returns void
${written} as $$
  insert into person (id, email, password_hash, password_salt, password_in, password_at, created_at)
  values (new_id, lower(address), hash, new_salt, case when hash is null then null else ${here} end,
    case when hash is null then null else moment end, moment)
$$;
create function set_password(of_person uuid, hash text, new_salt bytea, moment timestamptz) returns void
${written} as $$
  update person set password_hash = hash, password_salt = new_salt, password_in = ${here}, password_at = moment
  where id = of_person
$$;
create function account_of(of_person uuid) returns table (email text, password_hash text, password_at timestamptz)
${asked} as $$ select p.email, p.password_hash, p.password_at from person p where p.id = of_person $$;
`;

const factors = `
create function factors_of(of_person uuid) returns setof factor
${asked} as $$ select * from factor where person = of_person and ended_at is null order by added_at, id $$;
create function factor_of_credential(of_credential bytea) returns setof factor
${asked} as $$ select * from factor where credential = of_credential and ended_at is null $$;
create function add_factor(new_id uuid, of_person uuid, of_kind text, called text, kept bytea, of_credential bytea,
  ways text[], started bigint, new_salt bytea, moment timestamptz) returns void
${written} as $$
  insert into factor (id, person, kind, name, secret, credential, transports, counter, salt, told_in, added_in, added_at)
  values (new_id, of_person, of_kind, called, kept, of_credential, ways, started, new_salt, ${here}, ${here}, moment)
$$;
create function use_factor(of_id uuid, shown bigint, rising boolean, moment timestamptz) returns boolean
${written} as $$
  with used as (
    update factor set counter = shown, used_at = moment
    where id = of_id and ended_at is null and (not rising or counter < shown) returning 1)
  select exists (select from used)
$$;
create function change_factor(of_id uuid, before bytea, kept bytea, new_salt bytea, moment timestamptz) returns boolean
${written} as $$
  with changed as (
    update factor set secret = kept, salt = new_salt, told_in = ${here}, used_at = moment
    where id = of_id and ended_at is null and secret = before returning 1)
  select exists (select from changed)
$$;
create function end_factor(of_id uuid, of_person uuid, moment timestamptz) returns text
${written} as $$
  update factor set secret = null, ended_in = ${here}, ended_at = moment
  where id = of_id and person = of_person and ended_at is null returning kind
$$;
`;

const steps = `
create function open_step(hash bytea, for_purpose text, of_person uuid, of_organisation uuid, of_member uuid, kept bytea,
  moment timestamptz, ends timestamptz) returns void
${written} as $$
  delete from sign_in_step where expires_at < moment - interval '1 hour';
  insert into sign_in_step (token_hash, purpose, person, organisation, member, content, created_at, expires_at)
  values (hash, for_purpose, of_person, of_organisation, of_member, kept, moment, ends)
$$;
create function step_of(hash bytea) returns table (
  purpose text, person uuid, organisation uuid, member uuid, content bytea, expires_at timestamptz)
${asked} as $$
  select s.purpose, s.person, s.organisation, s.member, s.content, s.expires_at from sign_in_step s
  where s.token_hash = hash and s.used_at is null
$$;
create function use_step(hash bytea, moment timestamptz) returns boolean
${written} as $$
  with used as (
    update sign_in_step set used_at = moment, content = null
    where token_hash = hash and used_at is null and expires_at > moment returning 1)
  select exists (select from used)
$$;
`;

const functions = [
  'session_of',
  'knows_browser',
  'add_person',
  'set_password',
  'account_of',
  'factors_of',
  'factor_of_credential',
  'add_factor',
  'use_factor',
  'change_factor',
  'end_factor',
  'open_step',
  'step_of',
  'use_step',
].join(', ');

const rights = `
revoke execute on function ${functions} from public;
grant execute on function ${functions} to ${appRole};
`;
