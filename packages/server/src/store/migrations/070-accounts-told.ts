import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * What an organisation's log says of an account is the same whether or not the person belongs to another organisation:
 * entries name the member, and the rows keep what opens their digests. Rows of before have none of it: their entries
 * name the person.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(tables).execute(db);
  await sql.raw(people).execute(db);
  await sql.raw(rights).execute(db);
}

/** The organisation that the change is for. */
const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const written = 'language sql volatile security definer set search_path = public, pg_temp';

const tables = `
alter table member add column tie_salt bytea, add column parted_salt bytea;
alter table person add column password_member uuid, add column erased_member uuid;
alter table session add column salt bytea, add column proof_salt bytea;
`;

// A login is told of by the member that it is tied to in the change that makes it; one that was there before is not.
const people = `
drop function add_person(uuid, text, text, bytea, timestamptz);
create function add_person(new_id uuid, address text, hash text, new_salt bytea, moment timestamptz) returns void
${written} as $$
  insert into person (id, email, password_hash, password_salt, password_in, password_at, created_at)
  values (new_id, lower(address), hash, new_salt, ${here}, case when hash is null then null else moment end, moment)
$$;
create function tell_account(of_person uuid, of_member uuid, moment timestamptz) returns table (salt bytea, hash text)
${written} as $$
  update person set password_member = of_member
  where id = of_person and password_member is null and password_in = ${here} and created_at = moment and erased_at is null
  returning password_salt, password_hash
$$;
drop function set_password(uuid, text, bytea, timestamptz);
create function set_password(of_person uuid, of_member uuid, hash text, new_salt bytea, moment timestamptz) returns void
${written} as $$
  update person set password_hash = hash, password_salt = new_salt, password_in = ${here}, password_at = moment,
    password_member = of_member
  where id = of_person
$$;
drop function erase_account(uuid, timestamptz);
create function erase_account(of_person uuid, of_member uuid, moment timestamptz) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from person where id = of_person and erased_at is null for update;
  if not found or exists (select from member where person = of_person) then return false; end if;
  delete from sign_in_link where person = of_person;
  delete from sign_in_step where person = of_person;
  update factor set secret = null, ended_in = ${here}, ended_at = moment where person = of_person and ended_at is null;
  update person set email = null, password_hash = null, password_salt = null, password_in = null, password_at = null,
    password_member = null, erased_in = ${here}, erased_member = of_member, erased_at = moment
  where id = of_person;
  return true;
end $$;
`;

const functions = 'add_person, tell_account, set_password, erase_account';
const rights = `
revoke execute on function ${functions} from public;
grant execute on function ${functions} to ${appRole};
`;
