import { type Kysely, sql } from 'kysely';
import { appRole } from '../roles.ts';

/**
 * Places in the log are given by the sequencer, as the owner. The application's role adds entries and what is pending,
 * and reads the rest: it can neither take an entry away before it is placed nor place one itself.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(
      `revoke select, update, delete on entry_pending from ${appRole};
      revoke insert, update, delete on log_head from ${appRole};
      revoke insert on log_leaf from ${appRole};`,
    )
    .execute(db);
}
