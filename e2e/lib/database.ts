import pg from 'pg';
import type { RunningServer } from './server.ts';

/** Changes the database of a running server as its owner could: behind the application, with its guards off. */
export async function asOwner(
  server: RunningServer,
  statement: string,
  values: readonly unknown[] = [],
): Promise<number> {
  if (!server.database) throw new Error('The server brought a PostgreSQL of its own.');
  const client = new pg.Client(server.database.owner);
  await client.connect();
  try {
    // Triggers refuse changes to what may only grow; an owner can switch them off.
    await client.query("set session_replication_role = 'replica'");
    return (await client.query(statement, [...values])).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
