import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Takes away the addresses that a member was invited at, used or not: links to sign in are read before an organisation
 * is known, so the application reaches them by functions alone.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function erase_invitations(of_member uuid) returns void
        language sql volatile security definer set search_path = public, pg_temp as $$
          delete from sign_in_link where member = of_member
            and organisation = nullif(current_setting('app.organisation', true), '')::uuid
        $$;
        revoke execute on function erase_invitations from public;
        grant execute on function erase_invitations to ${appRole};`,
    )
    .execute(db);
}
