import pg from 'pg';
import { connectRunning } from '../../packages/server/src/store/embedded/open.ts';

/** Changes the database of a running server as its owner could: behind the application, with its guards off. */
export async function asOwner(
  dataDir: string,
  statement: string,
  values: readonly unknown[],
): Promise<number> {
  const running = connectRunning(dataDir);
  if (!running) throw new Error(`No server runs on ${dataDir}.`);
  const client = new pg.Client({ ...running });
  await client.connect();
  try {
    // Triggers refuse changes to what may only grow; an owner can switch them off.
    await client.query("set session_replication_role = 'replica'");
    return (await client.query(statement, [...values])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
