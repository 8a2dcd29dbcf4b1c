import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { graceEnd, mostGraceHours, tokenDaysRange, tokenEnd, usualTokenDays } from './token-life.ts';

const now = new Date('2026-11-21T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const mostDays = fc.integer({ min: tokenDaysRange.least, max: tokenDaysRange.most });

describe('the end of a token', () => {
  test('is there whether anybody says one or not, and never beyond what the organisation allows', () => {
    const asked = fc.option(fc.integer({ min: -400, max: 5000 }), { nil: undefined });
    fc.assert(
      fc.property(mostDays, asked, (most, days) => {
        const given = tokenEnd(days === undefined ? undefined : inDays(days), now, most);
        if ('problem' in given) {
          expect(days === undefined || (days > 0 && days <= most)).toBe(false);
          return;
        }
        expect(given.end > now).toBe(true);
        expect(given.end <= inDays(most + 1)).toBe(true);
      }),
    );
  });

  test('is the usual one, or the longest allowed where that is shorter', () => {
    expect(tokenEnd(undefined, now, 365)).toEqual({ end: inDays(usualTokenDays) });
    expect(tokenEnd(undefined, now, 30)).toEqual({ end: inDays(30) });
  });

  test('may be the end of the last day, in any time zone', () => {
    const lastDay = new Date('2026-12-21T23:59:59Z');
    expect(tokenEnd(lastDay, now, 30)).toEqual({ end: lastDay });
  });

  test.each([
    [now, 365, 'Take a moment that is still to come.'],
    [inDays(-1), 365, 'Take a moment that is still to come.'],
    [inDays(32), 30, 'A token works at most 30 days in this organisation.'],
    [inDays(3), 1, 'A token works at most a day in this organisation.'],
  ])('%s within %i days is refused in words', (asked, most, problem) => {
    expect(tokenEnd(asked, now, most)).toEqual({ problem });
  });
});

describe('the grace of a secret that was replaced', () => {
  test('is none unless it is asked for', () => {
    expect(graceEnd(0, now, inDays(1))).toBeNull();
    expect(graceEnd(-1, now, inDays(1))).toBeNull();
  });

  test('ends after so many hours, and with the token at the latest', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: mostGraceHours }),
        fc.integer({ min: 1, max: 20 }),
        (hours, days) => {
          const end = graceEnd(hours, now, inDays(days));
          expect(end).toEqual(new Date(Math.min(now.getTime() + hours * 3_600_000, inDays(days).getTime())));
          expect(end && end > now).toBe(true);
        },
      ),
    );
  });
});
