import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Kinds that their parties alone read. Everybody reads as `throughline_sealed`, whose policies take sealed records away
 * and nothing else; they stand as the last migration that changed them says. `via` says through which record somebody is a party: the record itself, or the one it belongs to.
 * `sealed_from_me` are the records that whoever asks may not read: looked up once a statement, and few.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `alter table record_party add column via uuid;
      update record_party set via = record;
      alter table record_party alter column via set not null, drop constraint record_party_pkey,
        add primary key (organisation, record, via, member);
      create function sealed_from_me() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select r.id from record r where r.organisation = nullif(current_setting('app.organisation', true), '')::uuid
          and r.kind = any(scope_of('sealed')) and not exists (select from record_party p
            where p.organisation = r.organisation and p.record = r.id and p.member = scope_member())
      $$;
      create function search_sealed(q tsquery, of_kind text, n integer)
      returns table (record uuid, kind text, rank real)
      language sql stable security definer set search_path = public, pg_temp as $$
        select t.record, t.kind, ts_rank(t.words, q)
        from record_text t
        where t.organisation = nullif(current_setting('app.organisation', true), '')::uuid
          and t.words @@ q and (of_kind is null or t.kind = of_kind)
          and (t.kind <> all(scope_of('sealed')) or exists (select from record_party p
            where p.organisation = t.organisation and p.record = t.record and p.member = scope_member()))
        limit n
      $$;
      revoke execute on function sealed_from_me, search_sealed from public;
      grant execute on function sealed_from_me, search_sealed to ${appRole};`,
    )
    .execute(db);
}
