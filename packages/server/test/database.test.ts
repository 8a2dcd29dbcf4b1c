import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from './database.ts';

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([testDatabase(), testDatabase({ migrated: false })]);
});

afterAll(async () => {
  await Promise.all([first.drop(), second.drop()]);
});

async function ask(database: TestDatabase, sql: string): Promise<unknown[]> {
  const client = new pg.Client(database.owner);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('each test file has a database of its own', async () => {
  await ask(first, 'create table mine (id int)');
  expect(await ask(first, `select to_regclass('public.mine') is not null as there`)).toEqual([
    { there: true },
  ]);
  expect(await ask(second, `select to_regclass('public.mine') is not null as there`)).toEqual([
    { there: false },
  ]);
});

test('a dropped database is gone while its neighbours stay', async () => {
  const third = await testDatabase();
  await third.drop();
  await expect(ask(third, 'select 1')).rejects.toMatchObject({ code: '3D000' });
  expect(await ask(first, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('the cluster is PostgreSQL 15 or newer with text in UTF-8', async () => {
  const [row] = await ask(
    first,
    `select current_setting('server_version_num')::int >= 150000 as recent,
    pg_encoding_to_char(encoding) as encoding from pg_database where datname = current_database()`,
  );
  expect(row).toEqual({ recent: true, encoding: 'UTF8' });
});
