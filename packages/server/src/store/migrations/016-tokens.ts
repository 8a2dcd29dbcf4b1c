import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Tokens with a scope, an account that they belong to, and a second secret while one takes the other's place. A service
 * account is a member of type `service` that a person answers for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(columns).execute(db);
  await sql.raw(lookup).execute(db);
}

// Tokens of before have no scope: their roles alone bound them. Who made one stands behind it, where that is a member.
const columns = `
alter table member add column type text not null default 'person', add column owner uuid;
alter table token add column scope jsonb, add column service uuid, add column behind uuid[] not null default '{}',
  add column previous_hash bytea unique, add column previous_until timestamptz, add column rotated_at timestamptz;
create index token_service on token (organisation, service) where service is not null;
update token t set behind = array[m.id] from member m where m.organisation = t.organisation and m.id::text = t.created_by;
`;

const lookup = `
drop function token_of(bytea);
create function token_of(hash bytea) returns table (
  id uuid, organisation uuid, name text, roles text[], scope jsonb, behind uuid[], expires_at timestamptz, used_at timestamptz,
  secret_until timestamptz, service uuid, service_roles text[], service_active boolean, service_until text, service_owner uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.organisation, t.name, t.roles, t.scope, t.behind, t.expires_at, t.used_at,
    case when t.token_hash = hash then t.expires_at else t.previous_until end,
    t.service, m.roles, m.active, m.left_on::text, m.owner
  from token t left join member m on m.organisation = t.organisation and m.id = t.service
  where (t.token_hash = hash or t.previous_hash = hash) and t.revoked_at is null
$$;
revoke execute on function token_of from public;
grant execute on function token_of to ${appRole};
`;
