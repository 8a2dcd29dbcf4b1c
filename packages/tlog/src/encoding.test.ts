import fc from 'fast-check';
import { expect, test } from 'vitest';
import { text } from '../test/kit.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { concat, equalBytes, fromUtf8, toHex, toUtf8 } from './bytes.ts';
import { checkWhole, parseDecimal, quoted, splitPoint } from './numbers.ts';

const refusedAt = (code: string, at: string) => expect.objectContaining({ code, at });

test('base64 is the standard one, there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const encoded = toBase64(bytes);
      expect(encoded).toBe(Buffer.from(bytes).toString('base64'));
      expect(equalBytes(fromBase64(encoded, 'here'), bytes)).toBe(true);
    }),
  );
});

test.each([
  ['no padding', 'QQ'],
  ['half of the padding', 'QQ='],
  ['too much padding', 'QQ==='],
  ['padding alone', '===='],
  ['padding where none belongs', 'QUJD='],
  ['padding inside', 'QQ==QUJD'],
  ['bits that stand for nothing', 'QR=='],
  ['bits that stand for nothing, in three bytes', 'QUJ='.replace('J', 'L')],
  ['the alphabet of URLs', '-_-_'],
  ['a line break', 'QUJD\n'],
  ['a carriage return', 'QUJD\r\n'],
  ['a space', 'QU JD'],
  ['one letter', 'Q'],
  ['a letter beyond ASCII', 'QUJé'],
  ['half of a surrogate pair', 'QUJ\ud800'],
])('base64 with %s is refused', (_, encoded) => {
  expect(() => fromBase64(encoded, 'line 3')).toThrow(refusedAt('encoding', 'line 3'));
});

test('each text of four letters is either the one form of its bytes or refused', () => {
  const letters = ['A', 'B', 'Q', 'g', '/', '+', '=', '-'];
  for (const one of letters)
    for (const two of letters)
      for (const three of letters)
        for (const four of letters) {
          const encoded = one + two + three + four;
          try {
            expect(toBase64(fromBase64(encoded, 'here'))).toBe(encoded);
          } catch (error) {
            expect(error).toMatchObject({ code: 'encoding' });
            expect(Buffer.from(encoded, 'base64').toString('base64')).not.toBe(encoded);
          }
        }
});

test('UTF-8 that is none, and text that has none, are refused; a byte order mark stays', () => {
  expect(() => fromUtf8(Uint8Array.of(0xc3, 0x28), 'note')).toThrow(refusedAt('encoding', 'note'));
  expect(() => fromUtf8(Uint8Array.of(0xed, 0xa0, 0x80), 'note')).toThrow(refusedAt('encoding', 'note'));
  expect(() => fromUtf8(Uint8Array.of(0xc0, 0x80), 'note')).toThrow(refusedAt('encoding', 'note'));
  expect(() => toUtf8('a\udc00', 'name')).toThrow(refusedAt('encoding', 'name'));
  expect(fromUtf8(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61), 'note')).toBe('\ufeffa');
  expect(fromUtf8(toUtf8('— é 🜨', 'text'), 'text')).toBe('— é 🜨');
});

test('a decimal number has one form', () => {
  expect(parseDecimal('0', 'line 2')).toBe(0);
  expect(parseDecimal('9007199254740991', 'line 2')).toBe(Number.MAX_SAFE_INTEGER);
  const refused = [
    '',
    '00',
    '01',
    '+1',
    '-1',
    ' 1',
    '1 ',
    '1\n',
    '1e3',
    '0x1',
    '1.0',
    '١',
    '9007199254740992',
  ];
  for (const value of [...refused, '18446744073709551615', '1'.repeat(1_000)])
    expect(() => parseDecimal(value, 'line 2'), value).toThrow(refusedAt('number', 'line 2'));
});

test('whole numbers end at 2^53 - 1', () => {
  for (const value of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])
    expect(() => checkWhole(value, 'size')).not.toThrow();
  for (const value of [-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => checkWhole(value, 'size')).toThrow(refusedAt('number', 'size'));
});

test('a tree is split at the largest power of two below its size', () => {
  expect([2, 3, 4, 5, 8, 9, 2 ** 40, 2 ** 40 + 1].map(splitPoint)).toEqual([
    1,
    2,
    2,
    4,
    4,
    8,
    2 ** 39,
    2 ** 40,
  ]);
});

test('what a message quotes is short and cannot act on a terminal', () => {
  expect(quoted('\u001b[31m')).toBe('"\\u001b[31m"');
  expect(quoted('x'.repeat(500))).toHaveLength(63);
  expect(quoted('\ud800').isWellFormed()).toBe(true);
});

test('bytes are joined, compared and shown', () => {
  expect(concat([text('ab'), text(''), text('c')])).toEqual(text('abc'));
  expect(concat([])).toEqual(new Uint8Array());
  expect(equalBytes(text('ab'), text('ab'))).toBe(true);
  expect(equalBytes(text('ab'), text('abc'))).toBe(false);
  expect(equalBytes(text('ab'), text('ac'))).toBe(false);
  expect(toHex(Uint8Array.of(0, 15, 255))).toBe('000fff');
});
