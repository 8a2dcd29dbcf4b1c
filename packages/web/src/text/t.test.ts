import { expect, test } from 'vitest';
import { en } from './en.ts';
import { formatNumber, t } from './t.ts';

test('slots are filled, and numbers read as people write them', () => {
  expect(t('ui.row-position', { first: 1, last: 100, total: 2133 })).toBe('Rows 1 to 100 of 2,133');
  expect(formatNumber(1284)).toBe('1,284');
});

test('one and several have their own words', () => {
  expect(t('ui.errors', { n: 1 })).toContain('1 field needs');
  expect(t('ui.errors', { n: 2 })).toContain('2 fields need');
});

test('no text says what no text may say', () => {
  const texts = Object.values(en).flatMap((entry: string | { one: string; other: string }) =>
    typeof entry === 'string' ? [entry] : [entry.one, entry.other],
  );
  const refused = texts.filter((text) =>
    /\b(compliant|certified|successfully|oops|invalid|please)\b|!/i.test(text),
  );
  expect(refused).toEqual([]);
});
