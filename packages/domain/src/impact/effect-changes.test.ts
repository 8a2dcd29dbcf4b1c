import { expect, test } from 'vitest';
import { effectChanges } from './effect-changes.ts';

const row = {
  number: 1,
  polarity: 'harmful',
  effect: 'Late help',
  severity: 'serious',
  likelihood: 'possible',
  reversibility: 'reversible',
  reach: 'group',
  remaining: 'minor',
  level: 'individuals',
  basis: 'A test',
  measures: 'A second look',
};

test('basis, measures and how the words are set are no other judgement', () => {
  const again = { ...row, basis: 'Another test', measures: 'None', effect: ' late  help ', number: 4 };
  expect(effectChanges(row, again)).toEqual([]);
  expect(effectChanges(undefined, undefined)).toEqual([]);
});

test.each([
  [{ severity: 'severe' }, 'severity severe instead of serious'],
  [{ likelihood: 'almost-certain' }, 'likelihood almost certain instead of possible'],
  [{ reach: 'society' }, 'reach society instead of one group'],
  [{ reversibility: 'irreversible' }, 'reversibility cannot be undone instead of can be undone'],
  [{ remaining: 'severe' }, 'what remains severe instead of minor'],
  [{ remaining: null }, 'what remains nothing instead of minor'],
  [{ polarity: 'none' }, 'effect neither instead of harmful'],
  [{ level: 'groups' }, 'borne by groups instead of individuals'],
  [{ severity: 'of-old' }, 'severity of-old instead of serious'],
  [{ effect: 'No help' }, 'it is described otherwise'],
])('%j is said', (change, says) => {
  expect(effectChanges(row, { ...row, ...change })).toEqual([says]);
});

test('an effect that came or went is said, and what weighs most comes first', () => {
  expect(effectChanges(row, undefined)).toEqual(['it is no longer named']);
  expect(effectChanges(undefined, row)).toEqual(['it was not named then']);
  expect(
    effectChanges(row, { ...row, remaining: 'severe', severity: 'severe', effect: 'No help' }),
  ).toHaveLength(3);
});
