import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

const asked = 'language sql stable security definer set search_path = public, pg_temp';

/**
 * An archived organisation lets nobody in, by no door: its provider is neither shown nor found. Whether any mail domain
 * leads somewhere says whether the sign-in page asks for an address, and nothing of whose it is.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create or replace function listed_providers() returns table (organisation uuid, id uuid, label text)
      ${asked} as $$
        select p.organisation, p.id, p.settings ->> 'text' from sign_in_provider p
        join organisation o on o.id = p.organisation and o.archived_at is null
        where p.removed_at is null and p.settings -> 'offered' = 'true' and p.settings -> 'listed' = 'true'
        order by 3, 2 limit 20
      $$;
      create or replace function find_provider(of_id uuid, of_address text, of_domain text) returns table (organisation uuid, id uuid)
      ${asked} as $$
        select p.organisation, p.id from sign_in_provider p
        join organisation o on o.id = p.organisation and o.archived_at is null
        where p.removed_at is null and p.settings -> 'offered' = 'true' and (p.id = of_id or p.settings ->> 'address' = of_address
          or (p.settings -> 'domains' ? of_domain and not exists (select from sign_in_provider n
            where n.removed_at is null and n.settings -> 'domains' ? of_domain and n.organisation <> p.organisation)))
      $$;
      create function domains_lead_somewhere() returns boolean
      ${asked} as $$
        select exists (select from sign_in_provider p join organisation o on o.id = p.organisation and o.archived_at is null
          where p.removed_at is null and p.settings -> 'offered' = 'true' and jsonb_array_length(p.settings -> 'domains') > 0)
      $$;
      revoke execute on function domains_lead_somewhere from public;
      grant execute on function domains_lead_somewhere to ${appRole};`,
    )
    .execute(db);
}
