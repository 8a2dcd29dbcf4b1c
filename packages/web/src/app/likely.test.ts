import { afterEach, expect, test, vi } from 'vitest';
import { inPauses, likelyPages } from './likely.ts';
import { pages } from './pages.ts';

/** Pauses that the test gives: each call runs what waits for the next one. */
const pauses = () => {
  const waiting: (() => void)[] = [];
  vi.stubGlobal('requestIdleCallback', (run: () => void) => waiting.push(run));
  vi.stubGlobal('cancelIdleCallback', (at: number) => waiting.splice(at - 1, 1));
  return async () => {
    waiting.shift()?.();
    await new Promise((done) => setTimeout(done));
  };
};

afterEach(() => vi.unstubAllGlobals());

const loadOf = (path: string) => pages.find((page) => page.path === path)?.load;

test('from a list most go to one of its rows, from elsewhere to a list', () => {
  expect(likelyPages('/evidence')[0]).toBe(loadOf('/$collection/$ref'));
  expect(likelyPages('/')[0]).toBe(loadOf('/$collection'));
  expect(likelyPages('/systems/SYS-1')[0]).toBe(loadOf('/$collection'));
});

test('one is fetched in each pause, and what fails keeps nothing back', async () => {
  const pause = pauses();
  const done: string[] = [];
  inPauses([
    async () => done.push('first'),
    () => Promise.reject(new Error('away')),
    async () => done.push('last'),
  ]);
  expect(done).toEqual([]);
  await pause();
  expect(done).toEqual(['first']);
  await pause();
  await pause();
  expect(done).toEqual(['first', 'last']);
});

test('stops where the page that asked is gone', async () => {
  const pause = pauses();
  const done: string[] = [];
  const stop = inPauses([async () => done.push('first'), async () => done.push('second')]);
  await pause();
  stop();
  await pause();
  expect(done).toEqual(['first']);
});
