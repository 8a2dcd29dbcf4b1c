import { type Query, type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { askedAt } from './asked.ts';
import { followStream } from './event-stream.ts';

/** What the server says over its event stream: records that changed, jobs that went on, standing that was computed, the log's new size. */
export type ServerEvent =
  | { type: 'record'; id: string; ref?: string; kind?: string }
  /** `ago`: computed so long before it was told, ms; absent where it is news. */
  | { type: 'standing'; id: string; ref?: string; ago?: number }
  | { type: 'job'; id: string }
  | { type: 'log'; id: 'log'; size: number };

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
  if (type === 'standing')
    return { type, id: body.id, ...ref, ...(typeof body.ago === 'number' ? { ago: body.ago } : {}) };
  return type === 'job' ? { type, id: body.id } : null;
};

/** What an event names: the record by id and ref, and the kind or jobs whose lists it may turn. */
const namesOf = (event: ServerEvent): string[] => {
  const names: string[] = [event.id];
  if (event.type === 'job') names.push('jobs');
  if ((event.type === 'record' || event.type === 'standing') && event.ref !== undefined)
    names.push(event.ref);
  if (event.type === 'record' && event.kind !== undefined) names.push(event.kind);
  if (event.type === 'standing') names.push('system');
  return names;
};

/** A line shows within so many milliseconds of the moment that it bears: what was asked for in between may lack it. */
const showsAfterMs = 1_000;

/** What was asked for before this moment may lack what an event tells: news is newer than anything. */
const momentOf = (event: ServerEvent): number =>
  event.type === 'standing' && event.ago !== undefined
    ? Date.now() - event.ago + showsAfterMs
    : Number.POSITIVE_INFINITY;

/** The newest moment of the names that a key holds. */
const newestOf = (value: unknown, told: ReadonlyMap<string, number>): number => {
  if (typeof value === 'string') return told.get(value) ?? Number.NEGATIVE_INFINITY;
  const within = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  return within.reduce(
    (newest: number, entry: unknown) => Math.max(newest, newestOf(entry, told)),
    Number.NEGATIVE_INFINITY,
  );
};

/** Events that come this close upon each other, in milliseconds, are one burst. */
export const burstMs = 30;
/** Between two bursts at least this long: an import settles thousands of lines, and each asked for alone choked the browser. */
export const apartMs = 400;

/**
 * Makes queries old for all events of a burst at once: those whose keys name a record by id, ref or kind. Keys therefore
 * look like `['record', 'SYS-412']`, `['trace', 'SYS-412']`, `['list', 'system', search]`, `['job', id]`, `['jobs']`.
 * `stop` forgets what is still gathered.
 */
export const gatherEvents = (client: QueryClient) => {
  let names = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  /** Queries whose very first answer was on the way when they became old: the client goes on waiting for that one. */
  const onTheWay = new Set<Query>();
  const leave = client.getQueryCache().subscribe((event) => {
    if (event.type === 'updated' && event.action.type === 'success' && onTheWay.delete(event.query))
      void client.invalidateQueries({ predicate: (query) => query === event.query });
  });
  const tell = () => {
    const told = names;
    names = new Map();
    timer = undefined;
    last = Date.now();
    const isOld = (query: Query) => newestOf(query.queryKey, told) > askedAt(query);
    for (const query of client.getQueryCache().findAll({ predicate: isOld, fetchStatus: 'fetching' }))
      if (query.state.data === undefined) onTheWay.add(query);
    void client.invalidateQueries({ predicate: isOld });
  };
  return {
    add: (event: ServerEvent) => {
      const at = momentOf(event);
      for (const name of namesOf(event)) names.set(name, Math.max(at, names.get(name) ?? at));
      timer ??= setTimeout(tell, Math.max(burstMs, last + apartMs - Date.now()));
    },
    stop: () => {
      leave();
      clearTimeout(timer);
    },
  };
};

const types: readonly string[] = ['record', 'standing', 'job', 'log'] satisfies ServerEvent['type'][];

/**
 * Follows the server's event stream while mounted and makes what it names old, so that open pages turn without a
 * reload. Pass a stable `onEvent`.
 */
export const useServerEvents = (path: string, onEvent?: (event: ServerEvent) => void): void => {
  const client = useQueryClient();
  useEffect(() => {
    const gathered = gatherEvents(client);
    const leave = followStream(path, {
      types,
      hear: (type, text) => {
        const event = readEvent(type, text);
        if (event === null) return;
        // Every change is a new entry: pages of the log say how many wait instead of turning under the reader.
        if (event.type !== 'log') gathered.add(event);
        onEvent?.(event);
      },
      missed: () => void client.invalidateQueries(),
    });
    return () => {
      leave();
      gathered.stop();
    };
  }, [client, path, onEvent]);
};
