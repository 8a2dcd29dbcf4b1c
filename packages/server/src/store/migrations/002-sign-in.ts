import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Signing in. People and sign-in links belong to no organisation, so the application's role has no right on their
 * tables: it reaches them through these functions alone, each of which answers one question or takes one step.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(sessions).execute(db);
  await sql.raw(links).execute(db);
  await sql.raw(people).execute(db);
  await sql.raw(rights).execute(db);
}

const tables = `
alter table sign_in_link add column organisation uuid, add column member uuid, add column email text;
create index sign_in_link_member on sign_in_link (organisation, member) where member is not null;
create index session_member on session (organisation, member);
`;

const sessions = `
drop function session_of(bytea);
create function session_of(hash bytea) returns table (
  id uuid, organisation uuid, member uuid, person uuid, roles text[], active boolean, left_on text,
  expires_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.organisation, s.member, s.person, m.roles, m.active, m.left_on::text, s.expires_at, s.seen_at
  from session s join member m on m.organisation = s.organisation and m.id = s.member
  where s.token_hash = hash and s.ended_at is null
$$;
`;

const links = `
create function sign_in_link_of(hash bytea) returns table (
  purpose text, organisation uuid, member uuid, email text, expires_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.purpose, l.organisation, l.member, l.email, l.expires_at, l.used_at from sign_in_link l where l.token_hash = hash
$$;
create function use_sign_in_link(hash bytea, moment timestamptz) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  with used as (
    update sign_in_link set used_at = moment where token_hash = hash and used_at is null and expires_at > moment returning 1)
  select exists (select from used)
$$;
create function invite(hash bytea, of_member uuid, address text, moment timestamptz, ends timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from sign_in_link where organisation = nullif(current_setting('app.organisation', true), '')::uuid
    and member = of_member and used_at is null;
  insert into sign_in_link (token_hash, purpose, organisation, member, email, created_at, expires_at)
  values (hash, 'invitation', nullif(current_setting('app.organisation', true), '')::uuid, of_member, lower(address), moment, ends)
$$;
create function organisation_exists() returns boolean
language sql stable security definer set search_path = public, pg_temp as $$ select exists (select from organisation) $$;
create function member_name(of_organisation uuid, of_member uuid) returns table (organisation text, name text, active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select o.name, m.name, m.active from member m join organisation o on o.id = m.organisation
  where m.organisation = of_organisation and m.id = of_member
$$;
`;

const people = `
create function add_person(new_id uuid, address text, hash text, moment timestamptz) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into person (id, email, password_hash, created_at) values (new_id, lower(address), hash, moment)
$$;
create function member_addresses() returns table (member uuid, email text, invited_until timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, coalesce(p.email, l.email), case when p.id is null then l.expires_at end
  from member m left join person p on p.id = m.person
  left join lateral (select email, expires_at from sign_in_link l where l.organisation = m.organisation and l.member = m.id
    order by l.created_at desc limit 1) l on true
  where m.organisation = nullif(current_setting('app.organisation', true), '')::uuid
$$;
`;

const functions = [
  'session_of',
  'sign_in_link_of',
  'use_sign_in_link',
  'invite',
  'organisation_exists',
  'member_name',
  'add_person',
  'member_addresses',
].join(', ');

const rights = `
revoke execute on function ${functions} from public;
grant execute on function ${functions} to ${appRole};
`;
