import { expect, test } from 'vitest';
import { changedIntervals, everyText } from './intervals.ts';

test('says a rhythm in words', () => {
  expect(['P1M', 'P3M', 'P1Y', 'P3Y', 'continuous', 'PT1H'].map(everyText)).toEqual([
    'every month',
    'every 3 months',
    'every year',
    'every 3 years',
    'all the time',
    'PT1H',
  ]);
});

test('sends only what changed, and the end of an adoption as such', () => {
  const before = [
    { id: 'a', months: 12 },
    { id: 'b', months: null },
    { id: 'c', months: 3 },
  ];
  expect(changedIntervals(before, { a: 12, b: 6, c: null })).toEqual({ b: 6, c: null });
  expect(changedIntervals(before, {})).toEqual({});
});
