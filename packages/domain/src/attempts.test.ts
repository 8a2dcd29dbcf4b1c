import fc from 'fast-check';
import { expect, test } from 'vitest';
import { forgetAfterMs, freeRefusals, waitAfter } from './attempts.ts';

test('the first refusals cost nothing, then each wait is twice the last, up to a quarter of an hour', () => {
  const waits = Array.from({ length: 14 }, (_, refusals) => waitAfter(refusals) / 1000);
  expect(waits).toEqual([0, 0, 0, 0, 0, 10, 20, 40, 80, 160, 320, 640, 900, 900]);
});

test('a larger allowance only moves the beginning', () => {
  expect([waitAfter(99, 100), waitAfter(100, 100), waitAfter(101, 100)]).toEqual([0, 10_000, 20_000]);
});

test('waits never shrink with refusals, never pass a quarter of an hour, and always end before they are forgotten', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 500 }), (refusals, free) => {
      const wait = waitAfter(refusals, free);
      expect(wait).toBeLessThanOrEqual(waitAfter(refusals + 1, free));
      expect(wait).toBeLessThanOrEqual(900_000);
      expect(wait).toBeLessThan(forgetAfterMs);
      expect(wait === 0).toBe(refusals < free);
    }),
  );
});

test('guessing without rest from one place stays below a hundred and twenty tries a day', () => {
  let elapsed = 0;
  let tries = 0;
  while (elapsed < 24 * 3_600_000) {
    tries += 1;
    elapsed += waitAfter(tries);
  }
  expect(tries).toBeLessThan(120);
  expect(tries).toBeGreaterThan(freeRefusals);
});
