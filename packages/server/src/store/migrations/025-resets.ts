import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { secured } from './001-kernel/grants.ts';

/** What was reset of how members sign in: by whom, when, why, and whether the link was used. */
export const resetTables = ['account_reset'] as const;

/**
 * Passwords and second factors that are lost. The row of a reset belongs to an organisation and holds no secret; the
 * link that it allows stands with the other links, reached by functions alone. And what a session is asked beside:
 * whether its organisation demands a second factor.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(secured('account_reset', 'select, insert, update')).execute(db);
  await sql.raw(links).execute(db);
  await sql.raw(rights).execute(db);
}

const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const asked = 'language sql stable security definer set search_path = public, pg_temp';
const written = 'language sql volatile security definer set search_path = public, pg_temp';

const tables = `
create table account_reset (
  organisation uuid not null references organisation,
  id uuid not null,
  member uuid not null,
  kind text not null,
  reason text,
  salt bytea,
  by_type text not null,
  by_id text not null,
  at timestamptz not null,
  expires_at timestamptz,
  used_at timestamptz,
  primary key (organisation, id)
);
create index account_reset_member on account_reset (organisation, member, at);
alter table sign_in_link add column reset uuid;
create index sign_in_link_person on sign_in_link (person) where person is not null;
`;

const links = `
drop function sign_in_link_of(bytea);
create function sign_in_link_of(hash bytea) returns table (
  purpose text, organisation uuid, member uuid, person uuid, reset uuid, email text, expires_at timestamptz, used_at timestamptz)
${asked} as $$
  select l.purpose, l.organisation, l.member, l.person, l.reset, l.email, l.expires_at, l.used_at
  from sign_in_link l where l.token_hash = hash
$$;
create function add_reset_link(hash bytea, of_reset uuid, of_member uuid, of_person uuid, address text, moment timestamptz,
  ends timestamptz) returns void
${written} as $$
  delete from sign_in_link where purpose = 'password-reset' and expires_at < moment - interval '7 days';
  insert into sign_in_link (token_hash, purpose, person, organisation, member, email, reset, created_at, expires_at)
  values (hash, 'password-reset', of_person, ${here}, of_member, lower(address), of_reset, moment, ends)
$$;
create function open_reset_links(of_person uuid, moment timestamptz) returns int
${asked} as $$
  select count(*)::int from sign_in_link
  where person = of_person and purpose = 'password-reset' and used_at is null and expires_at > moment
$$;
create function end_reset_links(of_person uuid, hash bytea) returns void
${written} as $$
  delete from sign_in_link where person = of_person and purpose = 'password-reset' and used_at is null
    and (hash is null or token_hash = hash)
$$;
create function factor_demand(of_organisation uuid, of_member uuid) returns table (factor_rule jsonb, joined_at timestamptz)
${asked} as $$
  select o.settings -> 'secondFactor', m.created_at from organisation o
  join member m on m.organisation = o.id where o.id = of_organisation and m.id = of_member
$$;
`;

const functions = [
  'sign_in_link_of',
  'add_reset_link',
  'open_reset_links',
  'end_reset_links',
  'factor_demand',
].join(', ');

const rights = `
revoke execute on function ${functions} from public;
grant execute on function ${functions} to ${appRole};
`;
