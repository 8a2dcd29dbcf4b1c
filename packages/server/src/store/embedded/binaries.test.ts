import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findBinaries, healLinks } from './binaries.ts';
import { chooseIdentity } from './identity.ts';

const root = mkdtempSync(join(tmpdir(), 'throughline-binaries-'));
chmodSync(root, 0o755);

afterAll(() => rmSync(root, { recursive: true, force: true }));

test('links that the package lists and npm dropped are made, once', () => {
  const native = join(root, 'package', 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
  writeFileSync(join(native, 'lib', 'libdemo.so.6.18'), '');
  writeFileSync(join(native, 'lib', 'libpresent.so.1'), 'a file');
  const links = ['libdemo.so', 'libdemo.so.6'].map((name) => ({
    source: 'native/lib/libdemo.so.6.18',
    target: `native/lib/${name}`,
  }));
  const present = { source: 'native/lib/libpresent.so.1.2', target: 'native/lib/libpresent.so.1' };
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify([...links, present]));
  healLinks(native);
  healLinks(native);
  expect(readlinkSync(join(native, 'lib', 'libdemo.so'))).toBe('libdemo.so.6.18');
  expect(readlinkSync(join(native, 'lib', 'libdemo.so.6'))).toBe('libdemo.so.6.18');
  expect(lstatSync(join(native, 'lib', 'libpresent.so.1')).isFile()).toBe(true);
});

test('a package without a list of links is left as it is', () => {
  const native = join(root, 'plain', 'native');
  mkdirSync(native, { recursive: true });
  healLinks(native);
  expect(existsSync(join(native, 'lib'))).toBe(false);
});

test('the installed programs run under the account chosen for the directory', () => {
  const dataDir = join(root, 'data');
  mkdirSync(dataDir);
  const binaries = findBinaries(dataDir, chooseIdentity(dataDir, join(dataDir, 'postgres')));
  expect(binaries.version).toMatch(/^18\./);
  expect(existsSync(binaries.initdb)).toBe(true);
});
