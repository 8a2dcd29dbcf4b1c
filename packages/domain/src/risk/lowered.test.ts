import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rank } from '../authority.ts';
import { levels } from '../kinds/vocabulary/scales.ts';
import { type DecidedRating, isLowered, loweredWords } from './lowered.ts';

const decided = (as: DecidedRating['as'], fields: DecidedRating['fields']): DecidedRating => ({
  as,
  at: '2026-05-04T08:00:00.000Z',
  fields,
});
const high = { currentIndividuals: 'high', residualIndividuals: 'moderate', currentLevel: 'high' };

test('a level below the one decided on is told with both, and with who decided', () => {
  const next = { ...high, currentIndividuals: 'low' };
  expect(loweredWords(decided('accepted', high), { before: high, next })).toBe(
    'Its current level for individuals falls to “Low”, and it was accepted at “High”.',
  );
  const residual = { ...high, residualIndividuals: 'low' };
  expect(loweredWords(decided('planned', high), { before: high, next: residual })).toBe(
    'Its residual level for individuals falls to “Low”, and its plan was approved at “Moderate”.',
  );
  const { currentIndividuals: _, ...bare } = high;
  expect(loweredWords(decided('accepted', high), { before: high, next: bare })).toBe(
    'Its current level for individuals is taken away, and it was accepted at “High”.',
  );
});

test('what stays, goes up, is of another point, or was never decided on is lowered by nobody', () => {
  const accepted = decided('accepted', high);
  expect(loweredWords(accepted, { before: high, next: high })).toBeUndefined();
  const worse = { ...high, currentIndividuals: 'severe' };
  expect(loweredWords(accepted, { before: worse, next: high })).toBeUndefined();
  const lower = { ...high, currentIndividuals: 'low' };
  expect(
    loweredWords(accepted, { before: lower, next: { ...high, currentIndividuals: 'moderate' } }),
  ).toBeUndefined();
  expect(
    loweredWords(accepted, { before: high, next: { ...high, targetIndividuals: 'low' } }),
  ).toBeUndefined();
  expect(loweredWords(accepted, { before: high, next: { ...high, currentSociety: 'low' } })).toBeUndefined();
});

test('taken away first, a level is lowered all the same once it is written again', () => {
  const { currentIndividuals: _, ...bare } = high;
  const next = { ...high, currentIndividuals: 'low' };
  expect(loweredWords(decided('accepted', high), { before: bare, next })).toContain('falls to “Low”');
});

test('lowered means below what was decided on and below what stood', () => {
  const level = fc.constantFrom(...levels.map(({ id }) => id));
  fc.assert(
    fc.property(level, level, level, (from, before, next) => {
      const below = rank(next) < rank(from) && rank(next) < rank(before);
      expect(isLowered(from, before, next)).toBe(below);
      expect(isLowered(null, before, next)).toBe(false);
      expect(isLowered(from, before, null)).toBe(true);
    }),
  );
});
