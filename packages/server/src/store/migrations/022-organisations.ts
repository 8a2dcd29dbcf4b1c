import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Several organisations on one installation: each has a name in addresses, and may be archived. What has to be known
 * before an organisation is, is asked of functions: no row of another one can be seen.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
  await sql.raw(functions).execute(db);
  await sql.raw(rights).execute(db);
}

// Organisations of before get a name in addresses as new ones do: of the same name, the second on with a part of its id.
const columns = `
alter table organisation add column slug text unique, add column archived_at timestamptz;
alter table session add column began_at timestamptz;
update organisation o set slug = n.slug || case when n.place = 1 then '' else '-' || right(o.id::text, 12) end
  from (select id, slug, row_number() over (partition by slug order by created_at, id) as place
    from (select id, created_at, coalesce(nullif(trim(both '-' from left(regexp_replace(lower(name), '[^a-z0-9]+', '-', 'g'), 35)), ''),
      'organisation') as slug from organisation) named) n
  where n.id = o.id;
`;

const asked = 'language sql stable security definer set search_path = public, pg_temp';

const functions = `
create function free_slug(wanted text) returns text
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare tried text := wanted; count int := 1;
begin
  while exists (select from organisation where slug = tried) loop
    count := count + 1;
    tried := rtrim(left(wanted, 42), '-') || '-' || count;
  end loop;
  return tried;
end $$;
create function organisation_of_slug(wanted text) returns uuid
${asked} as $$ select o.id from organisation o where o.slug = wanted and o.archived_at is null $$;
drop function memberships_of(uuid);
create function memberships_of(who uuid) returns table (organisation uuid, name text, member uuid, roles text[], active boolean,
  left_on text)
${asked} as $$
  select m.organisation, o.name, m.id, m.roles, m.active, m.left_on::text
  from member m join organisation o on o.id = m.organisation
  where m.person = who and o.archived_at is null order by o.name, o.id
$$;
`;

const named = 'free_slug, organisation_of_slug, memberships_of';
const rights = `
revoke execute on function ${named} from public;
grant execute on function ${named} to ${appRole};
`;
