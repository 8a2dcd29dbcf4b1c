import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * A login is erased once nobody is a member by it: address and password go, and the row stays under its id, which entries
 * of several logs name. Tying a membership to a person takes a share lock on their row by its foreign key, so whoever
 * holds the row is asked truly whether there is one.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table person add column erased_in uuid, add column erased_at timestamptz;
      create function erase_account(of_person uuid, moment timestamptz) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      begin
        perform from person where id = of_person and erased_at is null for update;
        if not found or exists (select from member where person = of_person) then return false; end if;
        delete from sign_in_link where person = of_person;
        delete from sign_in_step where person = of_person;
        update person set email = null, password_hash = null, password_salt = null, password_in = null, password_at = null,
          erased_in = nullif(current_setting('app.organisation', true), '')::uuid, erased_at = moment
        where id = of_person;
        return true;
      end $$;
      revoke execute on function erase_account(uuid, timestamptz) from public;
      grant execute on function erase_account(uuid, timestamptz) to ${appRole};`,
    )
    .execute(db);
}
