import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  keptSince,
  leastDays,
  mostRetentionDays,
  readRetention,
  retained,
  usualRetention,
} from './retention.ts';

const now = new Date('2026-11-21T12:00:00Z');

test('what was never chosen is as usual, and the cells of imported files are kept', () => {
  for (const nothing of [undefined, null, [], 'x', {}])
    expect(readRetention(nothing)).toEqual(usualRetention);
  expect(usualRetention.importCells).toBeNull();
});

test.each(retained)('%s are kept for as long as was chosen, within what makes sense, or for ever', (what) => {
  const read = (days: unknown) => readRetention({ [what]: days })[what];
  expect([read(null), read(leastDays[what]), read(mostRetentionDays)]).toEqual([
    null,
    leastDays[what],
    mostRetentionDays,
  ]);
  for (const wrong of [leastDays[what] - 1, mostRetentionDays + 1, 100.5, '100', true, -1])
    expect(read(wrong)).toBe(usualRetention[what]);
});

test('the moment is so many days back, and there is none for what is kept', () => {
  const retention = readRetention({ sessions: 30, jobs: null });
  expect(keptSince(retention, 'sessions', now)).toEqual(new Date('2026-10-22T12:00:00Z'));
  expect(keptSince(retention, 'jobs', now)).toBeNull();
});

test('whatever stands in settings, nothing is taken away earlier than it may', () => {
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...retained), fc.jsonValue()),
      fc.constantFrom(...retained),
      (value, what) => {
        const retention = readRetention(value);
        const since = keptSince(retention, what, now);
        if (since !== null)
          expect(now.getTime() - since.getTime()).toBeGreaterThanOrEqual(leastDays[what] * 86_400_000);
        expect(readRetention(retention)).toEqual(retention);
      },
    ),
  );
});
