import { expect, test } from 'vitest';
import { dayIn, daysUntil, formatDay, formatInstant, lastDayOf, readDay } from './dates.ts';

test.each([
  ['2026', '2026'],
  ['2026-Q3', 'Q3 2026'],
  ['2026-07', 'Jul 2026'],
  ['2026-07-14', '14 Jul 2026'],
  ['2026-11-02', '2 Nov 2026'],
])('%s is shown as %s', (stored, shown) => {
  expect(formatDay(stored)).toBe(shown);
  expect(readDay(shown)).toBe(stored);
  expect(readDay(stored)).toBe(stored);
});

test.each([
  ['14 July 2026', '2026-07-14'],
  ['14.7.2026', '2026-07-14'],
  ['14/7/2026', '2026-07-14'],
  ['  q3   2026 ', '2026-Q3'],
  ['2026-q3', '2026-Q3'],
  ['sept 2026', '2026-09'],
])('%s is read as %s', (typed, stored) => expect(readDay(typed)).toBe(stored));

test.each(['30 Feb 2026', '2026-02-30', '2026-13', '2026-Q5', '7/14/2026', 'soon', '', '14 Foo 2026'])(
  '%s is no date',
  (typed) => expect(readDay(typed)).toBeNull(),
);

test('a day is the day of the zone that is asked for', () => {
  const instant = new Date('2026-11-01T23:30:00Z');
  expect(dayIn(instant, 'UTC')).toBe('2026-11-01');
  expect(dayIn(instant, 'Europe/Paris')).toBe('2026-11-02');
  expect(dayIn(instant, 'America/New_York')).toBe('2026-11-01');
  expect(formatInstant(instant, 'Europe/Paris')).toMatch(/^2 Nov 2026, 00:30 (CET|GMT\+1)$/);
});

test('what is known by the year or quarter ends with it', () => {
  expect(lastDayOf('2026')).toBe('2026-12-31');
  expect(lastDayOf('2026-Q1')).toBe('2026-03-31');
  expect(lastDayOf('2028-02')).toBe('2028-02-29');
  expect(daysUntil('2026', '2026-12-30')).toBe(1);
  expect(daysUntil('2026-11-12', '2026-11-21')).toBe(-9);
});
