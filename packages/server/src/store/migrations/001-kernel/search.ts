/** The few functions of the owner that answer before row-level security can. */
export const search = `
create function search_records(q tsquery, of_kind text, n integer)
returns table (record uuid, kind text, rank real)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.record, t.kind, ts_rank(t.words, q)
  from record_text t
  where t.organisation = nullif(current_setting('app.organisation', true), '')::uuid
    and t.words @@ q and (of_kind is null or t.kind = of_kind)
  limit n
$$;
create function session_of(hash bytea) returns table (
  id uuid, organisation uuid, member uuid, person uuid, roles text[], active boolean, expires_at timestamptz, seen_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.id, s.organisation, s.member, s.person, m.roles, m.active, s.expires_at, s.seen_at
  from session s join member m on m.organisation = s.organisation and m.id = s.member
  where s.token_hash = hash and s.ended_at is null
$$;
create function token_of(hash bytea) returns table (
  id uuid, organisation uuid, name text, roles text[], expires_at timestamptz, used_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.id, t.organisation, t.name, t.roles, t.expires_at, t.used_at from token t where t.token_hash = hash and t.revoked_at is null
$$;
create function person_by_email(address text) returns table (id uuid, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.id, p.password_hash from person p where p.email = lower(address)
$$;
create function memberships_of(who uuid) returns table (organisation uuid, name text, member uuid, roles text[], active boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.organisation, o.name, m.id, m.roles, m.active
  from member m join organisation o on o.id = m.organisation where m.person = who order by o.name
$$;
`;
