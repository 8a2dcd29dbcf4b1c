import { sql } from 'kysely';
import type { Pool } from 'pg';
import type { Write } from './write.ts';

/** The task of the queue that brings statistics up to date. Beside `jobTask`: nobody asked for it, so nobody is shown it. */
export const statisticsTask = 'statistics';

/**
 * From how many rows on a change turns the planner's picture of the tables over. Autovacuum looks once a minute at most;
 * until then pages over thousands of new rows were measured to take seconds.
 */
const muchRows = 500;

/** Lines are computed after the change that asks: their tables are looked at once more when that is done. */
const settledAfter = '45 seconds';

/** Tables that an import writes, and those that are computed from them. */
export const importedTables = [
  'record',
  'revision',
  'link',
  'record_text',
  'external_id',
  'import_row',
  'approval',
  'entry',
  'entry_pending',
  'log_leaf',
  'standing',
  'system_line',
  'gap',
] as const;

export function changedMuch(rows: number): boolean {
  return rows >= muchRows;
}

/** Asks, inside a change of very many rows, for new statistics once that change is committed. Asked often, it is done once. */
export async function askForStatistics(write: Write): Promise<void> {
  await sql`select enqueue_statistics(interval '0'), enqueue_statistics(${settledAfter}::interval)`.execute(
    write.db,
  );
}

/** Counts the tables anew, as their owner and outside every transaction, so that no table stays locked for the others. */
export async function refreshStatistics(owner: Pool): Promise<void> {
  for (const table of importedTables) await owner.query(`analyze ${table}`);
}
