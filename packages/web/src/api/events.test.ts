import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { noteAsking } from './asked.ts';
import { apartMs, burstMs, gatherEvents, readEvent } from './events.ts';

/** The keys, of those given, that an event makes old. */
function madeOld(type: string, text: string, keys: readonly (readonly unknown[])[]): unknown[] {
  vi.useFakeTimers();
  const client = new QueryClient();
  for (const queryKey of keys) client.setQueryData(queryKey, 'read');
  const { add, stop } = gatherEvents(client);
  const event = readEvent(type, text);
  if (event !== null) add(event);
  vi.advanceTimersByTime(burstMs);
  stop();
  return keys.filter((queryKey) => client.getQueryState(queryKey)?.isInvalidated);
}

test('an event makes old what names its record by id, ref or kind, and nothing else', () => {
  const text = '{"id":"018f","ref":"SYS-412","kind":"system"}';
  expect(readEvent('record', text)).toEqual({ type: 'record', id: '018f', ref: 'SYS-412', kind: 'system' });
  const its = [
    ['record', 'SYS-412'],
    ['trace', { id: '018f' }],
    ['list', 'system', { stage: 'live' }],
  ];
  expect(madeOld('record', text, [...its, ['record', 'SYS-41'], ['list', 'risk']])).toEqual(its);
});

test('standing that was computed makes lists of systems old', () => {
  expect(madeOld('standing', '{"id":"018f","ref":"SYS-412"}', [['list', 'system']])).toHaveLength(1);
});

test.each([
  ['record', '{"id":'],
  ['record', '[]'],
  ['record', '{"ref":"SYS-1"}'],
  ['weather', '{"id":"1"}'],
])('%s %s says nothing', (type, text) => expect(readEvent(type, text)).toBeNull());

afterEach(() => {
  vi.useRealTimers();
});

test('thousands of events are asked for together, and the last of them is not forgotten', () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  const queries = [
    ['trace', 'SYS-1'],
    ['trace', 'SYS-2000'],
    ['trace', 'SYS-2001'],
    ['list', 'risk', ''],
  ] as const;
  for (const queryKey of queries) client.setQueryData(queryKey, 'read');
  const asked = vi.spyOn(client, 'invalidateQueries');
  /** What is old since the last time; it is read again then. */
  const old = () => {
    const keys = queries.filter((queryKey) => client.getQueryState(queryKey)?.isInvalidated);
    for (const queryKey of keys) client.setQueryData(queryKey, 'read again');
    return keys.map((queryKey) => queryKey.join(' ').trim());
  };
  const { add, stop } = gatherEvents(client);
  for (let n = 1; n <= 2_000; n += 1) add({ type: 'standing', id: `id-${n}`, ref: `SYS-${n}` });
  vi.advanceTimersByTime(burstMs);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(old()).toEqual(['trace SYS-1', 'trace SYS-2000']);
  add({ type: 'record', id: 'late', kind: 'risk' });
  vi.advanceTimersByTime(apartMs - 1);
  expect(asked).toHaveBeenCalledTimes(1);
  expect(old()).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(old()).toEqual(['list risk']);
  add({ type: 'job', id: 'gone' });
  stop();
  vi.advanceTimersByTime(10 * apartMs);
  expect(asked).toHaveBeenCalledTimes(2);
});

test('a line computed before the stream began makes old what was asked before it, and asks for nothing else again', async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  const leave = noteAsking(client);
  /** Reads a key; the server takes so long, ms. */
  const read = (name: string, took: number) =>
    client.fetchQuery({
      queryKey: [name, 'system'],
      queryFn: () => new Promise((resolve) => setTimeout(() => resolve('read'), took)),
    });
  const answers = [read('home', 10), read('slow', 4_000)];
  await vi.advanceTimersByTimeAsync(10_000);
  answers.push(read('list', 10));
  await vi.advanceTimersByTimeAsync(500);
  await Promise.all(answers);
  const { add, stop } = gatherEvents(client);
  const event = readEvent('standing', '{"id":"018f","ref":"SYS-1","ago":9000}');
  if (event !== null) add(event);
  vi.advanceTimersByTime(burstMs);
  const isOld = (name: string) => client.getQueryState([name, 'system'])?.isInvalidated;
  expect(['home', 'slow', 'list'].map(isOld)).toEqual([true, true, false]);
  stop();
  leave();
});

test('an event that comes while the first answer is on the way has it asked for again', async () => {
  vi.useFakeTimers();
  const client = new QueryClient();
  let asked = 0;
  const observer = new QueryObserver(client, {
    queryKey: ['home', 'system'],
    queryFn: async () => {
      asked += 1;
      const answer = `answer ${asked}`;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      return answer;
    },
  });
  const unsubscribe = observer.subscribe(() => undefined);
  const { add, stop } = gatherEvents(client);
  await vi.advanceTimersByTimeAsync(200);
  add({ type: 'standing', id: '018f', ref: 'SYS-1' });
  await vi.advanceTimersByTimeAsync(3_000);
  expect([asked, client.getQueryData(['home', 'system'])]).toEqual([2, 'answer 2']);
  stop();
  unsubscribe();
});
