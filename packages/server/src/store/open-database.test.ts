import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { DatabaseRefused, openDatabase } from './open-database.ts';

let database: TestDatabase;
const LATIN = 'throughline_latin1';

beforeAll(async () => {
  database = await testDatabase({ migrated: false });
  await ask(`drop database if exists ${LATIN}`);
  await ask(`create database ${LATIN} encoding 'LATIN1' locale 'C' template template0`);
});

afterAll(async () => {
  await ask(`drop database ${LATIN} with (force)`);
  await database.drop();
});

async function ask(sql: string): Promise<void> {
  const client = new pg.Client(database.owner);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

function address(name: string): string {
  const { host, port, user, password = '' } = database.owner;
  return `postgresql://${user}:${password}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
}

const open = (databaseUrl: string) => openDatabase({ dataDir: 'unused', databaseUrl }, () => {});

test('a database of one’s own is used as it is and left running', async () => {
  const opened = await open(address(database.owner.database));
  expect(opened.name).toMatch(/^PostgreSQL \d+/);
  await opened.close();
  await ask('select 1');
});

test('a database in another encoding is refused with what to do', async () => {
  await expect(open(address(LATIN))).rejects.toThrow(/encoded in LATIN1; Throughline needs UTF8/);
});

test('a database that is not there is refused, naming the variable', async () => {
  await expect(open(address('throughline_absent'))).rejects.toThrow(DatabaseRefused);
  await expect(open(address('throughline_absent'))).rejects.toThrow(
    /^The database named by DATABASE_URL does not answer: /,
  );
});
