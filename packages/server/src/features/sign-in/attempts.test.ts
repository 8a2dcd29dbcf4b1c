import { expect, test } from 'vitest';
import { Attempts } from './attempts.ts';

const now = new Date('2026-03-02T09:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const whom = 'factors of somebody';

/** More than is remembered of whoever knocks, each of them from a host of its own. */
function flood(attempts: Attempts): void {
  for (let n = 0; n < 30_000; n += 1) attempts.begin(`nobody-${n}@example.org`, { host: `host ${n}` }, now);
}
/** How many guesses pass, each from another host, until the next one has to wait. */
function guesses(attempts: Attempts, at = now): number {
  for (let n = 0; n < 100; n += 1)
    try {
      attempts.beginGuess(whom, { host: `${at.getTime()} ${n}` }, at);
    } catch {
      return n;
    }
  return 100;
}

test('however many others are knocked for, strangers\u2019 guesses at the codes of one account go on counting', () => {
  const attempts = new Attempts();
  expect(guesses(attempts)).toBe(20);
  flood(attempts);
  expect(guesses(attempts)).toBe(0);
  expect(guesses(attempts, later(25))).toBe(20);
});

test('so do the refusals of a browser that its owner used', () => {
  const attempts = new Attempts();
  const place = { browser: 'known' };
  for (let n = 0; n < 5; n += 1) attempts.beginGuess(whom, place, now);
  flood(attempts);
  expect(() => attempts.beginGuess(whom, place, now)).toThrow('Too many refused attempts from here.');
  attempts.acceptGuess(whom, place);
  expect(attempts.beginGuess(whom, place, now)).toBe(0);
});
