import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { policies, scopeCondition, scopedTables } from '../scope-policies.ts';
import { secured } from './001-kernel/grants.ts';

/** Who is named in the records of sealed kinds, people by groups, and who stands in for whom. */
export const readingTables = ['record_party', 'member_group', 'group_member', 'deputy'] as const;

/**
 * Reading within a scope. What an auditor was given, and who asks, stands in the transaction's setting `app.scope`; the
 * policies of `throughline_scoped` hold every row against it. Everybody else reads as before, without a look at it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw(made).execute(db);
  for (const table of readingTables)
    await sql.raw(secured(table, 'select, insert, update, delete')).execute(db);
  await sql.raw(functions).execute(db);
  await sql.raw(powers).execute(db);
  await sql.raw(rights).execute(db);
  const later = ['recusal', 'risk_opinion', 'person_export'];
  const tables = Object.keys(scopedTables).filter((table) => !later.includes(table));
  await sql.raw(policies(tables)).execute(db);
}

const made = `
alter table member add column scope jsonb;
alter table revision add column on_behalf_of uuid;
create table record_party (
  organisation uuid not null,
  record uuid not null,
  member uuid not null,
  primary key (organisation, record, member)
);
create index record_party_member on record_party (organisation, member, record);
create table member_group (
  organisation uuid not null,
  id uuid not null,
  name text not null,
  roles text[] not null,
  salt bytea not null,
  created_at timestamptz not null,
  removed_at timestamptz,
  primary key (organisation, id)
);
create table group_member (
  organisation uuid not null,
  member_group uuid not null,
  member uuid not null,
  primary key (organisation, member_group, member)
);
create index group_member_member on group_member (organisation, member);
create table deputy (
  organisation uuid not null,
  id uuid not null,
  absent uuid not null,
  member uuid not null,
  first_day date not null,
  last_day date not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (organisation, id)
);
create index deputy_member on deputy (organisation, member, last_day);
`;

/**
 * `homes_of`: the systems that a record of no system belongs to: those that it speaks of, also through others of no
 * system, and those that use it. `search_scope` is `search_records` for who reads within a scope: what they may not read
 * is neither found nor counted.
 */
const functions = `
create function scope_all(part text) returns boolean language sql stable as $$
  select coalesce(nullif(current_setting('app.scope', true), '')::jsonb -> part = '"all"'::jsonb, false)
$$;
create function scope_of(part text) returns text[] language sql stable as $$
  select case when jsonb_typeof(s.scope -> part) = 'array' then array(select jsonb_array_elements_text(s.scope -> part)) else '{}' end
  from (select nullif(current_setting('app.scope', true), '')::jsonb as scope) s
$$;
create function scope_member() returns uuid language sql stable as $$
  select nullif(nullif(current_setting('app.scope', true), '')::jsonb ->> 'member', '')::uuid
$$;
create function homes_of(of_record uuid) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive here as (
    select nullif(current_setting('app.organisation', true), '')::uuid as organisation
  ), spoken as (
    select of_record as id, 0 as depth
    union
    select l.to_record, s.depth + 1 from spoken s cross join here h
    join record r on r.organisation = h.organisation and r.id = s.id and r.system is null
    join link l on l.organisation = h.organisation and l.from_record = s.id and l.type <> 'uses'
    where s.depth < 4
  ), users as (
    select of_record as id, 0 as depth
    union
    select l.from_record, u.depth + 1 from users u cross join here h
    join record r on r.organisation = h.organisation and r.id = u.id and r.system is null
    join link l on l.organisation = h.organisation and l.to_record = u.id and l.type = 'uses'
    where u.depth < 4
  )
  select r.system from spoken s cross join here h
  join record r on r.organisation = h.organisation and r.id = s.id where r.system is not null
  union
  select r.system from users u cross join here h
  join record r on r.organisation = h.organisation and r.id = u.id and r.kind in ('system', 'system-version') where r.system is not null
$$;
create function of_scope(of_record uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(bool_or(h.home = any(scope_of('systems')::uuid[])), true) from homes_of(of_record) as h(home)
$$;
create function sealed_file(of_file uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from record r where r.organisation = nullif(current_setting('app.organisation', true), '')::uuid
    and r.kind = any(scope_of('sealed')) and jsonb_path_exists(r.fields, '$.* ? (@ == $id)', jsonb_build_object('id', of_file)))
$$;
create function search_scope(q tsquery, of_kind text, n integer)
returns table (record uuid, kind text, rank real)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.record, t.kind, ts_rank(t.words, q)
  from record_text t join record r on r.organisation = t.organisation and r.id = t.record
  where t.organisation = nullif(current_setting('app.organisation', true), '')::uuid
    and t.words @@ q and (of_kind is null or t.kind = of_kind) and ${scopeCondition('r')}
  limit n
$$;
`;

/**
 * What a member may beside their own roles: the scope of an auditor with the systems that chosen audits cover, roles of
 * groups, and those for whom they stand in, with days; the organisation's time zone says which day it is.
 */
const powers = `
create function powers_of(of_organisation uuid, of_member uuid)
returns table (scope jsonb, audited uuid[], groups text[], stands_for jsonb, time_zone text)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.scope,
    case when m.scope is null then null else array(
      select l.to_record from jsonb_array_elements_text(coalesce(m.scope -> 'audits', '[]')) a(id)
      join link l on l.organisation = m.organisation and l.from_record = a.id::uuid and l.relation = 'systems') end,
    array(select unnest(g.roles) from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
      where b.organisation = m.organisation and b.member = m.id and g.removed_at is null),
    (select jsonb_agg(jsonb_build_object('member', a.id, 'first', d.first_day, 'last', d.last_day, 'roles', to_jsonb(a.roles || array(
        select unnest(g.roles) from group_member b join member_group g on g.organisation = b.organisation and g.id = b.member_group
        where b.organisation = a.organisation and b.member = a.id and g.removed_at is null))) order by d.id)
      from deputy d join member a on a.organisation = d.organisation and a.id = d.absent and a.active
      where d.organisation = m.organisation and d.member = m.id and d.ended_at is null),
    (select o.time_zone from organisation o where o.id = m.organisation)
  from member m where m.organisation = of_organisation and m.id = of_member
$$;
`;

const named = 'scope_all, scope_of, scope_member, homes_of, of_scope, sealed_file, search_scope, powers_of';
const rights = `
revoke execute on function ${named} from public;
grant execute on function ${named} to ${appRole};
`;
