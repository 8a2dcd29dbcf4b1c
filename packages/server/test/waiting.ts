import type { TestKernel } from './kernel.ts';

/** How many changes wait for one that holds what is taken one at a time. */
export async function advisoryWaiters({ store }: TestKernel): Promise<number> {
  const { rowCount } = await store.owner.query(
    `select from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`,
  );
  return rowCount ?? 0;
}
