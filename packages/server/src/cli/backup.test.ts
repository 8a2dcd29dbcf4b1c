import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { type Backups, backups, ownerPool } from '../../test/backups.ts';
import { type Ran, runCommand, runProgram, startCommand } from '../../test/command-line.ts';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { everyTable } from '../../test/every-table.ts';
import { organisation, signedIn, type TestServer, testServer, tokenAgent } from '../../test/factories.ts';
import { keyedSigning, openPublished, type TestSigning } from '../../test/signing.ts';
import { contextOf, publish } from '../../test/verified-world.ts';
import { addBlob } from '../store/blobs.ts';
import { newId } from '../store/ids.ts';

let source: TestServer;
let signing: TestSigning;
let inProcess: Backups;
let directory: string;
let file: string;
/** A directory of data that a restore made, after one that was killed there. */
let dataDir: string;
let made: Ran;
let restored: Ran;
let headers: Readonly<Record<string, string>>;
/** How many entries the log of the first organisation has. */
let size: number;
const organisations: string[] = [];
const databases: TestDatabase[] = [];
const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7 + (n >> 8)) & 0xff));

beforeAll(async () => {
  source = await testServer();
  signing = await keyedSigning(source.store);
  inProcess = backups();
  directory = mkdtempSync(join(tmpdir(), 'throughline-backup-cli-'));
  file = join(directory, 'whole.backup');
  dataDir = join(directory, 'embedded');
  for (const name of ['Harbour Mutual', 'Second Bank']) await fill(name);
  await publish(source, signing);
  size = (await openPublished(source.store, harbour())).size;
  made = await run(['backup', file, '--json'], address());
  const killed = startCommand(['--progress', 'restore', file], environment('', dataDir));
  await killed.says(/Restoring entry/);
  killed.process.kill('SIGKILL');
  await killed.ended;
  restored = await run(['restore', file, '--keep-tokens', '--json'], '', dataDir);
}, 90_000);
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  inProcess.close();
  signing.close();
  for (const database of databases) await database.drop();
  await source.close();
});

/** An organisation with records and a file, as the product writes them: its log verifies. */
async function fill(name: string): Promise<void> {
  const id = await organisation(source, name);
  organisations.push(id);
  await signedIn(source, id, ['admin'], { name: 'Head of claims' });
  if (organisations.length === 1) headers = (await tokenAgent(source, id, ['admin'])).headers;
  await source.store.change(contextOf(source, id), async (write) => {
    for (let n = 0; n < 200; n += 1)
      write.create({
        kind: source.store.registry.get('task'),
        content: { fields: { title: `Task ${n} of ${name}` }, links: {} },
        system: null,
      });
    const digest = createHash('sha256').update(bytes).digest();
    const media = 'application/pdf';
    await addBlob(write, { id: newId(), name: 'file', media, size: bytes.length, digest, bytes });
  });
}

const harbour = () => organisations[0] ?? '';
const address = () => addressOf(source.database.owner);
const environment = (databaseUrl: string, dir: string) => ({
  DATABASE_URL: databaseUrl,
  DATA_DIR: dir,
  LOG_KEY_DIR: join(directory, 'keys'),
});
/** A process of its own where it holds a data directory: whose it is, is told by the process. */
const run = (words: string[], databaseUrl: string, dir = join(directory, 'none')): Promise<Ran> =>
  (databaseUrl === '' ? runProgram : runCommand)(words, environment(databaseUrl, dir));

async function fresh(migrated: boolean): Promise<TestDatabase> {
  const database = await testDatabase({ migrated });
  databases.push(database);
  return database;
}

async function looking<T>(to: pg.ClientConfig, look: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ ...to, max: 2 });
  try {
    return await look(pool);
  } finally {
    await pool.end();
  }
}

const changed = new Set(['entry', 'entry_pending', 'log_origin', 'log_key_entry']);
const unchanged = (tables: Record<string, string>) =>
  Object.fromEntries(Object.entries(tables).filter(([table]) => !changed.has(table)));

/** Restores beside the test, and answers what is there then. */
async function backInServer(path: string): Promise<Record<string, string>> {
  const database = await fresh(true);
  const pool = ownerPool(database.owner);
  try {
    await inProcess.restore(pool, path, { keepTokens: true });
    const kept = await pool.query<{ digest: Buffer }>('select sha256(bytes) as digest from blob');
    const digest = createHash('sha256').update(bytes).digest();
    expect(kept.rows.map((row) => row.digest.equals(digest))).toEqual([true, true]);
    return unchanged(await everyTable(pool));
  } finally {
    await pool.end();
  }
}

test('a backup is for this account alone, says what it holds, and is not written over', async () => {
  expect([made.code, made.err]).toEqual([0, '']);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const said = JSON.parse(made.out);
  expect(said).toMatchObject({ scope: 'installation', bytes: statSync(file).size });
  expect(said.organisations).toHaveLength(2);
  expect(said.logs[0].checkpoint).toMatchObject({ size: size });
  expect(said.tables.find(({ table }: { table: string }) => table === 'record').rows).toBe(400);
  const again = await run(['backup', file], address());
  expect([again.code, again.out]).toEqual([4, '']);
  expect(again.err).toContain('is there already. Name a new file.');
});

test('killed in the middle, a backup leaves no file that is taken for one, and the next one takes away what it left', async () => {
  const path = join(directory, 'half.backup');
  const named = () => readdirSync(directory).filter((name) => name.startsWith('half.backup'));
  writeFileSync(`${path}.${process.ppid}.part`, 'of somebody at work');
  const client = await source.store.owner.connect();
  await client.query('begin; lock table revision in access exclusive mode');
  const killed = startCommand(['backup', path], environment(address(), directory));
  const waiting = `select 1 from pg_locks where not granted and relation = 'revision'::regclass`;
  await expect.poll(async () => (await client.query(waiting)).rowCount, { timeout: 30_000 }).toBe(1);
  const part = `half.backup.${killed.process.pid}.part`;
  expect(named().sort()).toEqual([`half.backup.${process.ppid}.part`, part].sort());
  killed.process.kill('SIGKILL');
  await killed.ended;
  await client.query('rollback');
  client.release();
  expect(existsSync(path)).toBe(false);
  const half = await run(['restore', join(directory, part)], addressOf((await fresh(true)).owner));
  expect([half.code, half.err]).toEqual([4, expect.stringMatching(/not whole|does not begin/)]);
  expect((await run(['backup', path], address())).code).toBe(0);
  expect(named().sort()).toEqual(['half.backup', `half.backup.${process.ppid}.part`]);
}, 60_000);

test('killed after everything was copied, a restore leaves nothing, and the next one keeps all of it', async () => {
  const one = join(directory, 'one');
  const backup = await run(['--organisation', 'Harbour Mutual', 'backup', one, '--json'], address());
  expect([backup.code, JSON.parse(backup.out).organisations]).toEqual([
    0,
    [{ id: harbour(), name: 'Harbour Mutual' }],
  ]);
  const { owner } = await fresh(true);
  await looking(owner, async (pool) => {
    const before = await everyTable(pool);
    const client = await pool.connect();
    // What comes after the last row waits for this table.
    await client.query('begin; lock table slot_signature in exclusive mode');
    const restoring = startCommand(['restore', one], environment(addressOf(owner), directory));
    const waiting = `select 1 from pg_locks where not granted and relation = 'slot_signature'::regclass`;
    await expect.poll(async () => (await pool.query(waiting)).rowCount, { timeout: 30_000 }).toBe(1);
    restoring.process.kill('SIGKILL');
    await restoring.ended;
    await client.query('rollback');
    client.release();
    const others = `select 1 from pg_stat_activity where datname = current_database() and application_name like 'throughline%'`;
    await expect.poll(async () => (await pool.query(others)).rowCount, { timeout: 30_000 }).toBe(0);
    expect(await everyTable(pool)).toEqual(before);
  });
  const ran = await run(['restore', one], addressOf(owner));
  expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('its digest compared')]);
  expect(ran.out).toMatch(
    new RegExp(`The log goes on as \\S+/2-[0-9a-f]{8}; as \\S+ it was signed at ${size} entries\\.`),
  );
  const unsigned = await run(['log', 'verify'], addressOf(owner));
  expect([unsigned.code, unsigned.err]).toEqual([0, '']);
  expect(unsigned.out).toMatch(
    /nothing signed\nNothing is signed yet as \S+\/2-[0-9a-f]{8}, the name since the restore\. Start the server, or run "throughline log export"/,
  );
  const { rows } = await looking(owner, (pool) =>
    pool.query<{ body: Buffer }>(`select body from entry where act = 'log.restored'`),
  );
  const before = await openPublished(source.store, harbour());
  expect(rows.map(({ body }) => JSON.parse(body.toString('utf8')))).toMatchObject([
    {
      act: 'log.restored',
      scope: 'organisation',
      actor: { type: 'rule', id: 'operator' },
      checkpoint: {
        origin: before.origin,
        size: size,
        root: Buffer.from(before.root).toString('hex'),
      },
    },
  ]);
}, 90_000);

test('from a server to an embedded database, after one that was killed there, and back: every table is the same', async () => {
  expect([restored.code, restored.out.length > 0]).toEqual([0, true]);
  const back = join(directory, 'back');
  expect((await run(['backup', back], '', dataDir)).code).toBe(0);
  expect(await backInServer(back)).toEqual(unchanged(await everyTable(source.store.owner)));
}, 60_000);

test('a restored installation starts, answers, and its log verifies, signed anew under another name', async () => {
  const server = startCommand(['serve'], {
    DATA_DIR: dataDir,
    LOG_KEY_DIR: join(directory, 'keys'),
    PORT: '0',
  });
  let said = '';
  server.process.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  try {
    await expect.poll(() => /http:\/\/\S+:\d+/.exec(said)?.[0], { timeout: 60_000 }).toBeDefined();
    const at = /http:\/\/\S+:\d+/.exec(said)?.[0] ?? '';
    expect((await fetch(`${at}/readyz`)).status).toBe(200);
    const list = await fetch(`${at}/api/v1/tasks?limit=5`, { headers });
    expect([list.status, JSON.parse(await list.text()).items.length]).toEqual([200, 5]);
    const state = async () => JSON.parse(await (await fetch(`${at}/api/v1/log/state`, { headers })).text());
    await expect
      .poll(async () => (await state()).checkpoint?.size, { timeout: 20_000 })
      .toBeGreaterThan(size);
    const before = await openPublished(source.store, harbour());
    expect((await state()).origin).toMatch(new RegExp(`^${before.origin}/2-[0-9a-f]{8}$`));
    const beside = await run(['restore', file], '', dataDir);
    expect([beside.code, beside.err]).toEqual([5, expect.stringMatching(/Another Throughline server/)]);
    const verified = await run(['--organisation', 'Harbour Mutual', 'log', 'verify'], '', dataDir);
    expect([verified.code, verified.out]).toEqual([0, expect.stringMatching(/entries signed as \S+\/2-/)]);
  } finally {
    server.process.kill('SIGTERM');
    await server.ended;
  }
}, 90_000);

test('a file that is not there, or is none, is refused before a database is made', async () => {
  const untouched = join(directory, 'untouched');
  const none = await run(['restore', join(directory, 'nothing')], '', untouched);
  expect([none.code, none.err]).toEqual([3, expect.stringContaining('it is not there')]);
  const foreign = join(directory, 'foreign');
  writeFileSync(foreign, 'PGDMP');
  const ran = await run(['restore', foreign], '', untouched);
  expect([ran.code, ran.err]).toEqual([
    4,
    expect.stringMatching(/no backup of Throughline.*Nothing was restored/s),
  ]);
  expect(existsSync(untouched)).toBe(false);
}, 60_000);

const debian = '/usr/lib/postgresql/15/bin';
test.skipIf(!existsSync(debian))(
  'a backup of PostgreSQL 18 is restored into 15 by an owner who is no superuser, and comes back the same',
  async () => {
    const server = await startDebian();
    try {
      const to = { host: server.sockets, port: 5432, user: 'ordinary', database: 'ordinary' };
      const ran = await run(['restore', file, '--keep-tokens', '--json'], addressOf(to));
      expect([ran.err, ran.code]).toEqual(['', 0]);
      const now = unchanged(await everyTable(source.store.owner));
      expect(unchanged(await looking(to, everyTable))).toEqual(now);
      const version = await looking(to, (pool) => pool.query('show server_version'));
      expect(version.rows[0].server_version).toMatch(/^15/);
      const back = join(directory, 'from-15');
      expect((await run(['backup', back], addressOf(to))).code).toBe(0);
      expect(await backInServer(back)).toEqual(now);
    } finally {
      await server.stop();
    }
  },
  90_000,
);

/** The socket is there before the server takes anybody in: until then nobody listens, or it is starting up (57P03). */
async function entered(host: string, tries = 300): Promise<pg.Client> {
  const client = new pg.Client({ host, user: 'throughline', database: 'postgres' });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const soon =
      error instanceof Error && 'code' in error && /^(57P03|ECONNREFUSED)$/.test(String(error.code));
    if (tries === 0 || !soon) throw error;
    await new Promise((done) => setTimeout(done, 100));
    return entered(host, tries - 1);
  }
}

async function startDebian(): Promise<{ sockets: string; stop(): Promise<void> }> {
  const root = process.getuid?.() === 0;
  const as = root ? { uid: 65534, gid: 65534 } : {};
  const sockets = mkdtempSync(join(tmpdir(), 'tl15-'));
  const done = (command: string, words: string[]) =>
    new Promise<void>((resolve, refuse) => {
      const child = spawn(command, words, { stdio: 'ignore', ...as });
      child.on('exit', (code) => (code === 0 ? resolve() : refuse(new Error(`${command}: ${code}`))));
    });
  if (root) {
    const { chmodSync, chownSync } = await import('node:fs');
    chmodSync(directory, 0o755);
    chownSync(sockets, 65534, 65534);
  }
  const cluster = join(sockets, 'data');
  await done(join(debian, 'initdb'), [
    '-D',
    cluster,
    '-U',
    'throughline',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
  ]);
  const child = spawn(
    join(debian, 'postgres'),
    ['-D', cluster, '-c', `unix_socket_directories=${sockets}`, '-c', 'listen_addresses=', '-c', 'fsync=off'],
    { stdio: 'ignore', ...as },
  );
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()));
  await expect.poll(() => existsSync(join(sockets, '.s.PGSQL.5432')), { timeout: 30_000 }).toBe(true);
  const first = await entered(sockets);
  await first.query('create role ordinary login createrole');
  await first.query('create database ordinary owner ordinary');
  await first.end();
  return {
    sockets,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}
