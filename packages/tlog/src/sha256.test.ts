import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leavesTo, sha256, text } from '../test/kit.ts';
import { toHex } from './bytes.ts';
import { treeRoot } from './hash.ts';
import { portableSha256 } from './sha256.ts';

test('the examples of FIPS 180-4', () => {
  expect(toHex(portableSha256(text('abc')))).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  expect(toHex(portableSha256(text('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')))).toBe(
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  );
  expect(toHex(portableSha256())).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('every length around the ends of blocks is hashed as Node does', () => {
  for (let length = 0; length <= 260; length += 1) {
    const message = new Uint8Array(length).map((_, at) => (at * 131 + length) % 256);
    expect(toHex(portableSha256(message))).toBe(createHash('sha256').update(message).digest('hex'));
  }
});

test('any parts are hashed as if they were one', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 150 }), { maxLength: 4 }), (parts) => {
      expect(toHex(portableSha256(...parts))).toBe(toHex(sha256(...parts)));
    }),
  );
});

test('a long message and a tree', () => {
  const long = new Uint8Array(100_003).fill(0xa5);
  expect(toHex(portableSha256(long))).toBe(toHex(sha256(long)));
  expect(treeRoot(portableSha256, leavesTo(37))).toEqual(treeRoot(sha256, leavesTo(37)));
});

test('an answer stays as it was when more is hashed, and what went in too', () => {
  const message = text('abc');
  const digest = portableSha256(message);
  const before = toHex(digest);
  portableSha256(text('def'));
  expect(toHex(digest)).toBe(before);
  expect(message).toEqual(text('abc'));
});
