import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf, type Ran, runCommand, startCommand } from '../../test/command-line.ts';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { everyTable } from '../../test/every-table.ts';
import { type TestKernel, testKernel } from '../../test/kernel.ts';
import { keyedSigning, openPublished, type TestSigning } from '../../test/signing.ts';
import { sequenceAll } from '../log/sequencer.ts';
import { signAll } from '../log/signer.ts';
import { openEmbedded } from '../store/embedded/open.ts';

let kernel: TestKernel;
let signing: TestSigning;
let directory: string;
let file: string;
const organisations: string[] = [];
const databases: TestDatabase[] = [];
const blob = Buffer.from(Array.from({ length: 70_000 }, (_, n) => (n * 7 + (n >> 8)) & 0xff));

beforeAll(async () => {
  kernel = await testKernel();
  signing = await keyedSigning(kernel.store);
  directory = mkdtempSync(join(tmpdir(), 'throughline-backup-cli-'));
  file = join(directory, 'whole.backup');
  for (const name of ['Harbour Mutual', 'Second Bank']) {
    const organisation = await kernel.organisation(name);
    organisations.push(organisation);
    const ctx = kernel.context(organisation, await kernel.member(organisation, ['admin']));
    await kernel.store.change(ctx, async (write) => {
      for (let n = 0; n < 400; n += 1)
        write.create({
          kind: kernel.store.registry.get('task'),
          content: { fields: { title: `Task ${n} of ${name}` }, links: {} },
          system: null,
        });
    });
    await kernel.store.owner.query(
      `insert into blob (organisation, id, name, media, size, digest, bytes, created_at)
        values ($1, $1, 'file', 'application/pdf', $2, '\\x00', $3, now())`,
      [organisation, blob.length, blob],
    );
  }
  await sequenceAll(kernel.store);
  await signAll(signing);
  const made = await run(['backup', file, '--json'], addressOf(kernel.database.owner));
  expect([made.code, made.err]).toEqual([0, '']);
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  signing.close();
  for (const database of databases) await database.drop();
  await kernel.close();
});

const keys = () => join(directory, 'keys');
const run = (words: string[], databaseUrl: string, dataDir = join(directory, 'none')): Promise<Ran> =>
  runCommand(words, { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_KEY_DIR: keys() });

async function fresh(): Promise<TestDatabase> {
  const database = await testDatabase({ migrated: false });
  databases.push(database);
  return database;
}

async function looking<T>(connection: pg.ClientConfig, look: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ ...connection, max: 1 });
  try {
    return await look(pool);
  } finally {
    await pool.end();
  }
}

const changed = new Set(['entry', 'entry_pending', 'log_origin', 'log_key_entry']);
const unchanged = (tables: Record<string, string>) =>
  Object.fromEntries(Object.entries(tables).filter(([table]) => !changed.has(table)));

test('a backup is for this account alone, says what it holds, and is not written over', async () => {
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const again = await run(['backup', file], addressOf(kernel.database.owner));
  expect([again.code, again.out]).toEqual([4, '']);
  expect(again.err).toContain('is there already. Name a new file.');
  const made = await run(['backup', join(directory, 'b'), '--json'], addressOf(kernel.database.owner));
  const said = JSON.parse(made.out);
  expect(said).toMatchObject({ scope: 'installation', bytes: statSync(join(directory, 'b')).size });
  expect(said.organisations).toHaveLength(2);
  expect(said.logs[0].checkpoint).toMatchObject({ size: 400 });
  expect(said.tables.find(({ table }: { table: string }) => table === 'record').rows).toBe(800);
});

test('what is asked of one organisation holds nothing of another, nor a secret', async () => {
  const one = join(directory, 'one');
  const words = ['--organisation', 'Harbour Mutual', 'backup', one, '--json'];
  const made = await run(words, addressOf(kernel.database.owner));
  expect([made.code, JSON.parse(made.out).organisations]).toEqual([
    0,
    [{ id: organisations[0], name: 'Harbour Mutual' }],
  ]);
  expect((await run(['restore', one], addressOf((await fresh()).owner))).code).toBe(0);
});

test('from one server to an embedded database and back: every table is the same', async () => {
  const dataDir = join(directory, 'embedded');
  const restored = await run(['restore', file, '--json'], '', dataDir);
  expect([restored.code, restored.err]).toEqual([0, expect.stringMatching(/^Making a PostgreSQL .*\n$/)]);
  const back = join(directory, 'back');
  expect((await run(['backup', back], '', dataDir)).code).toBe(0);
  const database = await fresh();
  const ran = await run(['restore', back], addressOf(database.owner));
  expect([ran.code, ran.out]).toEqual([0, expect.stringContaining('its digest compared')]);
  const now = await looking(database.owner, everyTable);
  expect(unchanged(now)).toEqual(unchanged(await everyTable(kernel.store.owner)));
  const kept = await looking(database.owner, (pool) => pool.query('select bytes from blob order by id'));
  expect(kept.rows.map(({ bytes }) => Buffer.compare(bytes, blob))).toEqual([0, 0]);
});

test('a restored installation starts, answers, and signs its log anew under another name', async () => {
  const dataDir = join(directory, 'served');
  expect((await run(['restore', file], '', dataDir)).code).toBe(0);
  const server = startCommand(['serve'], { DATA_DIR: dataDir, LOG_KEY_DIR: keys(), PORT: '0' });
  let said = '';
  server.process.stdout?.on('data', (chunk: Buffer) => {
    said += chunk.toString('utf8');
  });
  try {
    await expect.poll(() => /http:\/\/\S+:\d+/.exec(said)?.[0], { timeout: 60_000 }).toBeDefined();
    const address = /http:\/\/\S+:\d+/.exec(said)?.[0] ?? '';
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    const made = await run(
      ['--organisation', 'Harbour Mutual', 'token', 'create', '--role', 'admin', '--name', 'x', '--json'],
      '',
      dataDir,
    );
    const headers = { authorization: `Bearer ${JSON.parse(made.out).secret}` };
    const list = await fetch(`${address}/api/v1/tasks?limit=5`, { headers });
    expect([list.status, JSON.parse(await list.text()).items.length]).toEqual([200, 5]);
    const state = async () =>
      JSON.parse(await (await fetch(`${address}/api/v1/log/state`, { headers })).text());
    await expect
      .poll(async () => (await state()).checkpoint?.size, { timeout: 20_000 })
      .toBeGreaterThanOrEqual(401);
    const before = await openPublished(kernel.store, organisations[0] ?? '');
    expect((await state()).origin).toMatch(new RegExp(`^${before.origin}/2-[0-9a-f]{8}$`));
    const beside = await run(['restore', file], '', dataDir);
    expect([beside.code, beside.err]).toEqual([5, expect.stringMatching(/Another Throughline server/)]);
    const verified = await run(['--organisation', 'Harbour Mutual', 'log', 'verify'], '', dataDir);
    // What was put there without the product has no entries: a restore adds nothing to that and takes nothing away.
    const source = await runCommand(['--organisation', 'Harbour Mutual', 'log', 'verify'], {
      DATABASE_URL: addressOf(kernel.database.owner),
      LOG_KEY_DIR: signing.directory,
    });
    const faults = (ran: Ran) =>
      ran.out.split('\n').filter((line) => line.startsWith('◆ ') && !/^◆ [0-9]+ fault/.test(line));
    expect(faults(verified)).toEqual(faults(source));
    expect(faults(verified).every((line) => line.endsWith('no entry speaks of it'))).toBe(true);
    expect(verified.out).toMatch(/403 entries signed as \S+\/2-/);
  } finally {
    server.process.kill('SIGTERM');
    await server.ended;
  }
}, 90_000);

test('killed in the middle, a restore leaves the directory as it was', async () => {
  const dataDir = join(directory, 'killed');
  const one = join(directory, 'first-one');
  const words = ['--organisation', 'Second Bank', 'backup', one];
  expect((await run(words, addressOf(kernel.database.owner))).code).toBe(0);
  expect((await run(['restore', one], '', dataDir)).code).toBe(0);
  const before = await embeddedTables(dataDir);
  const other = join(directory, 'second-one');
  const more = ['--organisation', 'Harbour Mutual', 'backup', other];
  expect((await run(more, addressOf(kernel.database.owner))).code).toBe(0);
  const restoring = startCommand(['--progress', 'restore', other], {
    DATA_DIR: dataDir,
    LOG_KEY_DIR: keys(),
  });
  await restoring.says(/Restoring entry/);
  restoring.process.kill('SIGKILL');
  await restoring.ended;
  expect(await embeddedTables(dataDir)).toEqual(before);
  expect((await run(['restore', other], '', dataDir)).code).toBe(0);
});

async function embeddedTables(dataDir: string): Promise<Record<string, string>> {
  const server = await openEmbedded({ dataDir, log: () => undefined });
  try {
    return await looking(server.owner, everyTable);
  } finally {
    await server.stop();
  }
}

test('a file that is not there, or is none, is refused before a database is made', async () => {
  const dataDir = join(directory, 'untouched');
  const none = await run(['restore', join(directory, 'nothing')], '', dataDir);
  expect([none.code, none.err]).toEqual([3, expect.stringContaining('it is not there')]);
  const foreign = join(directory, 'foreign');
  writeFileSync(foreign, 'PGDMP');
  const ran = await run(['restore', foreign], '', dataDir);
  expect([ran.code, ran.err]).toEqual([
    4,
    expect.stringMatching(/no backup of Throughline.*Nothing was restored/s),
  ]);
  expect(existsSync(dataDir)).toBe(false);
});

const debian = '/usr/lib/postgresql/15/bin';
test.skipIf(!existsSync(debian))(
  'a backup of PostgreSQL 18 is restored into 15 and comes back the same',
  async () => {
    const server = await startDebian();
    try {
      const connection = { host: server.sockets, port: 5432, user: 'throughline', database: 'postgres' };
      const ran = await run(['restore', file, '--json'], addressOf(connection));
      expect([ran.err, ran.code]).toEqual(['', 0]);
      const now = await looking(connection, everyTable);
      expect(unchanged(now)).toEqual(unchanged(await everyTable(kernel.store.owner)));
      const version = await looking(connection, (pool) => pool.query('show server_version'));
      expect(version.rows[0].server_version).toMatch(/^15/);
      const back = join(directory, 'from-15');
      expect((await run(['backup', back], addressOf(connection))).code).toBe(0);
      const database = await fresh();
      expect((await run(['restore', back], addressOf(database.owner))).code).toBe(0);
      expect(unchanged(await looking(database.owner, everyTable))).toEqual(unchanged(now));
    } finally {
      await server.stop();
    }
  },
);

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
  return {
    sockets,
    stop: async () => {
      child.kill('SIGINT');
      await ended;
      rmSync(sockets, { recursive: true, force: true });
    },
  };
}

test('the last words of a restore name what was signed last', async () => {
  const database = await fresh();
  const ran = await run(['restore', file], addressOf(database.owner));
  expect(ran.out).toMatch(/The log goes on as \S+\/2-[0-9a-f]{8}; as \S+ it was signed at 400 entries\./);
  const { rows } = await looking(database.owner, (pool) =>
    pool.query<{ body: Buffer }>(`select body from entry where act = 'log.restored' and organisation = $1`, [
      organisations[0],
    ]),
  );
  const before = await openPublished(kernel.store, organisations[0] ?? '');
  expect(JSON.parse(rows[0]?.body.toString('utf8') ?? '')).toMatchObject({
    act: 'log.restored',
    scope: 'installation',
    actor: { type: 'rule', id: 'operator' },
    checkpoint: { origin: before.origin, size: 400, root: Buffer.from(before.root).toString('hex') },
  });
  expect(readFileSync(file).includes(Buffer.from('PRIVATE KEY'))).toBe(false);
});
