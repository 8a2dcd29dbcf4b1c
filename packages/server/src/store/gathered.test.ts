import { expect, test } from 'vitest';
import { Gathered } from './gathered.ts';

const key = (word: string) => Buffer.from(word);

/** Answers each key with its own word, when it is let, and keeps what it was asked. */
function slow() {
  const asked: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const gathered = new Gathered<string>(async (keys) => {
    const words = keys.map(String);
    const gate = Promise.withResolvers<void>();
    asked.push(words);
    gates.push(gate);
    await gate.promise;
    return new Map(
      words.filter((word) => word !== 'nobody').map((word) => [key(word).toString('hex'), word]),
    );
  });
  return { asked, gates, gathered };
}

test('what is asked while two questions are under way is asked in one', async () => {
  const { asked, gates, gathered } = slow();
  const found = Promise.all(['a', 'b', 'c', 'd', 'nobody'].map((word) => gathered.find(key(word))));
  expect(asked).toEqual([['a'], ['b']]);
  gates[0]?.resolve();
  await expect.poll(() => asked.length).toBe(3);
  for (const gate of gates) gate.resolve();
  expect(await found).toEqual(['a', 'b', 'c', 'd', undefined]);
  expect(asked).toEqual([['a'], ['b'], ['c', 'd', 'nobody']]);
});

test('nothing is kept: the same key is asked again', async () => {
  const { asked, gates, gathered } = slow();
  for (const times of [1, 2]) {
    const found = gathered.find(key('a'));
    gates.at(-1)?.resolve();
    expect(await found).toBe('a');
    expect(asked).toHaveLength(times);
  }
});

test('a question that fails fails for those who asked it alone', async () => {
  const { asked, gates, gathered } = slow();
  const [first, second, third] = ['a', 'b', 'c'].map((word) => gathered.find(key(word)));
  const failing = expect(first).rejects.toThrow('The connection ended');
  gates[0]?.reject(new Error('The connection ended'));
  await failing;
  await expect.poll(() => asked.length).toBe(3);
  for (const gate of gates.slice(1)) gate.resolve();
  expect(await Promise.all([second, third])).toEqual(['b', 'c']);
});

test('no question holds more keys than a hundred', async () => {
  const { asked, gates, gathered } = slow();
  const words = Array.from({ length: 252 }, (_, n) => `key ${n}`);
  const found = Promise.all(words.map((word) => gathered.find(key(word))));
  for (let at = 0; at < 5; at += 1) {
    await expect.poll(() => gates.length).toBeGreaterThan(at);
    gates[at]?.resolve();
  }
  expect(await found).toEqual(words);
  expect(asked.map((keys) => keys.length)).toEqual([1, 1, 100, 100, 50]);
});
