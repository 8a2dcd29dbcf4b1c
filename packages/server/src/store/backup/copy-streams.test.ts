import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownerPool } from '../../../test/backups.ts';
import { rowsOf } from '../../../test/copied-rows.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { copyIn, copyOut, drain } from './copy.ts';
import type { RowBytes } from './copy-streams.ts';

let database: TestDatabase;
let pool: pg.Pool;
let client: pg.PoolClient;

beforeAll(async () => {
  database = await testDatabase({ migrated: false });
  pool = ownerPool(database.owner);
  client = await pool.connect();
  await client.query('create table thing (n int, text text)');
});
afterAll(async () => {
  client.release();
  await pool.end();
  await database.drop();
});

async function read(rows: string): Promise<RowBytes[]> {
  const pieces: RowBytes[] = [];
  await drain(copyOut(client, rows), (piece) => pieces.push(piece));
  return pieces;
}

async function* each(...pieces: Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

const into = { into: 'thing (n, text)', settled: false, only: '' };
const count = async (pieces: readonly RowBytes[]) => pieces.reduce((sum, { rows }) => sum + rows, 0);
const kept = async () =>
  (
    await client.query<{ n: string; md5: string }>(
      `select count(*) as n, md5(string_agg(t::text, ',' order by n)) as md5 from thing t`,
    )
  ).rows[0];

test('no rows are no bytes, there and back', async () => {
  expect(await read('(select 1 where false)')).toEqual([]);
  expect(await copyIn(client, into, each())).toBe(0);
});

test('a piece holds whole rows, and says how many', async () => {
  const pieces = await read(`(select n, repeat('x', 1000) from generate_series(1, 2000) n)`);
  expect(pieces.length).toBeGreaterThan(5);
  for (const { bytes, rows } of pieces) expect(rowsOf(bytes)).toHaveLength(rows);
  expect(await count(pieces)).toBe(2000);
});

test('a row that is longer than a piece is a piece', async () => {
  const pieces = await read(
    `(select repeat('x', length) from unnest(array[10, 700000, 20]) with ordinality as l(length, at) order by at)`,
  );
  expect(pieces.map(({ rows }) => rows)).toEqual([1, 1, 1]);
  const [, long] = pieces;
  expect(rowsOf(long?.bytes ?? Buffer.of())[0]?.[0]?.length).toBe(700_000);
});

test('rows of every length, cut by the network wherever it likes, come whole and in their order', async () => {
  const lengths =
    '(select n, repeat(chr(97 + n % 26), (n * n * 7919) % 70001) as text from generate_series(1, 400) n)';
  const pieces = await read(lengths);
  const rows = pieces.flatMap(({ bytes }) => rowsOf(bytes));
  expect(rows.map(([, text]) => text?.length)).toEqual(
    Array.from({ length: 400 }, (_, at) => ((at + 1) * (at + 1) * 7919) % 70_001),
  );
  expect(rows.every(([, text], at) => !text || text.every((unit) => unit === 97 + ((at + 1) % 26)))).toBe(
    true,
  );
  // The client hears its own messages again.
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test('a notice in between is no row, and reaches who listens', async () => {
  const heard: (string | undefined)[] = [];
  const hear = ({ message }: { message: string | undefined }) => void heard.push(message);
  client.on('notice', hear);
  await client.query(`create function pg_temp.said(n int) returns int language plpgsql as
    $$ begin raise notice 'row %', n; return n; end $$`);
  expect(await count(await read('(select pg_temp.said(n) from generate_series(1, 3) n)'))).toBe(3);
  client.off('notice', hear);
  expect(heard).toEqual(['row 1', 'row 2', 'row 3']);
});

test('a row of two bytes is not taken for the end', async () => {
  // No columns: PostgreSQL counts them in two bytes, and says -1 for the end.
  const pieces = await read('(select from generate_series(1, 3))');
  expect(Buffer.concat(pieces.map(({ bytes }) => bytes))).toEqual(Buffer.alloc(6));
  expect(await count(pieces)).toBe(3);
});

test('what was read is kept as it was, wherever pieces are cut', async () => {
  await client.query('truncate thing');
  await client.query(
    `insert into thing select n, case when n % 7 > 0 then repeat('é', n) end from generate_series(1, 900) n`,
  );
  const before = await kept();
  const all = Buffer.concat((await read('thing (n, text)')).map(({ bytes }) => bytes));
  for (const size of [all.length, 65_537, 4_099]) {
    await client.query('truncate thing');
    const pieces: Buffer[] = [];
    for (let at = 0; at < all.length; at += size) pieces.push(all.subarray(at, at + size));
    expect(await copyIn(client, into, each(...pieces))).toBe(900);
    expect(await kept()).toEqual(before);
  }
});

test('rows that are left out are not counted', async () => {
  const all = Buffer.concat(
    (await read('(select n, null::text from generate_series(1, 10) n)')).map(({ bytes }) => bytes),
  );
  await client.query('truncate thing');
  expect(await copyIn(client, { ...into, only: 'where n > 7' }, each(all))).toBe(3);
});

test('what breaks off keeps nothing, says its own reason, and the connection goes on', async () => {
  await client.query('truncate thing');
  const [piece] = await read('(select n, null::text from generate_series(1, 10) n)');
  async function* broken(): AsyncGenerator<Buffer> {
    yield piece?.bytes ?? Buffer.of();
    throw new RangeError('the file ends here');
  }
  await expect(copyIn(client, into, broken())).rejects.toThrow(new RangeError('the file ends here'));
  expect(await kept()).toMatchObject({ n: '0' });
});

test('what the server does not take ends the sending, and the connection goes on', async () => {
  const row = (await read(`(select 1, 'x')`))[0]?.bytes ?? Buffer.of();
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from('no row');
    for (;;) yield Buffer.alloc(1_000_000, row);
  }
  await expect(copyIn(client, into, endless())).rejects.toThrow(/column|EOF|field/);
  expect(await copyIn(client, into, each(row))).toBe(1);
});

test('a query that fails while it is read says so, and the connection goes on', async () => {
  await expect(read('(select 1 / (5 - n) from generate_series(1, 9) n)')).rejects.toThrow('division by zero');
  expect(await count(await read('(select 1)'))).toBe(1);
});

test('rows settled at once are refused for a table that was here before', async () => {
  await expect(copyIn(client, { ...into, settled: true }, each())).rejects.toThrow(/FREEZE/);
});
