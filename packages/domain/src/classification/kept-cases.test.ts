import { loadCatalogue } from '@throughline/catalogue/load.ts';
import { expect, test } from 'vitest';
import { casesLeftOut, changedCases } from './kept-cases.ts';

const { euAiAct: law } = loadCatalogue();
type Case = (typeof law.test_cases)[number];
const ids = law.test_cases.map(({ id }) => id);
const withCases = (test_cases: typeof law.test_cases) => ({ ...law, test_cases });
const changing = (id: string, part: Partial<Case>) =>
  withCases(law.test_cases.map((one) => (one.id === id ? { ...one, ...part } : one)));

test('rules that keep every case leave none out, whatever order, name and expectation it has', () => {
  expect(casesLeftOut(law, law)).toEqual([]);
  expect(casesLeftOut(law, withCases([...law.test_cases].reverse()))).toEqual([]);
  expect(casesLeftOut(law, changing('TC45', { name: 'Another name', expect: ['minimal'] }))).toEqual([]);
});

test('a case that is gone, or is asked with other facts, is left out', () => {
  expect(casesLeftOut(law, withCases([]))).toEqual(ids);
  expect(casesLeftOut(law, withCases(law.test_cases.filter(({ id }) => id !== 'TC45')))).toEqual(['TC45']);
  expect(casesLeftOut(law, changing('TC45', { facts: {} }))).toEqual(['TC45']);
});

test('each case is named that the other rules answer otherwise, with both in words', () => {
  expect(changedCases(law, law)).toEqual([]);
  expect(changedCases(law, changing('TC45', { expect: ['minimal'] }))).toMatchObject([
    {
      id: 'TC45',
      before: expect.arrayContaining(['High-risk, Annex III']),
      after: ['No specific class'],
      says: 'The case expects other outcomes.',
    },
  ]);
  const other = changing('TC45', { expect_obligations_include: [] });
  expect(changedCases(law, other)).toMatchObject([
    { id: 'TC45', says: 'The case expects other obligations, days or questions.' },
  ]);
  const own: Case = { id: 'OWN-1', name: 'One of our own', facts: {}, expect: ['undetermined'] };
  expect(changedCases(law, withCases([...law.test_cases, own]))).toMatchObject([
    { id: 'OWN-1', before: null, says: 'The case is new.' },
  ]);
  expect(changedCases(withCases([...law.test_cases, own]), law)).toMatchObject([
    { id: 'OWN-1', after: null, says: 'The case is left out.' },
  ]);
  expect(changedCases(law, changing('TC45', { name: 'Another name' }))).toEqual([]);
});
