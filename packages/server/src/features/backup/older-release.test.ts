import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Backups, backups, ownerPool } from '../../../test/backups.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { everyTable, fillEveryTable } from '../../../test/every-table.ts';
import { newId } from '../../store/ids.ts';
import { migrateSchema, migrationNames } from '../../store/migrate.ts';

const files: Backups = backups();
const databases: TestDatabase[] = [];
const pools: pg.Pool[] = [];

afterAll(async () => {
  for (const pool of pools) await pool.end();
  for (const database of databases) await database.drop();
  files.close();
});

async function empty(migrated: boolean): Promise<pg.Pool> {
  const database = await testDatabase({ migrated });
  const pool = ownerPool(database.owner);
  databases.push(database);
  pools.push(pool);
  return pool;
}

async function bring(pool: pg.Pool, names: readonly string[]): Promise<void> {
  const client = await pool.connect();
  await client.query('begin');
  await migrateSchema(client, 'public', names);
  await client.query('commit');
  client.release();
}

/** A database as a release with these migrations left it, with rows in every table that it had. */
async function asOf(
  names: readonly string[],
  rows: number,
): Promise<{ pool: pg.Pool; organisation: string }> {
  const current = names.length === migrationNames.length;
  const pool = await empty(current);
  if (!current) await bring(pool, names);
  const organisation = newId();
  await pool.query('insert into organisation (id, name, time_zone, created_at) values ($1, $2, $3, now())', [
    organisation,
    'Harbour Mutual',
    'Europe/Dublin',
  ]);
  await fillEveryTable(pool, organisation, rows);
  return { pool, organisation };
}

const own = (table: string) =>
  table === 'entry'
    ? `act <> 'log.restored'`
    : table === 'entry_pending'
      ? `entry not in (select id from entry where act = 'log.restored')`
      : table === 'log_origin'
        ? `origin not like 'throughline.internal/log/%'`
        : 'true';

// The first goes through every migration, the last through the newest alone.
const levels = [0, 4, migrationNames.length - 2].map(
  (at) => [migrationNames[at] ?? '', migrationNames.slice(0, at + 1)] as const,
);

test.each(levels)(
  'a backup of a release up to %s becomes what the migrations make of that database itself',
  async (_name, names) => {
    const { pool } = await asOf(names, 6);
    const made = await files.make(pool, `level-${names.length}`);
    expect(made.head.migrations).toEqual(names);
    const target = await empty(true);
    await files.restore(target, made.path);
    await bring(pool, migrationNames);
    // Of what had no moment yet, it is the moment of its migration.
    for (const one of [pool, target]) await one.query('update import set touched_at = created_at');
    const ended = (table: string) => (table === 'job' ? 'ended_at is not null' : 'true');
    expect(await everyTable(target, own)).toEqual(await everyTable(pool, ended));
    const schemas = await target.query(`select 1 from pg_namespace where nspname = 'throughline_restore'`);
    expect(schemas.rowCount).toBe(0);
  },
);

test('rows of an older release go through what later ones did to rows', async () => {
  const before = migrationNames.filter((name) => name < '010');
  const { pool, organisation } = await asOf(before, 2);
  await pool.query(
    `insert into import_row (organisation, import, row, digest, outcome) values ($1, $2, 7, '\\x00', 'rejected: no such unit')`,
    [organisation, newId()],
  );
  const made = await files.make(pool, 'rows');
  const target = await empty(true);
  await files.restore(target, made.path);
  const { rows } = await target.query('select outcome, rejections from import_row where row = 7');
  expect(rows).toEqual([
    { outcome: 'rejected', rejections: [{ column: '', raw: '', message: 'no such unit' }] },
  ]);
});

test('an older organisation comes beside one that is here, and what is filled is filled anew', async () => {
  const { pool, organisation } = await asOf(migrationNames.slice(0, 5), 3);
  const made = await files.make(pool, 'older-one', organisation);
  const { pool: target } = await asOf(migrationNames, 3);
  await target.query(`insert into slot_signature values ('task', 'as of today') on conflict do nothing`);
  await files.restore(target, made.path);
  const { rows } = await target.query<{ n: number }>('select count(*)::int as n from organisation');
  expect(rows).toEqual([{ n: 2 }]);
  expect((await target.query('select 1 from slot_signature')).rowCount).toBe(0);
});

let newer: Awaited<ReturnType<typeof asOf>>;
beforeAll(async () => {
  newer = await asOf(migrationNames, 1);
});

test('a backup of a newer release is refused, and says which', async () => {
  await newer.pool.query(`insert into kysely_migration values ('999-later', 'now')`);
  const made = await files.make(newer.pool, 'newer');
  await newer.pool.query(`delete from kysely_migration where name = '999-later'`);
  const target = await empty(true);
  await expect(files.restore(target, made.path)).rejects.toThrow(
    /made by a newer release \(0\.1\.0\): this one does not know its change "999-later"/,
  );
  expect((await target.query('select 1 from organisation')).rowCount).toBe(0);
});
