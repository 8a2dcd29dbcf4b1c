import fc from 'fast-check';
import { expect, test } from 'vitest';
import { text } from '../test/kit.ts';
import { decodeBundle, encodeBundle, maxEntryLength } from './bundle.ts';
import { concat, equalBytes } from './bytes.ts';

test('an entry stands behind its length in two bytes, the greater first', () => {
  expect(encodeBundle([text('ab'), text(''), new Uint8Array(0x0102).fill(1)]).subarray(0, 8)).toEqual(
    Uint8Array.of(0, 2, 97, 98, 0, 0, 1, 2),
  );
});

test('every bundle is read as what it was written from', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });
  fc.assert(
    fc.property(entries, (some) => {
      const read = decodeBundle(encodeBundle(some), some.length);
      expect(read.every((entry, at) => equalBytes(entry, some[at] ?? text('none')))).toBe(true);
      expect(read).toHaveLength(some.length);
    }),
    { numRuns: 60 },
  );
});

test('a bundle grows by what comes behind it', () => {
  const [first, second] = [[text('a'), text('bc')], [text('def')]];
  expect(concat([encodeBundle(first), encodeBundle(second)])).toEqual(encodeBundle([...first, ...second]));
});

test('an entry has at most 65,535 bytes, and a bundle 1 to 256 entries', () => {
  const longest = new Uint8Array(maxEntryLength).fill(5);
  expect(decodeBundle(encodeBundle([longest]), 1)).toEqual([longest]);
  expect(() => encodeBundle([text(''), new Uint8Array(65_536)])).toThrow(
    expect.objectContaining({ code: 'entry', at: 'entry 1' }),
  );
  expect(() => encodeBundle([])).toThrow(expect.objectContaining({ code: 'bundle' }));
  expect(() => encodeBundle(Array.from({ length: 257 }, () => text('')))).toThrow('may have 1 to 256');
});

test('cut off anywhere it is refused, with the entry in which it ends', () => {
  const bundle = encodeBundle([text('abc'), text(''), text('defg')]);
  for (let length = 0; length < bundle.length; length += 1) {
    const at = length < 5 ? 'entry 0' : length < 7 ? 'entry 1' : 'entry 2';
    expect(() => decodeBundle(bundle.subarray(0, length), 3)).toThrow(
      expect.objectContaining({ code: 'bundle', at }),
    );
  }
});

test('what goes on, or promises more than there is, is refused', () => {
  const bundle = encodeBundle([text('abc')]);
  expect(() => decodeBundle(concat([bundle, Uint8Array.of(0)]), 1)).toThrow(
    expect.objectContaining({ code: 'bundle', at: 'byte 5' }),
  );
  expect(() => decodeBundle(encodeBundle([text('a'), text('b')]), 1)).toThrow('goes on after its 1 entries');
  expect(() => decodeBundle(Uint8Array.of(255, 255, 1), 1)).toThrow('the bundle ends within it');
  expect(() => decodeBundle(text(''), 256)).toThrow(expect.objectContaining({ at: 'entry 0' }));
});

test('a bundle that is a view of something larger is read from its own beginning', () => {
  const bundle = encodeBundle([text('abc'), text('d')]);
  const inside = concat([text('before'), bundle, text('behind')]).subarray(6, 6 + bundle.length);
  expect(decodeBundle(inside, 2)).toEqual([text('abc'), text('d')]);
});
