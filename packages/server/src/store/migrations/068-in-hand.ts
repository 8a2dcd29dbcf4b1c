import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * A further link to a new password that is handed over ends the ones that were handed over before. A file that no record
 * names yet is held for whoever brought it; those of before are held for nobody.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function end_links_in_hand(of_person uuid) returns void
      language sql volatile security definer set search_path = public, pg_temp as $$
        delete from sign_in_link where person = of_person and purpose = 'password-reset' and used_at is null and by_hand
          and organisation = nullif(current_setting('app.organisation', true), '')::uuid
      $$;
      revoke execute on function end_links_in_hand from public;
      grant execute on function end_links_in_hand to ${appRole};
      alter table blob add column held_by text;`,
    )
    .execute(db);
}
