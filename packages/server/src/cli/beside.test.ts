import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type Ran, runCommand, runProgram } from '../../test/command-line.ts';
import { openServices } from '../open-services.ts';
import { lockHolder } from '../store/embedded/server-lock.ts';

/** `serve` without the web build, which other tests need nothing of. */
const program = resolve(import.meta.dirname, '../../test/programs/serve.ts');

let dataDir: string;
let server: { address: string; token: string; stop(): Promise<number> } | undefined;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'throughline-beside-'));
});
afterAll(async () => {
  await server?.stop();
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const environment = () => ({ DATA_DIR: dataDir, LOG_KEY_DIR: join(dataDir, 'log-key') });
const run = (...words: string[]): Promise<Ran> => runCommand(words, environment());

async function serve(more: Record<string, string> = {}): Promise<NonNullable<typeof server>> {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    LOG_KEY_DIR: join(dataDir, 'log-key'),
    DATABASE_URL: '',
    HOST: '127.0.0.1',
    PORT: '0',
    ...more,
  };
  const child = spawn(process.execPath, [program], { env });
  const gone = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
    });
  const ready = /ready at (http\S+)\n/;
  while (!ready.test(said)) {
    if (child.exitCode !== null) throw new Error(`The server ended with ${child.exitCode}: ${said}`);
    await Promise.race([once(child.stdout, 'data'), gone]);
  }
  const stop = async () => {
    child.kill('SIGTERM');
    const [code] = await gone;
    return Number(code);
  };
  return { address: ready.exec(said)?.[1] ?? '', token: /token=(\S+)/.exec(said)?.[1] ?? '', stop };
}

const list = async (): Promise<string[]> => {
  const ran = await run('list', 'system', '--json');
  expect([ran.code, ran.err]).toEqual([0, '']);
  const shape = z.looseObject({ items: z.array(z.looseObject({ title: z.string() })) });
  return shape.parse(JSON.parse(ran.out)).items.map((row) => row.title);
};

test('makes no database of its own', { timeout: 120_000 }, async () => {
  const ran = await run('list', 'system');
  expect([ran.code, ran.out]).toEqual([5, '']);
  expect(ran.err).toBe(
    `There is no database in ${dataDir} yet. Start the server first (throughline serve), or set DATA_DIR to the directory of one.\n`,
  );
});

test('works beside a running server on its database, and after it, on the same', {
  timeout: 240_000,
}, async () => {
  server = await serve();
  await expect(serve({ PORT: 'horse' })).rejects.toThrow(/ended with 2: PORT is "horse"/);
  await expect(serve()).rejects.toThrow(/ended with 5: Another Throughline server \(process \d+\) is using/);
  const setup = await fetch(`${server.address}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token: server.token,
      organisation: { name: 'Example Insurance', timeZone: 'Europe/Berlin' },
      person: {
        name: 'Head of compliance',
        email: 'a@example.org',
        password: 'correct horse battery staple',
      },
    }),
  });
  expect(setup.ok).toBe(true);

  const token = (await run('token', 'create', '--role', 'aims-manager', '--name', 'Pipeline')).out.trim();
  const authorization = `Bearer ${token}`;
  const made = await fetch(`${server.address}/api/v1/systems`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ fields: { name: 'Claims triage' } }),
  });
  expect(made.status).toBe(201);
  expect(await list()).toEqual(['Claims triage']);

  // Links of commands begin where the server is reached, though nothing here says which port that is.
  const words = ['create', 'Harbour Bank', '--administrator', 'b@example.org', '--trusting'];
  const other = await run('organisation', ...words);
  expect([other.code, other.out]).toEqual([
    0,
    expect.stringContaining(`${server.address}/invitation#token=`),
  ]);
  expect(other.err).not.toContain('not known');
  expect((await run('organisation', 'archive', 'harbour-bank')).code).toBe(0);

  const said: unknown = JSON.parse((await run('trace', 'SYS-1', '--json')).out);
  const answered: unknown = await (
    await fetch(`${server.address}/api/v1/systems/SYS-1/trace`, { headers: { authorization } })
  ).json();
  const stations = z.looseObject({ stations: z.array(z.unknown()), strip: z.string() });
  expect(stations.parse(said).stations).toEqual(stations.parse(answered).stations);

  const path = join(dataDir, 'uses.csv');
  writeFileSync(path, 'Use Case Name,Purpose\nFraud signals,To find fraud\n');
  expect((await run('import', path, '--kind', 'use-case')).code).toBe(0);
  const shown = await fetch(`${server.address}/api/v1/use-cases`, { headers: { authorization } });
  expect(JSON.stringify(await shown.json())).toContain('Fraud signals');

  // The server signs what it wrote; a key that is rotated beside it signs what comes next. What another process wrote
  // it finds within a second: until then an export says how much is not signed yet.
  const exported = async (name: string) => {
    let ran = await run('log', 'export', join(dataDir, name), '--json');
    for (let n = 1; ran.err !== '' && n < 20; n += 1) {
      expect([ran.code, ran.err]).toEqual([0, expect.stringContaining('not signed yet')]);
      await pause(250);
      ran = await run('log', 'export', join(dataDir, `${name}-${n}`), '--json');
    }
    expect([ran.code, ran.err]).toEqual([0, '']);
    return z
      .looseObject({ size: z.int().min(1), keys: z.array(z.looseObject({ id: z.string() })) })
      .parse(JSON.parse(ran.out));
  };
  const first = await exported('log-before');
  expect((await run('log', 'rotate-key')).code).toBe(0);
  const state = z.looseObject({
    size: z.int(),
    checkpoint: z.looseObject({ size: z.int() }),
    unsigned: z.null(),
  });
  const asked = await fetch(`${server.address}/api/v1/log/state`, { headers: { authorization } });
  expect(asked.status).toBe(200);
  const second = await exported('log-after');
  expect(second.keys.map((key) => key.id)).toEqual([expect.any(String), first.keys[0]?.id]);
  expect(second.size).toBeGreaterThan(first.size);
  const settled = await fetch(`${server.address}/api/v1/log/state`, { headers: { authorization } });
  expect(state.parse(await settled.json()).checkpoint.size).toBeGreaterThanOrEqual(second.size);

  const began = performance.now();
  expect(await server.stop()).toBe(0);
  // A thread that looked at a password a moment ago holds nothing up.
  expect(performance.now() - began).toBeLessThan(30_000);
  server = undefined;
  expect(await list()).toEqual(['Claims triage', 'Fraud signals']);
  expect(lockHolder(join(dataDir, 'server.lock'))).toBeUndefined();
});

test('two commands at once share the database that one of them started', { timeout: 120_000 }, async () => {
  const commands = [
    ['readiness', '--json'],
    ['list', 'system', '--json'],
    ['token', 'list'],
  ];
  // Processes of their own: who started the database is told by the process.
  const ran = await Promise.all(commands.map((words) => runProgram(words, environment())));
  expect(ran.map((one) => [one.code, one.err])).toEqual([
    [0, ''],
    [0, ''],
    [0, ''],
  ]);
  expect(lockHolder(join(dataDir, 'server.lock'))).toBeUndefined();
});

test('of two that find the directory free at the same moment, one waits for what the other starts', {
  timeout: 60_000,
}, async () => {
  const open = () => openServices({ dataDir, databaseUrl: undefined }, () => undefined);
  // In one process: both have looked before either holds the directory.
  const [first, second] = await Promise.all([open(), open()]);
  expect([first.database.held, second.database.held].sort()).toEqual(['by a server', 'by this command']);
  const [holder, guest] = first.database.held === 'by this command' ? [first, second] : [second, first];
  expect(await guest.organisations()).toEqual(await holder.organisations());
  await guest.close();
  await holder.close();
  expect(lockHolder(join(dataDir, 'server.lock'))).toBeUndefined();
});
