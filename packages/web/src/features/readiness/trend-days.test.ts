import { expect, test } from 'vitest';
import { trendTitle, withMissingDays } from './trend-days.ts';

const day = (name: string, withGaps: number) => ({
  day: name,
  systems: 10,
  withGaps,
  gaps: withGaps,
  holds: 0,
  accepted: 0,
  unverifiable: 0,
  notStarted: 0,
});

test('a day that was not counted is a break, over months too', () => {
  const all = withMissingDays([day('2026-02-27', 4), day('2026-03-02', 3)]);
  expect(all.map(({ day: name, counted }) => `${name} ${counted?.withGaps ?? 'none'}`)).toEqual([
    '2026-02-27 4',
    '2026-02-28 none',
    '2026-03-01 none',
    '2026-03-02 3',
  ]);
  expect(withMissingDays([])).toEqual([]);
});

test('says the finding, whichever way it went', () => {
  const from = (last: number) => trendTitle([day('2026-03-01', 5), day('2026-03-10', last)]);
  expect(from(3)).toBe('Systems with gaps fell from 5 to 3 in 10 days');
  expect(from(7)).toBe('Systems with gaps rose from 5 to 7 in 10 days');
  expect(from(5)).toBe('Systems with gaps stand at 5, as 10 days ago');
});
