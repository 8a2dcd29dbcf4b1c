import { expect, test } from 'vitest';
import { Loop } from './loop.ts';

/** A loop whose rounds end when told, and how many began. */
function told(options: { everyMs?: number; restMs?: number } = {}) {
  const rounds: PromiseWithResolvers<void>[] = [];
  const errors: unknown[] = [];
  let heard = Promise.withResolvers<void>();
  const loop = new Loop({
    everyMs: 3_600_000,
    ...options,
    work: async () => {
      const round = Promise.withResolvers<void>();
      rounds.push(round);
      heard.resolve();
      heard = Promise.withResolvers<void>();
      await round.promise;
    },
    onError: (error) => errors.push(error),
  });
  const next = async (count: number) => {
    while (rounds.length < count) await heard.promise;
  };
  const end = async (error?: Error) => {
    if (error) rounds.at(-1)?.reject(error);
    else rounds.at(-1)?.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { loop, rounds, errors, next, end };
}

test('a nudge begins a round; many while it runs ask for one more', async () => {
  const { loop, rounds, next, end } = told();
  loop.nudge();
  expect(rounds).toHaveLength(1);
  for (let n = 0; n < 5; n += 1) loop.nudge();
  expect(rounds).toHaveLength(1);
  await end();
  await next(2);
  await end();
  expect(rounds).toHaveLength(2);
  await loop[Symbol.asyncDispose]();
});

test('nudges after a round wait for its rest and are answered together', async () => {
  const { loop, rounds, next, end } = told({ restMs: 50 });
  loop.nudge();
  await end();
  for (let n = 0; n < 5; n += 1) loop.nudge();
  expect(rounds).toHaveLength(1);
  await next(2);
  loop.nudge();
  await end();
  expect(rounds).toHaveLength(2);
  await next(3);
  await end();
  await loop[Symbol.asyncDispose]();
  expect(rounds).toHaveLength(3);
});

test('a round comes by itself, and one that failed is told of and does not end the loop', async () => {
  const { loop, errors, next, end } = told({ everyMs: 1, restMs: 1 });
  loop.nudge();
  await end(new Error('once'));
  await next(2);
  expect(errors).toMatchObject([{ message: 'once' }]);
  await end();
  await next(3);
  const ended = loop[Symbol.asyncDispose]();
  await end();
  await ended;
});

test('disposing waits for the round at hand, and no nudge begins another', async () => {
  const { loop, rounds, end } = told({ restMs: 10 });
  loop.nudge();
  let over = false;
  const ended = Promise.resolve(loop[Symbol.asyncDispose]()).then(() => {
    over = true;
  });
  loop.nudge();
  await new Promise((resolve) => setImmediate(resolve));
  expect(over).toBe(false);
  await end();
  await ended;
  loop.nudge();
  expect(rounds).toHaveLength(1);
});
