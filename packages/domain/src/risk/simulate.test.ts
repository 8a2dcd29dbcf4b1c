import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeFault, seedOf, simulate } from './simulate.ts';

const usual = { events: { low: 0.2, high: 2 }, loss: { low: 10_000, high: 200_000 } };
const percentile = (found: ReturnType<typeof simulate>, percent: number) =>
  found.percentiles.find((one) => one.percent === percent)?.loss ?? -1;

test('the same ranges and seed give the same numbers, another seed others that are near', () => {
  const [one, same, other] = [simulate(usual, 7), simulate(usual, 7), simulate(usual, 8)];
  expect(one).toEqual(same);
  expect(other.mean).not.toBe(one.mean);
  expect(Math.abs(other.mean / one.mean - 1)).toBeLessThan(0.15);
});

test('once a year the same loss: the mean is that loss, and a third of years is quiet', () => {
  const found = simulate({ events: { low: 1, high: 1 }, loss: { low: 100, high: 100 } }, 1);
  expect(found.mean).toBeGreaterThan(95);
  expect(found.mean).toBeLessThan(105);
  expect(found.quiet).toBeCloseTo(Math.exp(-1), 1);
  expect(percentile(found, 50)).toBe(100);
});

test('a loss is log-normal with nine tenths within the range that was named: its mean is the known one', () => {
  const loss = { low: 50, high: 500 };
  const found = simulate({ events: { low: 0.01, high: 0.01 }, loss }, 3, 200_000);
  expect(found.quiet).toBeGreaterThan(0.985);
  expect(found.quiet).toBeLessThan(0.995);
  // The mean of a log-normal whose nine tenths are these two, times one event in a hundred years.
  const middle = (Math.log(50) + Math.log(500)) / 2;
  const spread = (Math.log(500) - Math.log(50)) / (2 * 1.6448536269514722);
  expect(found.mean / (0.01 * Math.exp(middle + spread ** 2 / 2))).toBeCloseTo(1, 0);
});

test('nothing that happens costs nothing, and many events come to their number', () => {
  const never = simulate({ events: { low: 0, high: 0 }, loss: { low: 1, high: 9 } }, 5);
  expect(never).toMatchObject({ mean: 0, quiet: 1 });
  expect(never.exceedance.every(({ share }) => share === 0)).toBe(true);
  const often = simulate({ events: { low: 100, high: 100 }, loss: { low: 1, high: 1 } }, 5);
  expect(often.mean).toBeGreaterThan(98);
  expect(often.mean).toBeLessThan(102);
});

const amounts = fc.tuple(
  fc.double({ min: 0, max: 50, noNaN: true }),
  fc.double({ min: 0, max: 50, noNaN: true }),
);
const range = amounts.map(([a, b]) => ({ low: Math.min(a, b), high: Math.max(a, b) }));

test('percentiles rise, the curve falls, and nothing is below nothing', () => {
  fc.assert(
    fc.property(range, range, fc.nat(), (events, loss, seed) => {
      const { percentiles, exceedance, quiet, mean } = simulate({ events, loss }, seed, 200);
      const rising = percentiles.map((one) => one.loss);
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      const falling = exceedance.map(({ share }) => share);
      expect(falling).toEqual([...falling].sort((a, b) => b - a));
      expect(Math.min(quiet, mean, ...rising, ...falling)).toBeGreaterThanOrEqual(0);
      expect(Math.max(quiet, ...falling)).toBeLessThanOrEqual(1);
      expect([...rising, mean].every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test.each([
  [{ low: 2, high: 1 }, { low: 1, high: 2 }, 'Exchange the two'],
  [{ low: 1, high: 2 }, { low: 2, high: 1 }, 'The least loss is above'],
  [{ low: -1, high: 1 }, { low: 1, high: 2 }, 'from 0 on'],
  [{ low: 1, high: Number.NaN }, { low: 1, high: 2 }, 'from 0 on'],
  [{ low: 1, high: 2 }, { low: 1, high: Number.POSITIVE_INFINITY }, 'from 0 on'],
  [{ low: 1, high: 366 }, { low: 1, high: 2 }, 'no single risk'],
])('%j with %j is refused in words', (events, loss, said) => {
  expect(rangeFault(events, loss)).toContain(said);
  expect(() => simulate({ events, loss }, 1)).toThrow(RangeError);
});

test('a seed comes from any text, and is the same each time', () => {
  expect(seedOf('RSK-1')).toBe(seedOf('RSK-1'));
  expect(seedOf('RSK-1')).not.toBe(seedOf('RSK-2'));
  expect(Number.isInteger(seedOf(''))).toBe(true);
});
