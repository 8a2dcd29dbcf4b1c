import { expect, test } from 'vitest';
import { addPeriod } from './period.ts';
import { rhythmPeriod } from './rhythm.ts';

test.each([
  ['2026-01-31', 'P1M', '2026-02-28'],
  ['2024-02-29', 'P1Y', '2025-02-28'],
  ['2026-11-21', 'P2W', '2026-12-05'],
  ['2026-11-21', 'P1Y2M3D', '2028-01-24'],
  ['2026-12-31', 'P1D', '2027-01-01'],
])('%s and %s is %s', (day, period, sum) => {
  expect(addPeriod(day, period)).toBe(sum);
});

test.each(['continuous', 'PT48H', 'P', '', '1Y', 'P-1D'])('%s is no period of days', (period) => {
  expect(addPeriod('2026-11-21', period)).toBeNull();
});

test('rhythms of the calendar have a length, the others none', () => {
  expect(rhythmPeriod('quarterly')).toBe('P3M');
  for (const rhythm of ['continuous', 'per-release', 'per-event', null])
    expect(rhythmPeriod(rhythm)).toBeNull();
});
