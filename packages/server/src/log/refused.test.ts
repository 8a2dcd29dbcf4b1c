import { expect, test } from 'vitest';
import { directoryRefused, SigningRefused } from './refused.ts';

const failing = (syscall: string, code: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { syscall, code });

test('what the file system refuses is a refusal to sign, with its own words', () => {
  for (const [syscall, code] of [
    ['open', 'EACCES'],
    ['write', 'ENOSPC'],
    ['rename', 'EROFS'],
  ] as const) {
    const refused = directoryRefused('/keys', failing(syscall, code));
    expect([refused.reason, refused.message]).toEqual([
      'directory',
      `The directory of the log's key, /keys, cannot be used: ${syscall} ${code}.`,
    ]);
  }
  const before = new SigningRefused('directory', 'No');
  expect(directoryRefused('/keys', before)).toBe(before);
});

test('a connection to the database that broke says nothing of the directory', () => {
  for (const [syscall, code] of [
    ['write', 'EPIPE'],
    ['read', 'ECONNRESET'],
    ['connect', 'ENOENT'],
  ] as const) {
    const broken = failing(syscall, code);
    expect(() => directoryRefused('/keys', broken)).toThrow(broken);
  }
});
