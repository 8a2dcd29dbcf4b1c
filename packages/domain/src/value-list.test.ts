import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readValues, writeValues } from './value-list.ts';

const written = (values: readonly string[]) => readValues(writeValues(values));

test.each([
  [['live'], 'live'],
  [['live', 'pilot'], 'live,pilot'],
  [['Claims, motor'], '"Claims, motor"'],
  [['Claims, motor', 'Health'], '"Claims, motor",Health'],
  [['the "new" unit'], '"the ""new"" unit"'],
  [['"'], '""""'],
  [[' outer '], '" outer "'],
  [['two words'], 'two words'],
  [['a\nb'], 'a\nb'],
  [['', 'x', ''], ',x,'],
])('%j is written as %s and read back', (values, text) => {
  expect(writeValues(values)).toBe(text);
  expect(readValues(text)).toEqual({ values });
});

test('a list as people type it reads as before: commas part values, an inner mark is a character', () => {
  expect(readValues('Motor,Health')).toEqual({ values: ['Motor', 'Health'] });
  expect(readValues('5" pipe,a"b"c')).toEqual({ values: ['5" pipe', 'a"b"c'] });
  expect(readValues('')).toEqual({ values: [''] });
  expect(readValues('Claims, Health')).toEqual({ values: ['Claims', ' Health'] });
  expect(readValues('""')).toEqual({ values: [''] });
});

test.each(['"', '"Claims', '"Claims" Health', '"a"b,c', 'x,"', '"a","b', '"""'])(
  'a quotation that does not close is said: %s',
  (list) => {
    const read = readValues(list);
    expect('problem' in read && read.problem).toMatch(/^The quotation marks around ".*" do not close/);
  },
);

test('any values come back as they were, whatever they hold', () => {
  const value = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('"', ',', ' ', '\n', 'a', '\u00a0') }),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 6 }), (values) => {
      expect(written(values)).toEqual({ values });
    }),
    { numRuns: 500 },
  );
});

test('any text is read or refused, and what is read is written as something that reads the same', () => {
  const text = fc.string({ unit: fc.constantFrom('"', ',', ' ', 'a', 'b') });
  fc.assert(
    fc.property(text, (list) => {
      const read = readValues(list);
      if ('values' in read) expect(written(read.values)).toEqual(read);
      else expect(list).toContain('"');
    }),
    { numRuns: 1000 },
  );
});

test('a list of many values is read in one pass', () => {
  const many = Array.from({ length: 20_000 }, (_, at) => `${at}, "x"`);
  expect(written(many)).toEqual({ values: many });
});
