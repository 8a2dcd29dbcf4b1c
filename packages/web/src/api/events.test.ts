import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, test, vi } from 'vitest';
import { apartMs, burstMs, concerns, gatherEvents, readEvent } from './events.ts';

test('an event makes old what names its record by id, ref or kind, and nothing else', () => {
  const event = readEvent('record', '{"id":"018f","ref":"SYS-412","kind":"system"}');
  expect(event).toEqual({ type: 'record', id: '018f', ref: 'SYS-412', kind: 'system' });
  if (event === null) return;
  expect(concerns(event, { queryKey: ['record', 'SYS-412'] })).toBe(true);
  expect(concerns(event, { queryKey: ['trace', { id: '018f' }] })).toBe(true);
  expect(concerns(event, { queryKey: ['list', 'system', { stage: 'live' }] })).toBe(true);
  expect(concerns(event, { queryKey: ['record', 'SYS-41'] })).toBe(false);
  expect(concerns(event, { queryKey: ['list', 'risk'] })).toBe(false);
});

test('standing that was computed makes lists of systems old', () => {
  const event = readEvent('standing', '{"id":"018f","ref":"SYS-412"}');
  expect(event !== null && concerns(event, { queryKey: ['list', 'system'] })).toBe(true);
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
