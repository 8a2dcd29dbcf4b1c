import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * A link to a new password that somebody else held is told from one that went by mail: it opens nothing once the account
 * leads to another organisation, now or before. Links of before count as held.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(links).execute(db);
  await sql.raw(elsewhere).execute(db);
  await sql.raw(rights).execute(db);
}

const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const asked = 'language sql stable security definer set search_path = public, pg_temp';
const written = 'language sql volatile security definer set search_path = public, pg_temp';

const links = `
alter table sign_in_link add column by_hand boolean not null default true;
drop function sign_in_link_of(bytea);
create function sign_in_link_of(hash bytea) returns table (purpose text, organisation uuid, member uuid, person uuid,
  reset uuid, email text, expires_at timestamptz, used_at timestamptz, by_hand boolean)
${asked} as $$
  select l.purpose, l.organisation, l.member, l.person, l.reset, l.email, l.expires_at, l.used_at, l.by_hand
  from sign_in_link l where l.token_hash = hash
$$;
drop function add_reset_link(bytea, uuid, uuid, uuid, text, timestamptz, timestamptz);
create function add_reset_link(hash bytea, of_reset uuid, of_member uuid, of_person uuid, address text, moment timestamptz,
  ends timestamptz, held boolean) returns void
${written} as $$
  delete from sign_in_link where purpose = 'password-reset' and expires_at < moment - interval '7 days';
  insert into sign_in_link (token_hash, purpose, person, organisation, member, email, reset, created_at, expires_at, by_hand)
  values (hash, 'password-reset', of_person, ${here}, of_member, lower(address), of_reset, moment, ends, held)
$$;
create function end_held_links(of_person uuid) returns void
${written} as $$
  delete from sign_in_link where person = of_person and purpose = 'password-reset' and used_at is null and by_hand
    and organisation <> ${here}
$$;
`;

// A membership that ended, or of an organisation that is archived, comes back by others' hands: it counts too. Tying a
// membership to a person takes a share lock on their row by its foreign key, so whoever holds the row is asked truly.
const elsewhere = `
create function hold_person(of_person uuid) returns void
${written} as $$ select from person where id = of_person for update $$;
create function leads_elsewhere(of_person uuid, but uuid) returns boolean
${asked} as $$ select exists (select from member where person = of_person and organisation <> but) $$;
`;

const functions = 'sign_in_link_of, add_reset_link, end_held_links, hold_person, leads_elsewhere';
const rights = `
revoke execute on function ${functions} from public;
grant execute on function ${functions} to ${appRole};
`;
