import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDirectories } from './directories.ts';

const root = mkdtempSync(join(tmpdir(), 'throughline-directories-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('makes what is missing with the mode asked for, and takes what is there', () => {
  const path = join(root, 'a', 'b', 'c');
  makeDirectories(path, 0o700);
  makeDirectories(path, 0o700);
  for (const one of ['a', 'a/b', 'a/b/c']) {
    const stats = statSync(join(root, one));
    expect([stats.isDirectory(), stats.mode & 0o777]).toEqual([true, 0o700]);
  }
});

test('a file in its place or above it is an error', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(() => makeDirectories(file)).toThrow(/EEXIST/);
  expect(() => makeDirectories(join(file, 'below'))).toThrow(/ENOTDIR/);
});

// There `recursive` never returns.
test.skipIf(process.platform !== 'linux')('where no directory can be made it says so', () => {
  expect(() => makeDirectories('/proc/nowhere')).toThrow(/ENOENT/);
  expect(() => makeDirectories('/proc/nowhere/below')).toThrow(/ENOENT/);
});
