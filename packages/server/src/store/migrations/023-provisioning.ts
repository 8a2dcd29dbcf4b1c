import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';
import { secured } from './001-kernel/grants.ts';

/** What an identity provider says of members and groups. */
export const provisioningTables = ['provisioned'] as const;

/**
 * Provisioning from outside (RFC 7643, 7644). `id` is that of the member or the group. A row that ended stays: who was
 * taken away by the identity provider may be brought back by it, and by nobody else's program.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table provisioned (
        organisation uuid not null,
        id uuid not null,
        type text not null,
        name_key text,
        external_id text,
        content jsonb,
        salt bytea,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        ended_at timestamptz,
        primary key (organisation, id)
      );
      create unique index provisioned_name on provisioned (organisation, type, name_key) where ended_at is null;
      create index provisioned_external on provisioned (organisation, type, external_id) where external_id is not null;
      ${secured('provisioned', 'select, insert, update')}
      create function members_at(address text) returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select m.id from person p join member m on m.person = p.id
        where p.email = lower(address) and m.organisation = nullif(current_setting('app.organisation', true), '')::uuid
        union
        select l.member from sign_in_link l join member m on m.organisation = l.organisation and m.id = l.member
        where l.email = lower(address) and l.organisation = nullif(current_setting('app.organisation', true), '')::uuid
          and m.person is null and l.created_at = (
            select max(n.created_at) from sign_in_link n where n.organisation = l.organisation and n.member = l.member)
      $$;
      create function addresses_of(members uuid[]) returns table (member uuid, email text)
      language sql stable security definer set search_path = public, pg_temp as $$
        select m.id, coalesce(p.email, l.email) from member m left join person p on p.id = m.person
        left join lateral (select email from sign_in_link l where l.organisation = m.organisation and l.member = m.id
          order by l.created_at desc limit 1) l on true
        where m.organisation = nullif(current_setting('app.organisation', true), '')::uuid and m.id = any(members)
      $$;
      create index sign_in_link_email on sign_in_link (organisation, email) where email is not null;
      revoke execute on function members_at, addresses_of from public;
      grant execute on function members_at, addresses_of to ${appRole};`,
    )
    .execute(db);
}
