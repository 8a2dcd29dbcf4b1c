import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * What somebody gave ends with what they may themselves: a deputy's place with the last day of who is away, and what a
 * token of no account may with the people behind it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(functions).execute(db);
}

const functions = `
create or replace function powers_of(of_organisation uuid, of_member uuid)
returns table (scope jsonb, audited uuid[], groups text[], stands_for jsonb, time_zone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.scope,
    case when m.scope is null then null else array(
      select l.to_record from jsonb_array_elements_text(coalesce(m.scope -> 'audits', '[]')) a(id)
      join link l on l.organisation = m.organisation and l.from_record = a.id::uuid and l.relation = 'systems') end,
    array(select unnest(g.roles) from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
      where b.organisation = m.organisation and b.member = m.id and g.removed_at is null),
    (select jsonb_agg(jsonb_build_object('member', a.id, 'first', d.first_day, 'last', d.last_day, 'until', a.left_on,
        'roles', to_jsonb(a.roles || array(
        select unnest(g.roles) from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
        where b.organisation = a.organisation and b.member = a.id and g.removed_at is null))) order by d.id)
      from deputy d join member a on a.organisation = d.organisation and a.id = d.absent and a.active
      where d.organisation = m.organisation and d.member = m.id and d.ended_at is null),
    (select o.time_zone from organisation o where o.id = m.organisation)
  from member m where m.organisation = of_organisation and m.id = of_member
$$;
create function makers_of(of_organisation uuid, of_token uuid) returns jsonb
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(jsonb_agg(jsonb_build_object('active', m.active, 'until', m.left_on, 'roles', to_jsonb(m.roles || array(
      select unnest(g.roles) from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
      where b.organisation = m.organisation and b.member = m.id and g.removed_at is null)))), '[]')
  from token t join member m on m.organisation = t.organisation and m.id = any(t.behind)
  where t.organisation = of_organisation and t.id = of_token and t.service is null
$$;
revoke execute on function makers_of from public;
grant execute on function makers_of to ${appRole};
`;
