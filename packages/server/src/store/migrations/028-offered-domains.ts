import { type Kysely, sql } from 'kysely';

/**
 * A mail domain leads to nobody only where two could be meant: providers that are offered, of organisations in use. One
 * that an organisation names without offering it, or named before it was archived, takes the domain from nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create or replace function find_provider(of_id uuid, of_address text, of_domain text) returns table (organisation uuid, id uuid)
      language sql stable security definer set search_path = public, pg_temp as $$
        with offered as (select p.* from sign_in_provider p
          join organisation o on o.id = p.organisation and o.archived_at is null
          where p.removed_at is null and p.settings -> 'offered' = 'true')
        select p.organisation, p.id from offered p where p.id = of_id or p.settings ->> 'address' = of_address
          or (p.settings -> 'domains' ? of_domain and not exists (select from offered n
            where n.settings -> 'domains' ? of_domain and n.organisation <> p.organisation))
      $$;`,
    )
    .execute(db);
}
