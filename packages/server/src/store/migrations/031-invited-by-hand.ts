import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/** An invitation that was handed over is told from one that went by mail: only the second proves who has the address. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(links).execute(db);
}

const here = `nullif(current_setting('app.organisation', true), '')::uuid`;

const links = `
drop function invite(bytea, uuid, text, timestamptz, timestamptz);
create function invite(hash bytea, of_member uuid, address text, moment timestamptz, ends timestamptz, held boolean) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  delete from sign_in_link where organisation = ${here} and member = of_member and used_at is null;
  insert into sign_in_link (token_hash, purpose, organisation, member, email, created_at, expires_at, by_hand)
  values (hash, 'invitation', ${here}, of_member, lower(address), moment, ends, held)
$$;
revoke execute on function invite from public;
grant execute on function invite to ${appRole};
`;
