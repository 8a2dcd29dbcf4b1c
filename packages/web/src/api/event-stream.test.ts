import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStream, leaveStreams, pollEvery, restAfter } from './event-stream.ts';
import { setLoadedFor } from './organisation.ts';

/** What the browser gives: one that is opened, named by its path, told what the server says. */
class Stream extends EventTarget {
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  readonly path: string;
  constructor(path: string) {
    super();
    this.path = path;
    streams.push(this);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data: string) {
    this.dispatchEvent(new MessageEvent(type, { data }));
  }
}
let streams: Stream[] = [];
let hidden = false;
let heard: string[] = [];
let leave = () => {};

const look = (now: boolean) => {
  hidden = !now;
  document.dispatchEvent(new Event('visibilitychange'));
};
const follow = () => {
  leave = followStream('/events', {
    types: ['record'],
    hear: (type, text) => heard.push(`${type} ${text}`),
    missed: () => heard.push('missed'),
  });
};
const open = () => streams.filter((stream) => !stream.closed);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Stream);
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  [streams, hidden, heard] = [[], false, []];
  setLoadedFor('ours');
});
afterEach(() => {
  leave();
  setLoadedFor(undefined);
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test('a page that is looked at hears what the server says, of the types it knows', () => {
  follow();
  expect(open().map((stream) => stream.path)).toEqual(['/events?forOrganisation=ours']);
  streams[0]?.onopen?.();
  streams[0]?.say('record', 'a');
  streams[0]?.say('weather', 'b');
  expect(heard).toEqual(['record a']);
  leave();
  expect(open()).toEqual([]);
});

test('a page that nobody looks at gives its stream back, and asks for all once when it is looked at again', () => {
  follow();
  streams[0]?.onopen?.();
  look(false);
  vi.advanceTimersByTime(restAfter - 1);
  expect(open()).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(open()).toHaveLength(0);
  look(true);
  expect(open()).toHaveLength(1);
  expect(heard).toEqual([]);
  streams[1]?.onopen?.();
  expect(heard).toEqual(['missed']);
});

test('a short look elsewhere keeps the stream', () => {
  follow();
  look(false);
  vi.advanceTimersByTime(restAfter - 1);
  look(true);
  vi.advanceTimersByTime(2 * restAfter);
  expect([streams.length, open().length, heard]).toEqual([1, 1, []]);
});

test('a page opened behind another one opens no stream until it is looked at', () => {
  hidden = true;
  follow();
  expect(streams).toEqual([]);
  look(true);
  streams[0]?.onopen?.();
  expect([open().length, heard]).toEqual([1, ['missed']]);
});

test('while the stream is broken the page asks by itself, and once more when it is back', () => {
  follow();
  streams[0]?.onopen?.();
  streams[0]?.onerror?.();
  streams[0]?.onerror?.();
  vi.advanceTimersByTime(2 * pollEvery);
  expect(heard).toEqual(['missed', 'missed']);
  streams[0]?.onopen?.();
  vi.advanceTimersByTime(2 * pollEvery);
  expect(heard).toEqual(['missed', 'missed', 'missed']);
});

test('nothing is asked after leaving, hidden or broken', () => {
  follow();
  streams[0]?.onerror?.();
  look(false);
  leave();
  look(true);
  vi.advanceTimersByTime(restAfter + pollEvery);
  expect([open(), heard]).toEqual([[], []]);
});

test('whoever signs out leaves every stream at once, and none comes back', () => {
  follow();
  expect(open()).toHaveLength(1);
  leaveStreams();
  expect(open()).toEqual([]);
  look(false);
  look(true);
  expect(open()).toEqual([]);
});
