import { expect, test } from 'vitest';
import { Clock } from './clock.ts';

test('a day is over when its last day lies before today', () => {
  const clock = new Clock('2026-11-21');
  expect(clock.over('2026-11-20')).toBe(true);
  expect(clock.over('2026-11-21')).toBe(false);
  expect(clock.over('2026-11')).toBe(false);
  expect(clock.over('2026-10')).toBe(true);
  expect(clock.over('2026-Q3')).toBe(true);
  expect(clock.over('2026')).toBe(false);
});

test('a day is reached on its first day', () => {
  const clock = new Clock('2026-11-21');
  expect(clock.reached('2026-11-21')).toBe(true);
  expect(clock.reached('2026-11-22')).toBe(false);
  expect(clock.reached('2026-11')).toBe(true);
  expect(clock.reached('2026-12')).toBe(false);
});

test('what lies between two days may be open at either side', () => {
  const clock = new Clock('2026-11-21');
  expect(clock.within(null, null)).toBe(true);
  expect(clock.within('2026-11-22', null)).toBe(false);
  expect(clock.within(null, '2026-11-20')).toBe(false);
  expect(clock.within('2026-01-01', '2026-11-21')).toBe(true);
});

test('the next turn is the first day on which a comparison comes out differently', () => {
  const clock = new Clock('2026-11-21');
  expect(clock.nextTurn).toBeNull();
  clock.over('2026-11-01');
  clock.reached('2026-01-01');
  expect(clock.nextTurn).toBeNull();
  clock.over('2026-12-31');
  expect(clock.nextTurn).toBe('2027-01-01');
  clock.reached('2026-12-15');
  expect(clock.nextTurn).toBe('2026-12-15');
  clock.over('2026-11');
  expect(clock.nextTurn).toBe('2026-12-01');
});
