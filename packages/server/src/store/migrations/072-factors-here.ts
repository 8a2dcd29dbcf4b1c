import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * A second factor counts for the members as whom its owner added it or showed it while signed in, and of both the log of
 * the organisation has the same entries. Counted everywhere, one from elsewhere met a demand without an entry, which told
 * that its owner has an account there. What stands counts where it was added; elsewhere its owner shows it once.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(text).execute(db);
}

/** The organisation that the change is for. */
const here = `nullif(current_setting('app.organisation', true), '')::uuid`;
const asked = 'language sql stable security definer set search_path = public, pg_temp';
const written = 'language sql volatile security definer set search_path = public, pg_temp';

const text = `
alter table factor add column counts_for uuid[] not null default '{}';
update factor f set counts_for = array(select m.id from member m where m.person = f.person and m.organisation = f.added_in)
  where f.ended_at is null and f.kind <> 'recovery';
create function count_factor(of_id uuid, of_person uuid, of_member uuid) returns boolean
${written} as $$
  with counted as (
    update factor set counts_for = counts_for || of_member
    where id = of_id and person = of_person and ended_at is null and kind <> 'recovery' and not counts_for @> array[of_member]
      and exists (select from member m where m.organisation = ${here} and m.id = of_member and m.person = of_person)
    returning 1)
  select exists (select from counted)
$$;
create or replace function session_of(hash bytea) returns table (
  id uuid, organisation uuid, member uuid, person uuid, roles text[], active boolean, left_on text,
  expires_at timestamptz, seen_at timestamptz, proved_at timestamptz, second_factor boolean)
${asked} as $$
  select s.id, s.organisation, s.member, s.person, m.roles, m.active, m.left_on::text, s.expires_at, s.seen_at,
    coalesce(s.proved_at, s.created_at),
    exists (select from factor f where f.person = s.person and f.ended_at is null and f.kind <> 'recovery'
      and f.counts_for @> array[s.member])
  from session s join member m on m.organisation = s.organisation and m.id = s.member
  where s.token_hash = hash and s.ended_at is null
$$;
revoke execute on function count_factor from public;
grant execute on function count_factor to ${appRole};
`;
