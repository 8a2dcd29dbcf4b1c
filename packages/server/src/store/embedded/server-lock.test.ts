import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { isAlive, startMark } from './process-identity.ts';
import { lockHolder, takeServerLock } from './server-lock.ts';

const root = mkdtempSync(join(tmpdir(), 'throughline-lock-'));
let count = 0;

afterAll(() => rmSync(root, { recursive: true, force: true }));

function lockFile(): string {
  count += 1;
  return join(root, `${count}.lock`);
}

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

test('the lock names its process and is gone after the release', async () => {
  const file = lockFile();
  const release = await takeServerLock(file, root);
  expect(lockHolder(file)).toEqual({ pid: process.pid, started: startMark(process.pid) });
  release();
  expect(existsSync(file)).toBe(false);
});

test('a held lock is refused and left as it is', async () => {
  const file = lockFile();
  const release = await takeServerLock(file, root);
  const before = readFileSync(file, 'utf8');
  await expect(takeServerLock(file, root)).rejects.toThrow(`process ${process.pid}) is using ${root}`);
  expect(readFileSync(file, 'utf8')).toBe(before);
  release();
});

test.each([
  ['of a dead process', () => JSON.stringify({ pid: deadPid(), started: 'then' })],
  ['of a process whose id another has now', () => JSON.stringify({ pid: process.pid, started: 'then' })],
  ['cut short', () => '{"pid": 12'],
  ['empty', () => ''],
  ['of another shape', () => '[1, 2]'],
])('a lock %s stops nobody', async (_, content) => {
  const file = lockFile();
  writeFileSync(file, content());
  const release = await takeServerLock(file, root);
  expect(lockHolder(file)?.pid).toBe(process.pid);
  release();
  expect(existsSync(file)).toBe(false);
});

test('of many that ask at once, one gets it', async () => {
  const file = lockFile();
  const asked = await Promise.allSettled(Array.from({ length: 20 }, () => takeServerLock(file, root)));
  expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a release does not take away a lock that somebody else holds by now', async () => {
  const file = lockFile();
  const release = await takeServerLock(file, root);
  writeFileSync(file, JSON.stringify({ pid: 1, started: startMark(1) }));
  release();
  expect(lockHolder(file)?.pid).toBe(1);
});

test('nothing but locks is left in the directory', () => {
  expect(readdirSync(root).filter((name) => !/^\d+\.lock$/.test(name))).toEqual([]);
});

test('a process is alive until it has ended, whoever owns it', () => {
  expect(isAlive(process.pid)).toBe(true);
  expect(isAlive(1)).toBe(true);
  expect(isAlive(deadPid())).toBe(false);
});

test('the mark of a start stays the same for a process and is empty for none', () => {
  expect(startMark(process.pid)).toBe(startMark(process.pid));
  expect(startMark(process.pid)).not.toBe('');
  expect(startMark(deadPid())).toBe('');
});
