import { expect, test } from 'vitest';
import { gates } from './en/gates.ts';
import { impact } from './en/impact.ts';
import { imports } from './en/imports.ts';
import { risk } from './en/risk.ts';
import { walk } from './en/walk.ts';
import { en } from './en.ts';
import { formatNumber, t, wordsOf } from './t.ts';

/** Words that load with their own pages. */
const ownWords = { ...gates, ...impact, ...imports, ...risk, ...walk };

test('slots are filled, and numbers read as people write them', () => {
  expect(t('ui.row-position', { first: 1, last: 100, total: 2133 })).toBe('Rows 1 to 100 of 2,133');
  expect(formatNumber(1284)).toBe('1,284');
});

test('one and several have their own words', () => {
  expect(t('ui.errors', { n: 1 })).toContain('1 field needs');
  expect(t('ui.errors', { n: 2 })).toContain('2 fields need');
});

test('no text says what no text may say', () => {
  const texts = Object.values({ ...en, ...ownWords }).flatMap(
    (entry: string | { one: string; other: string }) =>
      typeof entry === 'string' ? [entry] : [entry.one, entry.other],
  );
  const refused = texts.filter((text) =>
    /\b(compliant|certified|successfully|oops|invalid|please)\b|!/i.test(text),
  );
  expect(refused).toEqual([]);
});

test('a page that brings its own words says them alike, and under keys of its own', () => {
  const own = wordsOf({
    'a.one': 'As it is',
    'a.many': { one: '{n} row', other: '{n} rows of {what}' },
  } as const);
  expect([own('a.one'), own('a.many', { n: 1, what: 'x' }), own('a.many', { n: 2000, what: 'x' })]).toEqual([
    'As it is',
    '1 row',
    '2,000 rows of x',
  ]);
  expect(Object.keys(ownWords).filter((key) => key in en)).toEqual([]);
});
