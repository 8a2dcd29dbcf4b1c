import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { afterAll, afterEach, expect, test } from 'vitest';
import { connectRunning, type EmbeddedConnection, openEmbedded } from './open.ts';
import { isServing, runningPostmaster } from './postmaster.ts';
import { isAlive } from './process-identity.ts';

const PROGRAM = resolve(import.meta.dirname, '../../../test/programs/write-until-killed.ts');
const root = mkdtempSync(join(tmpdir(), 'throughline-embedded-'));
chmodSync(root, 0o755);
const isRoot = process.getuid?.() === 0;
const children: ChildProcess[] = [];
let count = 0;

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

afterAll(() => {
  for (let n = 1; n <= count; n += 1) {
    const orphan = runningPostmaster(join(root, `data-${n}`, 'postgres'));
    if (orphan) process.kill(orphan.pid, 'SIGQUIT');
  }
  rmSync(root, { recursive: true, force: true, maxRetries: 5 });
});

function directory(): string {
  count += 1;
  return join(root, `data-${count}`);
}

const open = (dataDir: string) => openEmbedded({ dataDir, log: () => {} });

async function ask(connection: EmbeddedConnection, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Runs the program in a process of its own and answers its lines; the first says how it opened. */
async function start(dataDir: string, words: string[] = [], account: { uid?: number; gid?: number } = {}) {
  const child = spawn(process.execPath, [PROGRAM, dataDir, ...words], {
    ...account,
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const lines: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => lines.push(line));
  await Promise.race([once(reader, 'line'), once(child, 'exit')]);
  return { child, lines, errors: () => errors };
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'close');
  child.kill('SIGKILL');
  await gone;
}

test('what is written is there after a stop and a start', async () => {
  const dataDir = directory();
  const first = await open(dataDir);
  await ask(first.owner, `create table note (body text); insert into note values ('kept')`);
  await first.stop();
  expect(isServing(first.pid, join(dataDir, 'postgres'))).toBe(false);
  expect(connectRunning(dataDir)).toBeUndefined();

  const second = await open(dataDir);
  expect(second.adopted).toBe(false);
  expect(await ask(second.owner, 'select body from note')).toEqual([{ body: 'kept' }]);
  await second.stop();
});

test('the cluster is durable, listens to no network, and sorts the same everywhere', async () => {
  const server = await open(directory());
  const [settings] = await ask(
    server.owner,
    `select json_object_agg(name, setting) as all from pg_settings where name in
       ('data_checksums', 'fsync', 'full_page_writes', 'listen_addresses', 'synchronous_commit', 'TimeZone')`,
  );
  expect(settings?.all).toEqual({
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    synchronous_commit: 'on',
    TimeZone: 'UTC',
  });
  const [locale] = await ask(
    server.owner,
    `select datlocprovider as provider, datlocale as locale, pg_encoding_to_char(encoding) as encoding
       from pg_database where datname = current_database()`,
  );
  expect(locale).toEqual({ provider: 'b', locale: 'C.UTF-8', encoding: 'UTF8' });
  await server.stop();
});

test('a killed server process loses no acknowledged row, and its PostgreSQL is taken over', async () => {
  const dataDir = directory();
  const killed = await start(dataDir, ['write']);
  while (killed.lines.length < 200) await once(killed.child.stdout ?? process.stdin, 'data');
  await kill(killed.child);
  const acknowledged = killed.lines.slice(1).map(Number).filter(Number.isInteger);

  const server = await open(dataDir);
  expect(server.adopted).toBe(true);
  expect(server.pid).toBe(JSON.parse(killed.lines[0] ?? '{}').pid);
  const [row] = await ask(server.owner, 'select count(*)::int as rows, max(id) as last from acknowledged');
  expect(row?.rows).toBe(row?.last);
  expect(row?.last).toBeGreaterThanOrEqual(acknowledged.length);
  await server.stop();
  expect(isServing(server.pid, join(dataDir, 'postgres'))).toBe(false);
});

test('a PostgreSQL killed with its server recovers what it acknowledged', async () => {
  const dataDir = directory();
  const killed = await start(dataDir, ['write']);
  while (killed.lines.length < 200) await once(killed.child.stdout ?? process.stdin, 'data');
  const { pid } = JSON.parse(killed.lines[0] ?? '{}');
  process.kill(pid, 'SIGKILL');
  await kill(killed.child);
  const acknowledged = killed.lines.slice(1).map(Number).filter(Number.isInteger).length;

  const server = await open(dataDir);
  expect(server.adopted).toBe(false);
  const [row] = await ask(server.owner, 'select count(*)::int as rows from acknowledged');
  expect(row?.rows).toBeGreaterThanOrEqual(acknowledged);
  await server.stop();
});

test('a second server process on one directory is refused and told which process holds it', async () => {
  const dataDir = directory();
  const first = await start(dataDir);
  await expect(open(dataDir)).rejects.toThrow(`process ${first.child.pid}) is using`);
  const running = connectRunning(dataDir);
  expect(running && (await ask(running, 'select 1 as one'))).toEqual([{ one: 1 }]);
  const gone = once(first.child, 'exit');
  first.child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
  expect(connectRunning(dataDir)).toBeUndefined();
});

test('the same process cannot open a directory twice', async () => {
  const dataDir = directory();
  const server = await open(dataDir);
  await expect(open(dataDir)).rejects.toThrow(`process ${process.pid}) is using`);
  await server.stop();
});

test('a lock and a pid file whose ids now belong to other processes stop nobody', async () => {
  const dataDir = directory();
  const first = await open(dataDir);
  const pidFile = readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  await first.stop();
  // As after a crash in a container: the ids on file are in use again, by programs that are not ours.
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  children.push(stranger);
  writeFileSync(join(dataDir, 'server.lock'), JSON.stringify({ pid: stranger.pid, started: 'another time' }));
  const left = join(dataDir, 'postgres', 'postmaster.pid');
  writeFileSync(left, pidFile.replace(/^\d+/, String(stranger.pid)), { mode: 0o600 });
  const { uid, gid } = statSync(join(dataDir, 'postgres'));
  chownSync(left, uid, gid);

  const second = await open(dataDir);
  expect(second.adopted).toBe(false);
  await second.stop();
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
});

test('blanks, quotes and a path too long for a socket do no harm', async () => {
  const blanks = join(directory(), `it's the "data" of Größe`);
  const first = await open(blanks);
  expect(first.owner.host.startsWith(blanks)).toBe(true);
  expect(await ask(first.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
  await first.stop();

  const long = join(directory(), 'x'.repeat(120));
  const second = await open(long);
  expect(second.owner.host.startsWith(long)).toBe(false);
  expect(statSync(second.owner.host).mode & 0o777).toBe(0o700);
  expect(connectRunning(long)).toEqual(second.owner);
  expect(await ask(second.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
  rmSync(second.owner.host, { recursive: true });
});

test('nobody else may enter the directory of the socket', async () => {
  const server = await open(directory());
  expect(statSync(server.owner.host).mode & 0o777).toBe(0o700);
  await server.stop();
});

test.skipIf(!isRoot)('below a directory that only root may enter it runs all the same', async () => {
  const home = join(root, 'private');
  mkdirSync(home, { mode: 0o700 });
  const server = await open(join(home, 'data'));
  expect(statSync(join(home, 'data', 'postgres')).uid).not.toBe(0);
  expect(await ask(server.owner, 'select 1 as one')).toEqual([{ one: 1 }]);
  await server.stop();
});

const reachable =
  isRoot &&
  spawnSync(process.execPath, ['--check', PROGRAM], { uid: 65534, gid: 65534, cwd: '/' }).status === 0;

test.skipIf(!isRoot)(
  'an account without a name is told what to do, and nothing is left that looks like a database',
  async () => {
    const data = directory();
    mkdirSync(data);
    chownSync(data, 424_242_424, 424_242_424);
    const refused = /User id 424242424 has no name on this machine.*\/etc\/passwd.*DATABASE_URL/;
    await expect(open(data)).rejects.toThrow(refused);
    expect(existsSync(join(data, 'postgres'))).toBe(false);
  },
);

test.skipIf(!reachable)('an ordinary user runs it, and root later runs it as that user', async () => {
  const dataDir = directory();
  mkdirSync(dataDir);
  chownSync(dataDir, 65534, 65534);
  const ordinary = await start(dataDir, ['write'], { uid: 65534, gid: 65534 });
  expect(ordinary.errors()).toBe('');
  expect(JSON.parse(ordinary.lines[0] ?? '{}').adopted).toBe(false);
  await kill(ordinary.child);

  const server = await open(dataDir);
  expect(server.adopted).toBe(true);
  expect(statSync(join(dataDir, 'postgres')).uid).toBe(65534);
  await server.stop();
});

test.skipIf(!reachable)('an account that may not write is told which directory and variable', async () => {
  const dataDir = directory();
  mkdirSync(dataDir, { mode: 0o755 });
  const refused = await start(dataDir, [], { uid: 65534, gid: 65534 });
  if (refused.child.exitCode === null) await once(refused.child, 'exit');
  expect(refused.errors()).toContain(`Cannot write to ${dataDir} (EACCES). Set DATA_DIR`);
  expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
});
