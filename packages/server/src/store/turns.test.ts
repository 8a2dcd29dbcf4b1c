import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Turns } from './turns.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that is named where it begins, and ends when it is told to. */
function works(turns: Turns) {
  const begun: string[] = [];
  const begin = (name: string) => {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const done = turns.during(() => {
      begun.push(name);
      return promise;
    });
    return { done, end: () => resolve(name), fail: () => reject(new Error(name)) };
  };
  return { begun, begin };
}
/** Until promises that are settled were heard. */
const heard = () => vi.advanceTimersByTimeAsync(0);

test('So many at once, the others in the order in which they came', async () => {
  const { begun, begin } = works(new Turns({ atOnce: 2, patienceMs: 1_000 }));
  const [a, b, c] = [begin('a'), begin('b'), begin('c'), begin('d')];
  await heard();
  expect(begun).toEqual(['a', 'b']);
  b?.end();
  await heard();
  expect(begun).toEqual(['a', 'b', 'c']);
  a?.end();
  c?.end();
  await heard();
  expect(begun).toEqual(['a', 'b', 'c', 'd']);
  expect(await a?.done).toBe('a');
});

test('One that waited for the patience begins beside those that go on, and then there is one more to wait for', async () => {
  const { begun, begin } = works(new Turns({ atOnce: 1, patienceMs: 25 }));
  const long = begin('long');
  const short = begin('short');
  await vi.advanceTimersByTimeAsync(24);
  expect(begun).toEqual(['long']);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun).toEqual(['long', 'short']);
  begin('next');
  long.end();
  await heard();
  expect(begun).toEqual(['long', 'short']);
  short.end();
  await heard();
  expect(begun).toEqual(['long', 'short', 'next']);
});

test('What fails makes way too, and is told to whoever asked', async () => {
  const { begun, begin } = works(new Turns({ atOnce: 1, patienceMs: 1_000 }));
  const first = begin('first');
  begin('second');
  first.fail();
  await expect(first.done).rejects.toThrow('first');
  await heard();
  expect(begun).toEqual(['first', 'second']);
});

test('No turn is lost: after many came at once, as many as may are at work', async () => {
  const turns = new Turns({ atOnce: 3, patienceMs: 60_000 });
  let working = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 200 }, (_, at) =>
      turns.during(async () => {
        working += 1;
        most = Math.max(most, working);
        for (let n = 0; n < at % 5; n += 1) await Promise.resolve();
        working -= 1;
      }),
    ),
  );
  expect(most).toBe(3);
});
