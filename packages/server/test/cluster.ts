import pg from 'pg';
import { migrate } from '../src/store/migrate.ts';
import { openPools } from '../src/store/pools.ts';

/** What the global setup hands to each test process. */
export type TestCluster = { connection: TestConnection; template: string };

export type TestConnection = {
  host: string;
  port: number;
  user: string;
  database: string;
  password?: string;
};

/** A PostgreSQL address as the parts that `pg` takes. */
export function connectionOf(url: string): TestConnection {
  const { host, port, user, database, password } = new pg.Client(url);
  return {
    host,
    port,
    user: user ?? 'postgres',
    database: database ?? 'postgres',
    ...(password ? { password } : {}),
  };
}

/** Migrates the database that every test database is cloned from. */
export async function migrateTemplate(connection: TestConnection): Promise<void> {
  const pools = openPools(connection, (error) => console.error(error));
  try {
    await migrate(pools.owner);
  } finally {
    await pools.end();
  }
}
