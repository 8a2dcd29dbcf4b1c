import { type Kysely, sql } from 'kysely';
import { secured } from './001-kernel/grants.ts';

/** Which mail domains lead to the provider of an organisation. */
export const mailDomainTables = ['mail_domain'] as const;

/**
 * Which mail domain leads to which organisation is said by whoever operates the installation, who may know all of them:
 * said by the organisations themselves, two that name one learn of each other, and one takes it from the other. What led
 * somewhere goes on; such rows have no entry, and no salt. A sign-in address is nobody's to take: no question asks for it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table mail_domain (
        organisation uuid not null references organisation,
        id uuid not null,
        domain text not null,
        salt bytea,
        added_at timestamptz not null,
        removed_at timestamptz,
        primary key (organisation, id)
      );
      create unique index mail_domain_one on mail_domain (domain) where removed_at is null;
      ${secured('mail_domain', 'select, insert, update')}
      ${carriedOver}
      ${functions}
      drop function if exists provider_address_taken(text);`,
    )
    .execute(db);
}

/** A domain that one organisation in use offers its provider for; or that no other one names. */
const carriedOver = `
insert into mail_domain (organisation, id, domain, added_at)
select organisation, gen_random_uuid(), domain, changed_at from (
  select organisation, domain, changed_at, offered,
    count(*) filter (where offered) over (partition by domain) as offering, count(*) over (partition by domain) as naming
  from (
    select distinct p.organisation, d.domain, p.changed_at,
      p.settings -> 'offered' = 'true' and o.archived_at is null as offered
    from sign_in_provider p join organisation o on o.id = p.organisation
    cross join lateral jsonb_array_elements_text(p.settings -> 'domains') d (domain)
    where p.removed_at is null) named) counted
where offered and offering = 1 or naming = 1;`;

const asked = 'language sql stable security definer set search_path = public, pg_temp';
const offered = `p.removed_at is null and p.settings -> 'offered' = 'true'`;

const functions = `
create or replace function find_provider(of_id uuid, of_address text, of_domain text) returns table (organisation uuid, id uuid)
${asked} as $$
  select p.organisation, p.id from sign_in_provider p
  join organisation o on o.id = p.organisation and o.archived_at is null
  where ${offered} and (p.id = of_id or p.settings ->> 'address' = of_address
    or exists (select from mail_domain d
      where d.organisation = p.organisation and d.removed_at is null and d.domain = of_domain))
$$;
create or replace function domains_lead_somewhere() returns boolean
${asked} as $$
  select exists (select from mail_domain d
    join organisation o on o.id = d.organisation and o.archived_at is null
    join sign_in_provider p on p.organisation = d.organisation and ${offered}
    where d.removed_at is null)
$$;`;
