import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** What the server says over its event stream: records that changed, jobs that went on, standing that was computed, the log's new size. */
export type ServerEvent =
  | { type: 'record'; id: string; ref?: string; kind?: string }
  | { type: 'standing'; id: string; ref?: string }
  | { type: 'job'; id: string }
  | { type: 'log'; id: 'log'; size: number };

/** Without a stream the open page asks again this often, in milliseconds. */
export const pollEvery = 15_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** One message of the stream; null where it is of a kind this page does not know. */
export const readEvent = (type: string, text: string): ServerEvent | null => {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null; // A cut message says nothing; the next one, or the poll, does.
  }
  if (type === 'log')
    return isObject(body) && typeof body.size === 'number' ? { type, id: 'log', size: body.size } : null;
  if (!isObject(body) || typeof body.id !== 'string') return null;
  const ref = typeof body.ref === 'string' ? { ref: body.ref } : {};
  if (type === 'record')
    return { type, id: body.id, ...ref, ...(typeof body.kind === 'string' ? { kind: body.kind } : {}) };
  if (type === 'standing') return { type, id: body.id, ...ref };
  return type === 'job' ? { type, id: body.id } : null;
};

const mentions = (value: unknown, names: ReadonlySet<string>): boolean => {
  if (typeof value === 'string') return names.has(value);
  if (Array.isArray(value)) return value.some((entry) => mentions(entry, names));
  return isObject(value) && Object.values(value).some((entry) => mentions(entry, names));
};

/**
 * Whether an event makes a query old: its key names the record by id, ref or kind. Keys therefore look like
 * `['record', 'SYS-412']`, `['trace', 'SYS-412']`, `['list', 'system', search]`, `['job', id]`, `['jobs']`.
 */
export const concerns = (event: ServerEvent, query: Pick<Query, 'queryKey'>): boolean => {
  const names = new Set([event.id]);
  if (event.type === 'job') names.add('jobs');
  if ((event.type === 'record' || event.type === 'standing') && event.ref !== undefined) names.add(event.ref);
  if (event.type === 'record' && event.kind !== undefined) names.add(event.kind);
  if (event.type === 'standing') names.add('system');
  return mentions(query.queryKey, names);
};

const apply = (
  client: QueryClient,
  event: ServerEvent,
  onEvent: ((event: ServerEvent) => void) | undefined,
): void => {
  // Every change is a new entry: pages of the log say how many wait instead of turning under the reader.
  if (event.type !== 'log') void client.invalidateQueries({ predicate: (query) => concerns(event, query) });
  onEvent?.(event);
};

/**
 * Follows the server's event stream while mounted and makes what it names old, so that open pages turn without a
 * reload. Where the stream breaks, active queries are asked again every 15 s until it is back. Pass a stable `onEvent`.
 */
export const useServerEvents = (path: string, onEvent?: (event: ServerEvent) => void): void => {
  const client = useQueryClient();
  useEffect(() => {
    const stream = new EventSource(path);
    let poll: ReturnType<typeof setInterval> | undefined;
    const hear = (type: ServerEvent['type']) => (message: MessageEvent<string>) => {
      const event = readEvent(type, message.data);
      if (event !== null) apply(client, event, onEvent);
    };
    for (const type of ['record', 'standing', 'job', 'log'] as const)
      stream.addEventListener(type, hear(type));
    stream.onopen = () => {
      // What happened while the stream was away was not heard: ask once.
      if (poll !== undefined) void client.invalidateQueries();
      clearInterval(poll);
      poll = undefined;
    };
    stream.onerror = () => {
      poll ??= setInterval(() => void client.invalidateQueries(), pollEvery);
    };
    return () => {
      stream.close();
      clearInterval(poll);
    };
  }, [client, path, onEvent]);
};
