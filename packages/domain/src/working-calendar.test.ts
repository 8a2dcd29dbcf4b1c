import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween } from './day.ts';
import {
  dueDay,
  dueRules,
  isWorkingDay,
  readCalendar,
  usualCalendar,
  type WorkingCalendar,
  weekday,
} from './working-calendar.ts';

const calendar = (more: Partial<WorkingCalendar>): WorkingCalendar => ({ ...usualCalendar, ...more });
const holidays = [
  { day: '2026-12-25', name: 'Christmas' },
  { day: '2026-12-28', name: 'Second day, in lieu' },
];

test.each([
  ['2026-11-23', 1],
  ['2026-11-28', 6],
  ['2026-11-29', 7],
  ['2028-02-29', 2],
])('%s is day %i of its week', (day, number) => {
  expect(weekday(day)).toBe(number);
});

test('nobody works on days that are no working days, nor on holidays', () => {
  const own = calendar({ holidays });
  expect(
    ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-27', '2026-12-28', '2026-12-29'].map((day) =>
      isWorkingDay(own, day),
    ),
  ).toEqual([true, false, false, false, false, true]);
  const gulf = calendar({ workingDays: [1, 2, 3, 4, 7] });
  expect([isWorkingDay(gulf, '2026-11-29'), isWorkingDay(gulf, '2026-11-27')]).toEqual([true, false]);
});

test.each([
  ['as-is', '2026-12-26', '2026-12-26'],
  ['next', '2026-12-26', '2026-12-29'],
  ['next', '2026-12-24', '2026-12-24'],
  ['before', '2026-12-28', '2026-12-24'],
  ['before', '2026-12-29', '2026-12-29'],
] as const)('with the rule "%s", what is due on %s is due on %s', (due, day, moved) => {
  expect(dueDay(calendar({ holidays, due }), day)).toBe(moved);
});

test('an organisation that never works is due on the day that was set', () => {
  const all = Array.from({ length: 400 }, (_, at) => ({ day: addDays('2026-01-01', at), name: 'Closed' }));
  expect(
    dueDay(calendar({ holidays: all, workingDays: [1, 2, 3, 4, 5, 6, 7], due: 'next' }), '2026-01-01'),
  ).toBe('2026-01-01');
});

const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2000-01-01', n));
const calendars = fc.record({
  workingDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  holidays: fc.array(fc.record({ day: days, name: fc.constant('Closed') }), { maxLength: 30 }),
  due: fc.constantFrom(...dueRules),
});

test('whatever the calendar, what is due moves the way the rule says, to a working day, past none', () => {
  fc.assert(
    fc.property(calendars, days, (own, day) => {
      const moved = dueDay(own, day);
      const by = daysBetween(day, moved);
      if (own.due === 'as-is') {
        expect(by).toBe(0);
        return;
      }
      expect(isWorkingDay(own, moved)).toBe(true);
      expect(Math.sign(by)).toBe(isWorkingDay(own, day) ? 0 : own.due === 'next' ? 1 : -1);
      for (let at = 0; at < Math.abs(by); at += 1)
        expect(isWorkingDay(own, addDays(day, at * Math.sign(by)))).toBe(false);
    }),
  );
});

test('whatever stands in settings is read as a calendar, and one that was written is read as it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const read = readCalendar(value);
      expect(read.workingDays.length).toBeGreaterThan(0);
      expect(readCalendar(read)).toEqual(read);
    }),
  );
  fc.assert(
    fc.property(calendars, (own) => {
      expect(readCalendar(own)).toEqual(own);
    }),
  );
});

test('what cannot be meant counts as not said', () => {
  expect(readCalendar(null)).toEqual(usualCalendar);
  expect(
    readCalendar({
      workingDays: [0, 9, 'x'],
      due: 'never',
      holidays: [{ day: '2026-12', name: 'A month' }, { day: '2026-12-25' }, 7, holidays[0]],
    }),
  ).toEqual({ ...usualCalendar, holidays: [holidays[0]] });
});
