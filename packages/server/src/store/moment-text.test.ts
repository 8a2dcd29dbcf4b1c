import fc from 'fast-check';
import pg from 'pg';
import { expect, test } from 'vitest';
import { momentOf } from './moment-text.ts';

const asPgReadsIt: (text: string) => unknown = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text');

test('A moment is read as pg reads it, to the millisecond, whatever its year and zone', () => {
  const written = fc
    .tuple(
      fc.date({
        min: new Date(-62_000_000_000_000),
        max: new Date(253_402_300_799_000),
        noInvalidDate: true,
      }),
      fc.constantFrom('', '.5', '.05', '.285999', '.999999', '.000001'),
      fc.constantFrom('+00', '+02', '-05:30'),
    )
    .map(
      ([date, fraction, zone]) => `${date.toISOString().slice(0, 19).replace('T', ' ')}${fraction}${zone}`,
    );
  fc.assert(
    fc.property(written, (text) => {
      expect(momentOf(text)).toEqual(asPgReadsIt(text));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  'infinity',
  '-infinity',
  '10000-01-01 00:00:00+00',
  '0044-03-15 12:00:00+00 BC',
  '0099-12-31 23:59:59.9+00',
])('What is no plain moment is left to pg: %s', (text) => {
  expect(momentOf(text)).toEqual(asPgReadsIt(text));
});
