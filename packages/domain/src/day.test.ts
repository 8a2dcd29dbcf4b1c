import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayIn, daysBetween, firstDay, lastDay, parseDay, precisionOf } from './day.ts';

const pad = (value: number) => String(value).padStart(2, '0');
const year = fc.integer({ min: 1000, max: 9998 }).map(String);
const fullDay = fc
  .date({ min: new Date('1000-01-01T00:00:00Z'), max: new Date('9900-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const month = fc.tuple(year, fc.integer({ min: 1, max: 12 })).map(([y, m]) => `${y}-${pad(m)}`);
const quarter = fc.tuple(year, fc.integer({ min: 1, max: 4 })).map(([y, q]) => `${y}-Q${q}`);
const anyDay = fc.oneof(year, quarter, month, fullDay);

describe('parseDay', () => {
  test.each([
    ['2026', 'year'],
    ['2026-Q1', 'quarter'],
    ['2026-07', 'month'],
    ['2026-07-14', 'day'],
    ['2024-02-29', 'day'],
    ['  2026-07-14 ', 'day'],
    ['1000', 'year'],
    ['9999-12-31', 'day'],
  ])('reads %s to the %s', (value, precision) => {
    expect(parseDay(value)).toEqual({ value: value.trim(), precision });
  });

  test.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-00',
    '2026-13',
    '2026-01-00',
    '2026-04-31',
    '2026-Q0',
    '2026-Q5',
    '2026-Q1-01',
    '0999',
    '0000-01-01',
    '10000',
    '26-01-01',
    '2026-1-1',
    '2026/01/01',
    '01.02.2026',
    '2026-01-01T00:00:00Z',
    '+002026-01-01',
    '-2026',
    '٢٠٢٦',
    '10/12023',
    'Pre-2021',
    'Q4FY25',
    '',
  ])('refuses "%s" and says what a date looks like or why', (value) => {
    expect(parseDay(value)).toMatchObject({ problem: expect.stringMatching(/date|year/) });
  });

  test.each([[20260101], [null], [undefined], [{}], [['2026']], [new Date(0)]])('refuses %s', (value) => {
    expect(parseDay(value)).toHaveProperty('problem');
  });

  test('takes every day of the calendar as it is', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(parseDay(day)).toEqual({ value: day, precision: precisionOf(day) });
      }),
    );
  });
});

describe('what a day may mean', () => {
  test.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2026-Q1', '2026-01-01', '2026-03-31'],
    ['2026-Q2', '2026-04-01', '2026-06-30'],
    ['2026-Q3', '2026-07-01', '2026-09-30'],
    ['2026-Q4', '2026-10-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2026-07-14', '2026-07-14', '2026-07-14'],
  ])('%s is from %s to %s', (day, first, last) => {
    expect(firstDay(day)).toBe(first);
    expect(lastDay(day)).toBe(last);
  });

  test('the first is never after the last, and both lie inside', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(firstDay(day) <= lastDay(day)).toBe(true);
        expect(parseDay(firstDay(day))).toMatchObject({ precision: 'day' });
        expect(parseDay(lastDay(day))).toMatchObject({ precision: 'day' });
        expect(firstDay(day).slice(0, 4)).toBe(day.slice(0, 4));
        expect(lastDay(day).slice(0, 4)).toBe(day.slice(0, 4));
      }),
    );
  });

  test('the day after the last belongs to the next year, quarter or month', () => {
    fc.assert(
      fc.property(fc.oneof(year, quarter, month), (day) => {
        const length = precisionOf(day) === 'year' ? 12 : precisionOf(day) === 'quarter' ? 3 : 1;
        expect(addDays(lastDay(day), 1)).toBe(addMonths(firstDay(day), length));
      }),
    );
  });
});

describe('counting', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-05-31', 36, '2029-05-31'],
  ])('%s and %i months is %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  test.each([
    ['2026-02-28', 1, '2026-03-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-01-01', -1, '2025-12-31'],
    ['2026-07-14', 0, '2026-07-14'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected);
  });

  test('going and coming back ends where it began', () => {
    fc.assert(
      fc.property(fullDay, fc.integer({ min: -20_000, max: 20_000 }), (day, days) => {
        fc.pre(Number(day.slice(0, 4)) > 1100 && Number(day.slice(0, 4)) < 9800);
        expect(addDays(addDays(day, days), -days)).toBe(day);
        expect(daysBetween(day, addDays(day, days))).toBe(days);
      }),
    );
  });

  test('months keep the order of days', () => {
    fc.assert(
      fc.property(fullDay, fullDay, fc.integer({ min: 0, max: 120 }), (a, b, months) => {
        fc.pre(Number(a.slice(0, 4)) < 9800 && Number(b.slice(0, 4)) < 9800 && a <= b);
        expect(addMonths(a, months) <= addMonths(b, months)).toBe(true);
      }),
    );
  });
});

test('a moment falls on the calendar day of its place', () => {
  const moment = new Date('2026-03-01T23:30:00Z');
  expect(dayIn(moment, 'UTC')).toBe('2026-03-01');
  expect(dayIn(moment, 'Europe/Berlin')).toBe('2026-03-02');
  expect(dayIn(moment, 'America/Los_Angeles')).toBe('2026-03-01');
  expect(dayIn(new Date('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toBe('2026-03-29');
  expect(dayIn(new Date('2026-01-01T00:30:00Z'), 'America/New_York')).toBe('2025-12-31');
});
