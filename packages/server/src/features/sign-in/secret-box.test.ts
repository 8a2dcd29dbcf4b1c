import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FactorKeyRefused, makeFactorKey, readFactorKey } from './factor-key.ts';
import { secretBox } from './secret-box.ts';

const box = secretBox(randomBytes(32));
const secret = Buffer.from('twenty bytes of rand');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'throughline-factor-key-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

test('what was closed opens for its owner, and looks different each time', () => {
  const [one, other] = [box.close(secret, 'a'), box.close(secret, 'a')];
  expect(box.open(one, 'a')).toEqual(secret);
  expect(box.open(other, 'a')).toEqual(secret);
  expect(one.equals(other)).toBe(false);
  expect(one.includes(secret)).toBe(false);
});

test('nothing opens for another owner, under another key, cut short, or with any bit turned', () => {
  const closed = box.close(secret, 'a');
  expect(box.open(closed, 'b')).toBeNull();
  expect(secretBox(randomBytes(32)).open(closed, 'a')).toBeNull();
  for (let length = 0; length < closed.length; length += 1)
    expect(box.open(closed.subarray(0, length), 'a')).toBeNull();
  for (let at = 0; at < closed.length; at += 1) {
    const turned = Buffer.from(closed);
    turned.writeUInt8(turned.readUInt8(at) ^ 1, at);
    expect(box.open(turned, 'a')).toBeNull();
  }
});

test('a key has 32 bytes', () => {
  expect(() => secretBox(randomBytes(16))).toThrow(RangeError);
});

test('a box is named by its key, and what it closes begins with that name', () => {
  const key = randomBytes(32);
  const [one, same, other] = [secretBox(key), secretBox(key), secretBox(randomBytes(32))];
  expect(same.name).toEqual(one.name);
  expect(other.name).not.toEqual(one.name);
  expect(one.close(secret, 'a').subarray(0, one.name.length)).toEqual(one.name);
  expect(key.includes(one.name)).toBe(false);
});

test('the key is made once, for this account alone, and found again', async () => {
  const here = join(directory, 'made');
  const path = join(here, 'factors.key');
  expect(await readFactorKey(path)).toBeUndefined();
  const [first, second] = await Promise.all([makeFactorKey(path), makeFactorKey(path)]);
  expect(second).toEqual(first);
  expect(await readFactorKey(path)).toEqual(first);
  expect(readdirSync(here)).toEqual(['factors.key']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, 'utf8')).toBe(`${first.toString('base64')}\n`);
});

test('a key that others may read, or that is none, or out of reach, stops the start by name', async () => {
  const file = join(directory, 'factors.key');
  writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  chmodSync(file, 0o644);
  const refusal = (path: string) => expect(readFactorKey(path)).rejects;
  await refusal(file).toThrow(
    new FactorKeyRefused(
      `Other accounts may reach the key of second factors. Set the rights of ${file} to 0600.`,
    ),
  );
  chmodSync(file, 0o600);
  writeFileSync(file, 'nonsense');
  await refusal(file).toThrow(new FactorKeyRefused(`${file} holds no key of 32 bytes in Base64.`));
  const within = join(file, 'factors.key');
  await refusal(within).toThrow(/ENOTDIR.*FACTORS_KEY_FILE/);
  await expect(makeFactorKey(within)).rejects.toThrow(FactorKeyRefused);
});
