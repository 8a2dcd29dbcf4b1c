import { expect, test } from 'vitest';
import { actWord, knownActs, newerThan } from './act-words.ts';

test('says what was done in words, and an unknown act as it is called', () => {
  expect(actWord('record.created')).toBe('created');
  expect(actWord('record.dreamt')).toBe('record.dreamt');
  expect(knownActs).toContain('walk.drawn');
});

test('counts what came since, and knows when it cannot', () => {
  const entries = ['d', 'c', 'b'].map((id) => ({ id }));
  expect(newerThan(entries, 'b')).toBe(2);
  expect(newerThan(entries, 'd')).toBe(0);
  expect(newerThan(entries, 'a')).toBeNull();
});
