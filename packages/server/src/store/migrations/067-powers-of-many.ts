import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Who could do what is refused is asked of everybody: what each may was one call a member, and five hundred of them took
 * longer than the page. One statement answers for all, with whose hand opened each account. Both functions are made of
 * the same text.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(text).execute(db);
}

const groupRoles = (member: string) => `array(select unnest(g.roles) from group_member b
      join member_group g on g.organisation = b.organisation and g.id = b.member_group
      where b.organisation = ${member}.organisation and b.member = ${member}.id and g.removed_at is null)`;

/** Columns of what a row `m` of `member` may: the same names and types wherever it is asked. */
const powers = `m.scope,
    case when m.scope is null then null else array(
      select l.to_record from jsonb_array_elements_text(coalesce(m.scope -> 'audits', '[]')) a(id)
      join link l on l.organisation = m.organisation and l.from_record = a.id::uuid and l.relation = 'systems') end,
    ${groupRoles('m')},
    (select jsonb_agg(jsonb_build_object('member', a.id, 'first', d.first_day, 'last', d.last_day, 'until', a.left_on,
        'roles', to_jsonb(a.roles || ${groupRoles('a')})) order by d.id)
      from deputy d join member a on a.organisation = d.organisation and a.id = d.absent and a.active
      where d.organisation = m.organisation and d.member = m.id and d.ended_at is null),
    (select o.time_zone from organisation o where o.id = m.organisation)`;

const text = `
create or replace function powers_of(of_organisation uuid, of_member uuid)
returns table (scope jsonb, audited uuid[], groups text[], stands_for jsonb, time_zone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select ${powers}
  from member m where m.organisation = of_organisation and m.id = of_member
$$;
create function powers_of_many(of_organisation uuid, of_members uuid[])
returns table (member uuid, scope jsonb, audited uuid[], groups text[], stands_for jsonb, time_zone text, opened_by text)
language sql stable security definer set search_path = public, pg_temp as $$
  with opened as (
    select distinct on (r.member) r.member, r.by_id from account_reset r
    where r.organisation = of_organisation and r.by_hand and r.asked_by is null and r.vouched_at is null
      and r.by_type = 'person' and (r.kind = 'factors' or r.used_at is not null)
    order by r.member, r.at desc)
  select m.id, ${powers}, o.by_id
  from member m left join opened o on o.member = m.id where m.organisation = of_organisation and m.id = any (of_members)
$$;
revoke execute on function powers_of_many from public;
grant execute on function powers_of_many to ${appRole};
`;
