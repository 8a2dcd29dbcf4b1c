import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Whose hand led a provider to a member of before: who set its issuer, kept where an address alone linked the two, until
 * the member shows something of their own or another administrator says that it is them. What was linked before this
 * release is not asked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(text).execute(db);
}

const text = `
alter table sign_in_provider add column set_by text;
update sign_in_provider p set set_by = (select e.actor_id from entry e
  where e.organisation = p.organisation and e.act = 'provider.set' and e.actor_type = 'person' order by e.seq desc limit 1);
alter table outside_identity add column linked_by text;
create function linked_alone(of_organisation uuid, of_member uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from outside_identity o
    where o.organisation = of_organisation and o.member = of_member and o.ended_at is null and o.linked_by is not null)
$$;
revoke execute on function linked_alone from public;
grant execute on function linked_alone to ${appRole};
`;
