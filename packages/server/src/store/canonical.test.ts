import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalText } from './canonical.ts';

const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }));
const wellFormed = text.filter((one) => one.isWellFormed());
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { depthSize: 'small', maxDepth: 5 },
    fc.constantFrom<unknown>(null, true, false, -0, 1e21, 1e-7, 0.1, 2 ** 53),
    wellFormed,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.array(tie('json')),
    fc.dictionary(wellFormed, tie('json')),
    fc.dictionary(wellFormed, fc.oneof(tie('json'), fc.constant(undefined))),
  ),
}));

test('whatever JSON can hold is written as the library writes it', () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalText(value)).toBe(canonicalize(value));
    }),
    { numRuns: 2_000 },
  );
});

test('names are ordered by UTF-16 units, and what is escaped is escaped (RFC 8785, 3.2.3)', () => {
  const value = {
    '€': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '😀': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    ö: 'Latin Small Letter O With Diaeresis',
  };
  expect(Object.keys(JSON.parse(canonicalText(value)))).toHaveLength(7);
  expect(canonicalText(value)).toBe(
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
  );
  expect(canonicalText('a"b\\c\n\u001f\u2028')).toBe('"a\\"b\\\\c\\n\\u001f\u2028"');
});

test('what has a JSON of its own, and what was made without a prototype, is written as the library writes it', () => {
  const bare: Record<string, unknown> = Object.assign(Object.create(null), { b: 1, a: [undefined, 2] });
  for (const value of [new Date(0), { at: new Date(0) }, bare, { bare }, [undefined, null]])
    expect(canonicalText(value)).toBe(canonicalize(value));
});

test('what is no JSON has no canonical text', () => {
  for (const value of [
    undefined,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    '\ud800',
    { a: '\udc00' },
    { '\ud800': 1 },
  ])
    expect(() => canonicalText(value)).toThrow();
});
