import { type Kysely, sql } from 'kysely';
import { around } from './001-kernel/around.ts';
import { grants } from './001-kernel/grants.ts';
import { log } from './001-kernel/log.ts';
import { organisations } from './001-kernel/organisations.ts';
import { records } from './001-kernel/records.ts';
import { search } from './001-kernel/search.ts';

/**
 * The kernel's tables. The organisation stands first in every key, so that a distributed PostgreSQL can place rows by
 * it. Rows of the log have no foreign keys: entries outlive what they speak of.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create extension if not exists btree_gin`.execute(db);
  await sql.raw(organisations).execute(db);
  await sql.raw(records).execute(db);
  await sql.raw(log).execute(db);
  await sql.raw(around).execute(db);
  await sql.raw(search).execute(db);
  await sql.raw(grants()).execute(db);
}
