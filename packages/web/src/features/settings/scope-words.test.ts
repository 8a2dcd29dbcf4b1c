import { expect, test } from 'vitest';
import { dayAhead, scopeOf, scopeWords } from './scope-words.ts';

const labelOf = (kind: string): string => kind.toUpperCase();

test.each([
  [{ kinds: 'all', acts: 'all' }, 'everything its roles allow'],
  [{ kinds: 'all', acts: 'read-only' }, 'only reads'],
  [{ kinds: ['system', 'risk'], acts: 'read-only' }, 'only reads: SYSTEM, RISK'],
  [{ kinds: ['system'], acts: ['read', 'transition'] }, 'read, take steps: SYSTEM'],
] as const)('%j reads as "%s"', (scope, words) => {
  expect(scopeWords(scope, labelOf)).toBe(words);
});

test('a choice becomes a scope, once something is chosen', () => {
  const none = { chosen: [], kinds: [] };
  expect(scopeOf({ acts: 'all', ...none })).toEqual({ kinds: 'all', acts: 'all' });
  expect(scopeOf({ acts: 'read-only', chosen: ['edit'], kinds: ['system'] })).toEqual({
    kinds: ['system'],
    acts: 'read-only',
  });
  expect(scopeOf({ acts: 'chosen', ...none })).toBeUndefined();
  expect(scopeOf({ acts: 'chosen', chosen: ['edit', 'conquer'], kinds: [] })).toEqual({
    kinds: 'all',
    acts: ['edit'],
  });
});

test('a day ahead is counted in whole days, over the end of a year', () => {
  expect(dayAhead(new Date('2026-12-30T23:00:00Z'), 90)).toBe('2027-03-30');
});
