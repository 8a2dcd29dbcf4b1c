import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { TestConnection } from './cluster.ts';

export type TestDatabase = {
  /** The owner of the database: migrations, and the pool that sees every organisation. */
  owner: TestConnection;
  /** The same login; the application takes its own role at each transaction. */
  app: TestConnection;
  /** Ends every session and removes the database. End your pools first: their connections would report errors. */
  drop(): Promise<void>;
};

/**
 * A database of its own for a test file, migrated: a clone of the run's template. Make it in `beforeAll`, drop
 * it in `afterAll`. With `migrated: false` it is empty.
 */
export async function testDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const { connection, template } = inject('cluster');
  const name = `throughline_test_${randomBytes(8).toString('hex')}`;
  const source = options.migrated === false ? 'template1' : template;
  await administer(connection, `create database ${name} strategy file_copy template ${source}`);
  const owner = { ...connection, database: name };
  return {
    owner,
    app: owner,
    drop: () => administer(connection, `drop database if exists ${name} with (force)`),
  };
}

async function administer(connection: TestConnection, statement: string): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
