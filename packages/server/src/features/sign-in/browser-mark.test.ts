import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { browserMarks } from './browser-mark.ts';
import { secretBox } from './secret-box.ts';

const key = randomBytes(32);
const marks = browserMarks(secretBox(key));

test('a mark that was made here is known, on every node with the key', () => {
  const mark = marks.issue();
  expect(mark).toMatch(/^[\w-]{43}$/);
  expect(marks.isOurs(mark)).toBe(true);
  expect(browserMarks(secretBox(Buffer.from(key))).isOurs(mark)).toBe(true);
  expect(marks.issue()).not.toBe(mark);
});

test('none that somebody else made is, and none with any bit turned', () => {
  expect(browserMarks(secretBox(randomBytes(32))).isOurs(marks.issue())).toBe(false);
  for (const made of [
    '',
    'x'.repeat(43),
    'x'.repeat(44),
    'ü'.repeat(43),
    randomBytes(32).toString('base64url'),
  ])
    expect(marks.isOurs(made)).toBe(false);
  const bytes = Buffer.from(marks.issue(), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const turned = Buffer.from(bytes);
    turned.writeUInt8(turned.readUInt8(at) ^ 1, at);
    expect(marks.isOurs(turned.toString('base64url'))).toBe(false);
  }
});
