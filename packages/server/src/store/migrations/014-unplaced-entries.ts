import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Which entries of one's own organisation have no place in the log yet. The application's role reads no pending entries
 * itself (migration 003); a register as of a time has to know what the log does not hold by then.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `create function unplaced_entries() returns setof uuid
      language sql stable security definer set search_path = public, pg_temp as $$
        select entry from entry_pending where organisation = nullif(current_setting('app.organisation', true), '')::uuid
      $$;
      revoke all on function unplaced_entries() from public;
      grant execute on function unplaced_entries() to ${appRole};`,
    )
    .execute(db);
}
