import fc from 'fast-check';
import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { points } from './rate.ts';
import { type RatedFilter, ratedField, ratedFor, readRated, writeRated } from './rated-filter.ts';

const wordless = fc.string({ minLength: 1, unit: 'grapheme' });
const cell: fc.Arbitrary<RatedFilter> = fc.record({
  point: fc.constantFrom(...points),
  bearer: fc.constantFrom('organisation', 'individuals', 'society'),
  likelihood: wordless,
  consequence: wordless,
  criteria: fc.option(wordless, { nil: null }),
});
const level: fc.Arbitrary<RatedFilter> = fc.record({
  point: fc.constantFrom(...points),
  bearer: fc.constantFrom(...ratedFor),
  level: fc.option(fc.constantFrom('low', 'moderate', 'high', 'severe'), { nil: null }),
});

const by: fc.Arbitrary<RatedFilter> = fc.record({
  point: fc.constantFrom(...points),
  bearer: fc.constantFrom(...ratedFor),
  ratedBy: fc.option(wordless, { nil: null }),
});

test('what is written is read as it was, whatever the steps are called, and holds neither comma nor blank', () => {
  fc.assert(
    fc.property(fc.oneof(cell, level, by), (filter) => {
      const text = writeRated(filter);
      expect(readRated(text)).toEqual(filter);
      expect(text).not.toMatch(/[\s,"]/);
    }),
  );
});

test('it reads as it is told', () => {
  expect(readRated('current:individuals:high')).toEqual({
    point: 'current',
    bearer: 'individuals',
    level: 'high',
  });
  expect(readRated('target:worst:none')).toEqual({ point: 'target', bearer: 'worst', level: null });
  expect(readRated('residual:society:Often:Very%20hard:RCR-1%20v3')).toEqual({
    point: 'residual',
    bearer: 'society',
    likelihood: 'Often',
    consequence: 'Very hard',
    criteria: 'RCR-1 v3',
  });
});

test.each([
  '',
  'current',
  'current:individuals',
  'current:individuals:',
  'then:individuals:high',
  'current:nobody:high',
  'current:individuals:huge',
  'current:individuals:Often:',
  'current:individuals:Often:Hard:',
  'current:individuals:Often:Hard:RCR-1:more',
  'current:individuals:::RCR-1:more',
  'current:nobody:::RCR-1',
  'current:individuals::Hard:RCR-1',
  'current:worst:Often:Hard',
  'target:worst:Often:Hard',
  'current:individuals:%E0%A4%A',
])('"%s" is refused with an example', (text) => {
  expect(readRated(text)).toMatchObject({ problem: expect.stringContaining('Such as current:') });
});

test('whatever is sent is read or refused, never thrown', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof readRated(text) === 'object'));
});

test('every pair of point and bearer has a field of the kind', () => {
  const { fields } = registry.get('risk');
  for (const point of points)
    for (const bearer of ratedFor) expect(fields).toHaveProperty(ratedField(point, bearer));
});
