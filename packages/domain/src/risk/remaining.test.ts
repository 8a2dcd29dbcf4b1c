import { expect, test } from 'vitest';
import { expectsLess, remainingLevel, remainsAbove } from './remaining.ts';

const said = (fields: Record<string, string>) => ({ fields, links: {} });
const low = said({ expectedLevel: 'low' });

test('what remains is the gravest level rated for anybody, and nothing while none is', () => {
  expect(remainingLevel(said({ currentLevel: 'severe' }))).toBeNull();
  expect(remainingLevel(said({ residualLevel: 'moderate' }))).toBe('moderate');
  expect(remainingLevel(said({ residualOrganisation: 'low', residualIndividuals: 'high' }))).toBe('high');
});

test('more remains than expected only where both are said, and one bearer is enough', () => {
  expect(remainsAbove(low, said({ residualSociety: 'moderate' }))).toBe(true);
  expect(remainsAbove(low, said({ residualSociety: 'low', residualLevel: 'low' }))).toBe(false);
  expect(remainsAbove(low, said({}))).toBe(false);
  expect(remainsAbove(said({}), said({ residualLevel: 'severe' }))).toBe(false);
});

test('a plan that expects less than is rated to remain says of which risk, and how much', () => {
  expect(expectsLess(low, [said({}), said({ name: 'Wrong order', residualLevel: 'low' })])).toBeUndefined();
  expect(expectsLess(low, [said({}), said({ name: 'Wrong order', residualIndividuals: 'high' })])).toBe(
    'What remains of “Wrong order” is rated “High”, above the “Low” that is expected of this plan. Whoever approves it agrees to what remains: expect that, or plan more.',
  );
});
