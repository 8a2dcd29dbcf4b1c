import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { compressed } from './compressed.ts';

const text = JSON.stringify(Array.from({ length: 200 }, (_, n) => ({ ref: `SYS-${n}`, title: 'Ärzte' })));

test.each([
  ['br', 'br'],
  ['gzip, deflate, br, zstd', 'br'],
  ['GZIP;q=0.8', 'gzip'],
  ['br;q=0, gzip', 'gzip'],
  ['br; q=0.000,gzip;q=1', 'gzip'],
  ['br;q=0.01', 'br'],
])('for %s it is packed as %s, and unpacked it is the same', (accepted, encoding) => {
  const packed = compressed(text, accepted);
  expect(packed?.encoding).toBe(encoding);
  const bytes = packed?.bytes ?? Buffer.alloc(0);
  expect((encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes)).toString()).toBe(text);
  expect(bytes.length).toBeLessThan(text.length / 4);
});

test.each([undefined, '', 'identity', 'deflate', 'br;q=0', 'xbr', '*;q=0'])(
  'for %j it stays as it is',
  (accepted) => {
    expect(compressed(text, accepted)).toBeUndefined();
  },
);

test('what is short stays as it is, and what is long is left to the stream', () => {
  expect(compressed('x'.repeat(1023), 'br')).toBeUndefined();
  expect(compressed('x'.repeat(1024), 'br')).toBeDefined();
  expect(compressed('x'.repeat(64 * 1024 + 1), 'br')).toBeUndefined();
});
