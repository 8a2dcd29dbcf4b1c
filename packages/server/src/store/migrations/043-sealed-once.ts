import { type Kysely, sql } from 'kysely';

/**
 * What is sealed from whoever asks is looked up with who they are found once and not once for each record: every table
 * that a statement names asks for it anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const organisation = `(select nullif(current_setting('app.organisation', true), '')::uuid)`;
  const sealedKinds = `(select scope_of('sealed'))::text[]`;
  const me = '(select scope_member())';
  await sql
    .raw(
      `create or replace function sealed_from_me() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select r.id from record r where r.organisation = ${organisation} and r.kind = any(${sealedKinds})
          and r.id not in (select p.record from record_party p where p.organisation = ${organisation} and p.member = ${me})
      $$;
      create or replace function search_sealed(q tsquery, of_kind text, n integer)
      returns table (record uuid, kind text, rank real)
      language sql stable security definer set search_path = public, pg_temp as $$
        select t.record, t.kind, ts_rank(t.words, q)
        from record_text t
        where t.organisation = ${organisation} and t.words @@ q and (of_kind is null or t.kind = of_kind)
          and (t.kind <> all(${sealedKinds}) or t.record in (select p.record from record_party p
            where p.organisation = ${organisation} and p.member = ${me}))
        limit n
      $$;`,
    )
    .execute(db);
}
