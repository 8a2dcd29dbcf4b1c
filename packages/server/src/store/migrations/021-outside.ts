import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { secured } from './001-kernel/grants.ts';

/** Who outside sources say that members are, and how an organisation signs its people in with a provider of its own. */
export const outsideTables = ['outside_identity', 'sign_in_provider', 'provider_secret'] as const;

/**
 * Sign-in by a provider. An outside identity is a source's name for a member: of a provider the issuer and `sub`
 * (OpenID Connect Core §2), of a directory its own id. A person whom only a provider knows has no address of the
 * installation's: addresses there are claimed by a password or an invitation, and no provider takes one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  for (const table of outsideTables)
    await sql.raw(secured(table, 'select, insert, update, delete')).execute(db);
  await sql.raw(functions).execute(db);
  await sql.raw(rights).execute(db);
}

const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const asked = 'language sql stable security definer set search_path = public, pg_temp';

const tables = `
alter table person alter column email drop not null;
alter table session add column own_proof boolean not null default true;
create table outside_identity (
  organisation uuid not null references organisation,
  id uuid not null,
  member uuid not null,
  kind text not null,
  source text not null,
  subject text,
  address text,
  roles text[] not null default '{}',
  salt bytea,
  linked_at timestamptz not null,
  seen_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
create unique index outside_identity_subject on outside_identity (organisation, kind, source, subject) where ended_at is null;
create index outside_identity_member on outside_identity (organisation, member) where ended_at is null;
create table sign_in_provider (
  organisation uuid not null references organisation,
  id uuid not null,
  issuer text not null,
  client_id text not null,
  settings jsonb not null,
  salt bytea not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  primary key (organisation, id)
);
create unique index sign_in_provider_one on sign_in_provider (organisation) where removed_at is null;
create unique index sign_in_provider_address on sign_in_provider ((settings ->> 'address')) where removed_at is null;
create table provider_secret (
  organisation uuid not null references organisation,
  provider uuid not null,
  secret bytea not null,
  salt bytea not null,
  primary key (organisation, provider)
);
`;

/**
 * What is asked before an organisation is known. A mail domain leads to a provider only where exactly one organisation
 * names it: nobody takes over another's people by naming their domain.
 */
const functions = `
create function listed_providers() returns table (organisation uuid, id uuid, label text)
${asked} as $$
  select p.organisation, p.id, p.settings ->> 'text' from sign_in_provider p
  where p.removed_at is null and p.settings -> 'offered' = 'true' and p.settings -> 'listed' = 'true'
  order by 3, 2 limit 20
$$;
create function find_provider(of_id uuid, of_address text, of_domain text) returns table (organisation uuid, id uuid)
${asked} as $$
  select p.organisation, p.id from sign_in_provider p
  where p.removed_at is null and p.settings -> 'offered' = 'true' and (p.id = of_id or p.settings ->> 'address' = of_address
    or (p.settings -> 'domains' ? of_domain and not exists (select from sign_in_provider o
      where o.removed_at is null and o.settings -> 'domains' ? of_domain and o.organisation <> p.organisation)))
$$;
create function provider_address_taken(of_address text) returns boolean
${asked} as $$
  select exists (select from sign_in_provider p where p.removed_at is null and p.settings ->> 'address' = of_address
    and p.organisation <> ${here})
$$;
create function administrator_has_own_way() returns boolean
${asked} as $$
  select exists (select from member m join person p on p.id = m.person
    where m.organisation = ${here} and m.active and m.left_on is null and 'admin' = any(m.roles)
      and (p.password_hash is not null
        or exists (select from factor f where f.person = p.id and f.kind = 'passkey' and f.ended_at is null)))
$$;
create function session_own_proof(of_session uuid) returns boolean
${asked} as $$ select s.own_proof from session s where s.id = of_session $$;
create function outside_address_of(of_person uuid) returns text
${asked} as $$
  select o.address from outside_identity o join member m on m.organisation = o.organisation and m.id = o.member
  where m.person = of_person and o.ended_at is null and o.address is not null order by o.seen_at desc limit 1
$$;
`;

const named = [
  'listed_providers',
  'find_provider',
  'provider_address_taken',
  'administrator_has_own_way',
  'session_own_proof',
  'outside_address_of',
].join(', ');

const rights = `
revoke execute on function ${named} from public;
grant execute on function ${named} to ${appRole};
`;
