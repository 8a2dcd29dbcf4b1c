import type pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Backups, backups, ownerPool } from '../../../test/backups.ts';
import { type TestDatabase, testDatabase } from '../../../test/database.ts';
import { everyTable, fillEveryTable } from '../../../test/every-table.ts';
import { backupTables, leftOut } from '../../store/backup/tables.ts';
import { newId } from '../../store/ids.ts';

const files: Backups = backups();
const opened: { database: TestDatabase; pool: pg.Pool }[] = [];
let source: pg.Pool;
const [one, other] = [newId(), newId()];

beforeAll(async () => {
  source = await fresh();
  for (const [id, name] of [
    [one, 'Harbour Mutual'],
    [other, 'Second "bank"\n'],
  ]) {
    await source.query(
      'insert into organisation (id, name, time_zone, created_at) values ($1, $2, $3, now())',
      [id, name, 'Europe/Dublin'],
    );
    await fillEveryTable(source, id ?? '', 20);
  }
  await source.query('update job set ended_at = null where organisation = $1 and total < 4', [one]);
  const person = await source.query('select id from person limit 1');
  await source.query(
    `insert into session (token_hash, id, person, organisation, member, created_at, seen_at, expires_at)
      select '\\xabcdef', $1, $2, $3, $1, now(), now(), now()`,
    [newId(), person.rows[0].id, one],
  );
  await source.query(
    `insert into sign_in_link (token_hash, purpose, created_at, expires_at) values ('\\x0123', 'invitation', now(), now())`,
  );
});
afterEach(async () => {
  for (const { database, pool } of opened.splice(1)) {
    await pool.end();
    await database.drop();
  }
});
afterAll(async () => {
  for (const { database, pool } of opened) {
    await pool.end();
    await database.drop();
  }
  files.close();
});

async function fresh(): Promise<pg.Pool> {
  const database = await testDatabase();
  const pool = ownerPool(database.owner);
  opened.push({ database, pool });
  return pool;
}

/** A restore adds an entry, and a name of the log: they are looked at by themselves. */
const untouched = (table: string) =>
  table === 'entry'
    ? `act <> 'log.restored'`
    : table === 'entry_pending'
      ? `entry not in (select id from entry where act = 'log.restored')`
      : table === 'log_origin'
        ? `origin not like 'throughline.internal/log/%'`
        : 'true';

test('every table of the database is in a backup, or it is said why it is not', async () => {
  const { rows } = await source.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`,
  );
  const placed = [...backupTables.map(({ table }) => table), ...Object.keys(leftOut)];
  expect(placed.sort()).toEqual(rows.map(({ name }) => name).sort());
});

test('what other tables refer to is restored before them', async () => {
  const order = backupTables.map(({ table }) => table);
  const { rows } = await source.query<{ of: string; to: string }>(
    `select k.conrelid::regclass::text as of, k.confrelid::regclass::text as to from pg_constraint k
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid::regclass::text <> all ($1)`,
    [Object.keys(leftOut)],
  );
  expect(rows.length).toBeGreaterThan(3);
  for (const { of, to } of rows)
    expect(order.indexOf(to.replaceAll('"', '')), `${of} to ${to}`).toBeLessThan(order.indexOf(of));
});

test.each([
  ['few rows', Number.POSITIVE_INFINITY],
  ['many rows, their keys built at the end', 0],
])('an installation (%s) comes back row by row, and a backup of it is the same', async (_name, manyBytes) => {
  const made = await files.make(source, 'whole');
  expect(made.manifest.tables.every(({ rows }) => rows > 0)).toBe(true);
  const target = await fresh();
  const before = await catalogueOf(target);
  const restored = await files.restore(target, made.path, { manyBytes, keepTokens: true });
  expect(await catalogueOf(target)).toEqual(before);
  expect(before.length).toBeGreaterThan(100);
  expect(restored.manifest).toEqual(made.manifest);
  const ended = (table: string) => (table === 'job' ? 'ended_at is not null' : 'true');
  expect(await everyTable(target, untouched)).toEqual(await everyTable(source, ended));
  for (const table of ['session', 'sign_in_link'])
    expect((await target.query(`select 1 from ${table}`)).rowCount, table).toBe(0);
  const again = await files.make(target, 'whole-again');
  const changed = ['entry', 'entry_pending', 'log_origin'];
  const digests = ({ tables }: typeof made.manifest) =>
    tables.filter(({ table }) => !changed.includes(table));
  expect(digests(again.manifest)).toEqual(digests(made.manifest));
});

/** Indexes, keys, triggers, policies and rights. */
async function catalogueOf(pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select indexdef as line from pg_indexes where schemaname = 'public'
    union all select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || convalidated from pg_constraint where connamespace = 'public'::regnamespace
    union all select tgrelid::regclass || ' ' || tgenabled::text || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
    union all select tablename || ' ' || policyname || qual from pg_policies
    union all select relname || relrowsecurity || relacl::text from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' and relacl is not null
    union all select nspname::text from pg_namespace where nspname not like 'pg_temp%' and nspname not like 'pg_toast_temp%' order by 1`,
  );
  return rows.map(({ line }) => line);
}

test('rows that are here though no organisation is are neither lost nor mixed with others', async () => {
  const target = await fresh();
  await target.query(`insert into counter values ($1, 'task', 5)`, [newId()]);
  const made = await files.make(source, 'left');
  await files.restore(target, made.path, { manyBytes: 0 });
  const { rows } = await target.query('select next from counter where organisation not in ($1, $2)', [
    one,
    other,
  ]);
  expect(rows).toEqual([{ next: 5 }]);
});

test('a person who is here already is a reason to refuse', async () => {
  const target = await fresh();
  await target.query(`insert into person (id, email, created_at) values ($1, 'a@example.org', now())`, [
    newId(),
  ]);
  const before = await everyTable(target);
  const made = await files.make(source, 'person');
  await expect(files.restore(target, made.path, { manyBytes: 0 })).rejects.toThrow(
    /Table "person" does not hold what was restored into it/,
  );
  expect(await everyTable(target)).toEqual(before);
});

test('numbers go on after what was restored', async () => {
  const made = await files.make(source, 'sequences');
  const target = await fresh();
  await files.restore(target, made.path);
  const most = await target.query<{ seq: string }>('select max(seq) as seq from entry');
  const { rows } = await target.query<{ seq: string }>(
    `insert into entry (organisation, id, act, actor_type, actor_id, at, body)
      values ($1, $2, 'x', 'rule', 'x', now(), '') returning seq`,
    [one, newId()],
  );
  expect(BigInt(rows[0]?.seq ?? 0)).toBeGreaterThan(BigInt(most.rows[0]?.seq ?? 0));
});

test('one organisation comes back alone, and nothing of another is in its file', async () => {
  const made = await files.make(source, 'one', one);
  expect(made.head.organisations).toEqual([{ id: one, name: 'Harbour Mutual' }]);
  expect(made.manifest.tables.map(({ table }) => table)).not.toContain('person');
  const target = await fresh();
  await files.restore(target, made.path);
  const { rows: ids } = await target.query<{ id: string }>('select id from organisation');
  expect(ids).toEqual([{ id: one }]);
  const mine = await everyTable(target, (table) =>
    table === 'member' || table === 'token' ? 'false' : untouched(table),
  );
  const theirs = await everyTable(source, (table) => {
    if (['person', 'member', 'token', 'mail_domain', 'log_key_entry'].includes(table)) return 'false';
    if (table === 'job') return `organisation = '${one}' and ended_at is not null`;
    return `${table === 'organisation' ? 'id' : 'organisation'} = '${one}'`;
  });
  // What ends with the restore is told with entries, and may turn lines.
  const ends = new Set(['entry', 'entry_pending', 'facts_mark']);
  for (const [table, found] of Object.entries(theirs))
    if (!ends.has(table)) expect(mine[table], table).toBe(found);
});

test('however many tokens an organisation has, none of them works where it is restored', async () => {
  const held = await fresh();
  await files.restore(held, (await files.make(source, 'few', one)).path);
  await held.query(
    `insert into token (organisation, id, name, token_hash, roles, scope, behind, created_by, created_at)
      select $1, gen_random_uuid(), 'Pipeline', sha256(n::text::bytea), '{reader}', '{}', '{}', 'test', now()
      from generate_series(1, 600) n`,
    [one],
  );
  const made = await files.make(held, 'many', one);
  for (const path of [made.path, (await files.make(held, 'all')).path]) {
    const target = await fresh();
    expect((await files.restore(target, path)).tokensEnded).toBe(600);
    expect((await target.query('select from token where revoked_at is null')).rowCount).toBe(0);
  }
});

test('an organisation restored alone leaves logins behind and ends its tokens, and its log says so', async () => {
  const made = await files.make(source, 'alone', one);
  const target = await fresh();
  await files.restore(target, made.path);
  const count = async (query: string) => (await target.query<{ n: number }>(query)).rows[0]?.n;
  expect(await count('select count(*)::int as n from member where person is not null')).toBe(0);
  expect(await count('select count(*)::int as n from person')).toBe(0);
  expect(await count('select count(*)::int as n from token where revoked_at is null')).toBe(0);
  expect(await count('select count(*)::int as n from sign_in_link where expires_at > now()')).toBe(0);
  const members = await count('select count(*)::int as n from sign_in_link where email is not null');
  expect(members).toBe(made.head.addresses.length);
  expect(made.head.addresses.length).toBeGreaterThan(0);
  expect(
    await count(`select count(*)::int as n from entry where act in ('member.changed', 'member.left')`),
  ).toBe(members);
});

test('a second organisation comes beside the first, and the first stays as it was', async () => {
  const target = await fresh();
  await files.restore(target, (await files.make(source, 'first', one)).path);
  const before = await everyTable(target);
  await files.restore(target, (await files.make(source, 'second', other)).path);
  const after = await everyTable(target, (table) =>
    ['person', 'organisation'].includes(table) ? `id <> '${other}'` : `organisation <> '${other}'`,
  );
  expect(after).toEqual(before);
});

test('what is here already is not restored over', async () => {
  const whole = await files.make(source, 'over');
  const alone = await files.make(source, 'over-one', one);
  const before = await everyTable(source);
  await expect(files.restore(source, whole.path)).rejects.toThrow(
    /An installation is restored into an empty one, and here is .*"Harbour Mutual"/,
  );
  await expect(files.restore(source, alone.path)).rejects.toThrow(/is here already: "Harbour Mutual"/);
  expect(await everyTable(source)).toEqual(before);
});
