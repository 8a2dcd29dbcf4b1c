import { expect, test } from 'vitest';
import { holidayLines, readHolidays } from './holidays.ts';

const holidays = [
  { day: '2026-12-25', name: 'Christmas Day' },
  { day: '2027-01-01', name: 'New Year' },
];

test('what is shown is what is read, with empty lines and blanks left out', () => {
  expect(readHolidays(holidayLines(holidays))).toEqual({ holidays });
  expect(readHolidays('\n  2026-12-25   Christmas  Day \n\n2027-01-01 New Year')).toEqual({ holidays });
  expect(readHolidays('')).toEqual({ holidays: [] });
});

test.each(['Christmas', '2026-12 December', '2026-02-30 Never', '2026-12-25'])(
  '%s is named as a line that cannot be meant',
  (line) => {
    expect(readHolidays(`2027-01-01 New Year\n${line}`)).toEqual({ problem: expect.stringContaining(line) });
  },
);
