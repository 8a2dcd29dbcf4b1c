import { type Kysely, sql } from 'kysely';

/**
 * Who asked for a waiver that another person confirmed, beside whoever confirmed it. Waivers of before say it by the
 * proposal that was confirmed with them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table duty_waiver add column asked_by uuid').execute(db);
}
