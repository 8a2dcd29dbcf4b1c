import { expect, test } from 'vitest';
import { lineSentence } from './line-label.ts';
import { isOwedBy, valueText } from './parts.ts';
import { newRecordHref, readPrefill, statePrefill } from './prefill.ts';
import { refusal } from './roles.ts';
import { testKind } from './test-kind.ts';

const text = (name: string, value: Parameters<typeof valueText>[1]): string => {
  const field = testKind.fields[name];
  return field === undefined ? '' : valueText(field, value, { 'm-1': 'Head of claims' });
};

test('says values in words: options, people, days at their precision, lists and rows', () => {
  expect(text('level', 'high')).toBe('High');
  expect(text('owner', 'm-1')).toBe('Head of claims');
  expect(text('owner', 'm-9')).toBe('A person no longer listed');
  expect(text('nextReview', '2026-Q3')).toBe('Q3 2026');
  expect(text('markets', ['Ireland', 'France'])).toBe('Ireland, France');
  expect(text('effects', [{ effect: 'Longer wait' }])).toBe('Effect: Longer wait');
  expect(text('purpose', undefined)).toBe('');
});

test('knows which days are owed by', () => {
  expect(['nextReview', 'acceptanceUntil', 'dueOn'].every(isOwedBy)).toBe(true);
  expect(['liveSince', 'assessedOn'].some(isOwedBy)).toBe(false);
});

test('the line as a sentence counts what applies and names each station that does not hold', () => {
  expect(lineSentence('hhhhhghhghnh-gh')).toBe(
    '10 of 14 hold; gaps at 6 classification, 9 controls, 14 assurance; 11 information not started; 13 evidence does not apply',
  );
});

test('what a new record begins with survives its address', () => {
  const link = { id: 'i', ref: 'SYS-1', kind: 'system', title: 'Claims, triage & more', state: 'live' };
  const href = newRecordHref('risks', { fields: { name: 'A "b"' }, links: { system: [link] } });
  const url = new URL(href, 'http://localhost');
  expect(url.pathname).toBe('/risks/new');
  expect(readPrefill(Object.fromEntries(url.searchParams))).toEqual({
    fields: { name: 'A "b"' },
    links: { system: [link] },
  });
  expect(newRecordHref('risks')).toBe('/risks/new');
});

test('an address that was cut fills nothing in, and history without a prefill says so', () => {
  expect(readPrefill({ prefill: '{"fields":{"na' })).toEqual({ fields: {}, links: {} });
  expect(statePrefill({ key: 'x' })).toBeUndefined();
  expect(statePrefill({ prefill: { fields: { name: 'A' } } })).toEqual({ fields: { name: 'A' }, links: {} });
});

test('a refusal says who could', () => {
  expect(refusal({ allowed: true })).toBeUndefined();
  expect(refusal({ allowed: false, reason: 'You wrote it.', who: ['top-management'] })).toBe(
    'You wrote it. Top management can.',
  );
});
