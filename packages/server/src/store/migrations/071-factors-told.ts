import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * The second factors of a person are told of all at once, in the log of the organisation where they were changed last: an
 * entry for each told which of them came from elsewhere. A recovery code that was used is marked, as the counter of an
 * authenticator is, and no longer taken out of what the log binds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(text).execute(db);
}

/** The organisation that the change is for. */
const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const written = 'volatile security definer set search_path = public, pg_temp';

const text = `
alter table person add column factors_in uuid, add column factors_member uuid, add column factors_salt bytea;
create function tell_factors(of_person uuid, of_member uuid, new_salt bytea) returns setof factor
language plpgsql ${written} as $$
begin
  update person set factors_in = ${here}, factors_member = of_member, factors_salt = new_salt where id = of_person;
  return query select * from factor where person = of_person and ended_at is null order by id;
end $$;
create function use_code(of_id uuid, code bigint, moment timestamptz) returns boolean
language sql ${written} as $$
  with used as (
    update factor set counter = counter | code, used_at = moment
    where id = of_id and kind = 'recovery' and ended_at is null and (counter & code) = 0 returning 1)
  select exists (select from used)
$$;
create or replace function change_factor(of_id uuid, before bytea, kept bytea, new_salt bytea, moment timestamptz) returns boolean
language sql ${written} as $$
  with changed as (
    update factor set secret = kept, salt = new_salt, told_in = ${here}, used_at = moment, counter = 0
    where id = of_id and ended_at is null and secret = before returning 1)
  select exists (select from changed)
$$;
revoke execute on function tell_factors, use_code from public;
grant execute on function tell_factors, use_code to ${appRole};
`;
