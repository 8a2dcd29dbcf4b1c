import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { sealPolicies } from '../seal-policies.ts';

/**
 * Everybody reads through the policies of what is sealed, and every list is planned anew: they ask settings and one
 * function whose body no planner looks into. `opened_to_me` are the records whose party whoever asks is. Records of one
 * home system are mostly looked for in one kind.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function opened_to_me() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select p.record from record_party p
        where p.organisation = nullif(current_setting('app.organisation', true), '')::uuid and p.member = scope_member()
      $$;
      revoke execute on function opened_to_me from public;
      grant execute on function opened_to_me to ${appRole};
      drop index record_system;
      create index record_system on record (organisation, system, kind) where system is not null;`,
    )
    .execute(db);
  await sql.raw(sealPolicies()).execute(db);
}
