import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { alone } from './lock.mjs';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lock-'));
  path = join(directory, '.throughline-preparing');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('two at once come one after the other, and the second says for whom it waits', async () => {
  const order: string[] = [];
  const said: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const first = alone(path, async () => {
    order.push('first begins');
    expect(readFileSync(path, 'utf8').trim()).toBe(String(process.pid));
    await promise;
    order.push('first ends');
  });
  const second = alone(path, async () => order.push('second'), {
    say: (text: string) => said.push(text),
    wait: async () => {
      resolve();
      await first;
    },
  });
  await Promise.all([first, second]);
  expect(order).toEqual(['first begins', 'first ends', 'second']);
  expect(said).toEqual([`Another start prepares this checkout (process ${process.pid}). Waiting for it.`]);
  expect(existsSync(path)).toBe(false);
});

test('work that fails lets the next one in', async () => {
  await expect(alone(path, async () => Promise.reject(new Error('no network')))).rejects.toThrow(
    'no network',
  );
  expect(await alone(path, async () => 'done')).toBe('done');
});

test('what a killed process left holds nobody up', async () => {
  // No process has a number beyond the largest that systems give.
  writeFileSync(path, '99999999\n');
  expect(await alone(path, async () => 'done', { say: () => undefined, wait: async () => undefined })).toBe(
    'done',
  );
});

test('one that is held for longer than any install is taken over', async () => {
  writeFileSync(path, `${process.pid}\n`);
  const longAgo = new Date(Date.now() - 31 * 60_000);
  utimesSync(path, longAgo, longAgo);
  expect(await alone(path, async () => 'done', { say: () => undefined, wait: async () => undefined })).toBe(
    'done',
  );
});
