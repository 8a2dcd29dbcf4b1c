import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Which key seals what has to be read again (secrets of authenticators, of clients of sign-in providers): its name, never
 * the key. One row for the installation. Sealing names the key that it is done with, in the change that keeps what was
 * sealed; `for share` holds off whoever puts another key in its place until that change has ended.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create table sealing_key (
        one boolean primary key default true check (one),
        name bytea not null,
        since timestamptz not null
      );
      create function seals_here(wanted bytea, moment timestamptz) returns boolean
      language plpgsql volatile security definer set search_path = public, pg_temp as $$
      declare standing bytea;
      begin
        select k.name into standing from sealing_key k for share;
        if not found then
          insert into sealing_key (name, since) values (wanted, moment) on conflict do nothing;
          select k.name into standing from sealing_key k for share;
        end if;
        return standing = wanted;
      end $$;
      revoke execute on function seals_here(bytea, timestamptz) from public;
      grant execute on function seals_here(bytea, timestamptz) to ${appRole};`,
    )
    .execute(db);
}
