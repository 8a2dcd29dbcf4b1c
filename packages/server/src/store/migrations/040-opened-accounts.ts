import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Whose hand opened an account: a link that an administrator held, or an end to second factors, by one hand (`asked_by` is
 * empty) or by two. Until the person shows something that the administrator never held, or another administrator confirms
 * that it is them (`vouched_at`), what signs in by it decides nothing. What was reset before this release is not asked.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(text).execute(db);
}

const text = `
alter table account_reset add column by_hand boolean not null default false, add column asked_by uuid,
  add column vouched_at timestamptz, add column vouched_by uuid;
create index account_reset_opened on account_reset (organisation, member) where by_hand and asked_by is null and vouched_at is null;
create function opened_by(of_organisation uuid, of_member uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select r.by_id from account_reset r
  where r.organisation = of_organisation and r.member = of_member and r.by_hand and r.asked_by is null and r.vouched_at is null
    and r.by_type = 'person' and (r.kind = 'factors' or r.used_at is not null)
  order by r.at desc limit 1
$$;
revoke execute on function opened_by(uuid, uuid) from public;
grant execute on function opened_by(uuid, uuid) to ${appRole};
`;
