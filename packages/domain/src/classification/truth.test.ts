import { expect, test } from 'vitest';
import { allOf, anyOf, notOf, type Truth } from './truth.ts';

const values: readonly Truth[] = [true, false, null];

test('unknown makes a whole unknown only where it could still decide it', () => {
  expect(allOf([true, null])).toBeNull();
  expect(allOf([null, false])).toBe(false);
  expect(allOf([])).toBe(true);
  expect(anyOf([false, null])).toBeNull();
  expect(anyOf([null, true])).toBe(true);
  expect(anyOf([])).toBe(false);
});

test('one and all mirror each other through the opposite (De Morgan)', () => {
  for (const a of values)
    for (const b of values) expect(notOf(allOf([a, b]))).toBe(anyOf([notOf(a), notOf(b)]));
});

test('what an unknown part turns out to be never contradicts the whole', () => {
  for (const rest of values)
    for (const part of [true, false]) {
      for (const whole of [allOf, anyOf]) {
        const before = whole([null, rest]);
        if (before !== null) expect(whole([part, rest])).toBe(before);
      }
    }
});
