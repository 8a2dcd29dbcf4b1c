import { expect, test } from 'vitest';
import { dayText, momentText } from './day-text.ts';

test('a day is written as it is known', () => {
  expect(['2026-07-14', '2026-07', '2026-Q3', '2026'].map(dayText)).toEqual([
    '14 Jul 2026',
    'Jul 2026',
    'Q3 2026',
    '2026',
  ]);
});

test('a moment is written in the time zone given, with its day there', () => {
  expect(momentText('2026-07-14T23:30:00.000Z', 'Europe/Berlin')).toMatch(
    /^15 Jul 2026, 01:30 (CEST|GMT\+2)$/,
  );
});
