import type { RoleBearer } from '@throughline/domain/role-holders.ts';
import type { Reader } from './reader.ts';

/** Members with access on a day (YYYY-MM-DD), by name, with all that gives them roles; at most `most`. */
export async function roleBearers(reader: Reader, day: string, most: number): Promise<RoleBearer[]> {
  return reader.run<RoleBearer>({
    name: 'role-bearers',
    text: `with through as (
        select b.member, g.id, g.name, g.roles from group_member b
        join member_group g on g.organisation = b.organisation and g.id = b.member_group
        where b.organisation = $1 and g.removed_at is null
      )
      select m.id, m.name, m.type = 'service' as service, m.roles,
        coalesce((select json_agg(json_build_object('id', t.id, 'name', t.name, 'roles', t.roles) order by t.name, t.id)
          from through t where t.member = m.id), '[]') as groups,
        coalesce((select json_agg(json_build_object('id', a.id, 'name', a.name, 'last', d.last_day::text,
            'roles', to_jsonb(a.roles || array(select unnest(t.roles) from through t where t.member = a.id))) order by a.name, d.id)
          from deputy d join member a on a.organisation = d.organisation and a.id = d.absent and a.active and (a.left_on is null or a.left_on >= $2::date)
          where d.organisation = $1 and d.member = m.id and d.ended_at is null and $2::date between d.first_day and d.last_day),
          '[]') as "standsFor"
      from member m where m.organisation = $1 and m.active and (m.left_on is null or m.left_on >= $2::date)
      order by m.name, m.id limit $3`,
    values: [reader.organisation, day, most],
  });
}
