import { expect, test } from 'vitest';
import { faultAsYouGo } from './as-you-go.ts';

const step = (name: string, from?: number, to?: number) => ({
  step: name,
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});
const likelihoods = [step('Rare', 0, 10), step('Likely', 10, 100)];
const consequences = [{ step: 'Minor' }, { step: 'Grave' }];
const cell = (likelihood: string, consequence: string, level: string) => ({ likelihood, consequence, level });
const at = (fields: object, name: string) => faultAsYouGo('risk-criteria', { ...fields }, name);

test('steps that overlap, and steps that stand twice, are named while they are typed', () => {
  expect(at({ likelihoods }, 'likelihoods')).toBe(undefined);
  expect(at({ likelihoods: [step('Rare', 0, 20), step('Likely', 10, 100)] }, 'likelihoods')).toBe(
    'Row 2 begins at 10 %, below the 20 % where the step before ends.',
  );
  expect(at({ likelihoods: [step('Rare'), step('rare ')] }, 'likelihoods')).toMatch(/name the same step/);
});

test('the cells of a matrix that are empty, or stand twice, are named; an untouched one is not', () => {
  const beside = { likelihoods, consequences };
  expect(at(beside, 'matrix')).toBe(undefined);
  const begun = [cell('Rare', 'Minor', 'low')];
  expect(at({ ...beside, matrix: begun }, 'matrix')).toMatch(/"Rare" with "Grave"/);
  const twice = [...begun, cell('Rare', 'Minor', 'high')];
  expect(at({ ...beside, matrix: twice }, 'matrix')).toMatch(/stands twice, as low and as high/);
});

test('records whose parts make no whole say nothing', () => {
  expect(faultAsYouGo('risk', { event: 'x' }, 'event')).toBe(undefined);
});
