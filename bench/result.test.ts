import { expect, test } from 'vitest';
import { jsonLines, table } from './report.ts';
import { isLeftOut, single, timed } from './result.ts';
import { percentile, sample } from './sample.ts';

test('percentiles are values of the sample, by nearest rank', () => {
  const sorted = Array.from({ length: 20 }, (_, n) => n + 1);
  expect([0.5, 0.95, 1].map((share) => percentile(sorted, share))).toEqual([10, 19, 20]);
  expect(percentile([7], 0.95)).toBe(7);
  expect(() => percentile([], 0.5)).toThrow(RangeError);
});

test('a sample runs so many side by side, leaves the first rounds out and keeps failures', async () => {
  let running = 0;
  let most = 0;
  const taken = await sample({ connections: 3, rounds: 12, warmUp: 3 }, async (round) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (round === 5) throw new Error('lost');
  });
  expect(most).toBe(3);
  expect(taken.sorted).toHaveLength(12);
  expect(taken.failures).toEqual(['lost']);
});

test('a target is missed by its figure or by one failure', () => {
  const named = { name: 'page', concurrency: 10, target: { of: 'p95', atMost: 20 } } as const;
  expect(timed(named, { sorted: [1, 2, 20], failures: [] }).met).toBe(true);
  expect(timed(named, { sorted: [1, 2, 21], failures: [] }).met).toBe(false);
  expect(timed(named, { sorted: [1, 2], failures: ['lost'] })).toMatchObject({
    met: false,
    note: '1 failed: lost',
  });
  expect(timed({ ...named, target: null }, { sorted: [1], failures: [] }).met).toBeNull();
  expect(single({ ...named, target: { of: 'max', atMost: 50 } }, 'KB', 50.1).met).toBe(false);
});

test('what must be done at least is missed from below', () => {
  const named = { name: 'rows', concurrency: 1, target: { of: 'max', atLeast: 100_000 } } as const;
  expect(single(named, 'per s', 100_000).met).toBe(true);
  expect(single(named, 'per s', 99_999).met).toBe(false);
  expect(table([single(named, 'per s', 99_999)])).toContain('| 99999 per s | ≥ 100000 per s | missed |');
});

test('what is left out stands in the table with its reason, and is told from what was missed', () => {
  const missed = single({ name: 'start', concurrency: 1, target: { of: 'max', atMost: 3 } }, 's', 4);
  const gone = { name: 'import', leftOut: 'inventory.csv is not there' };
  expect([missed, gone].map(isLeftOut)).toEqual([false, true]);
  const [, , , last = ''] = table([missed, gone]).split('\n');
  expect(last).toBe('| import |  |  |  |  |  | left out | inventory.csv is not there |');
  expect(
    jsonLines([gone], 'a machine')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual([{ machine: 'a machine' }, gone]);
});

test('the table says what was met and what was missed', () => {
  const target = { of: 'max', atMost: 60 } as const;
  const text = table([
    single({ name: 'all lines', concurrency: 1, target, note: '10 lines' }, 's', 61.25),
    timed(
      { name: 'search', concurrency: 1, target: { of: 'p95', atMost: 100 } },
      { sorted: [4, 5], failures: [] },
    ),
  ]);
  expect(text).toContain('| all lines | 1 |  |  | 61.3 s | ≤ 60 s | missed | 10 lines |');
  expect(text).toContain('| search | 1 | 4.00 ms | 5.00 ms | 5.00 ms | p95 ≤ 100 ms | met |  |');
});
