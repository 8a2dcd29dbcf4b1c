import { expect, test } from 'vitest';
import { queue } from './queue.ts';

test('two run, as many wait as may, the next is refused and told when to come again', async () => {
  const turns = queue(2, 1, { retryAfter: 30, words: (busy) => `${busy} are here` });
  const works = Array.from({ length: 4 }, () => Promise.withResolvers<number>());
  const begun: number[] = [];
  const answers = works.map(({ promise }, index) =>
    turns.take(() => {
      begun.push(index);
      return promise;
    }),
  );
  await expect(answers[3]).rejects.toMatchObject({
    ...{ code: 'too-many', message: '3 are here', facts: { retryAfter: 30 } },
  });
  expect(begun).toEqual([0, 1]);
  works[1]?.reject(new Error('broken'));
  await expect(answers[1]).rejects.toThrow('broken');
  works[2]?.resolve(2);
  expect(await answers[2]).toBe(2);
  works[0]?.resolve(0);
  expect(await answers[0]).toBe(0);
  expect([begun, await turns.take(async () => 4)]).toEqual([[0, 1, 2], 4]);
});
