import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { get } from '../../api/client.ts';
import { firstPage } from '../../api/cursor.ts';
import { troubleOf } from '../../api/trouble.ts';
import type { SearchState } from '../../ui/navigate.ts';
import type { Trouble } from '../../ui/problem.tsx';
import { newerThan } from './act-words.ts';

export const filterNames = ['actor', 'kind', 'record', 'act', 'from', 'to'] as const;

type LogQuery = Readonly<Record<string, string | number>>;

const readLog = (query: LogQuery, signal: AbortSignal) =>
  get<ListWire<LogEntryWire>>('/api/v1/log', { signal, query });

export const filtersOf = (search: SearchState): Readonly<Record<string, string>> =>
  Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = search[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );

/** Entries, newest first, a page at a time. They do not turn by themselves: rows must not run away from the reader. */
export const useLog = (filters: Readonly<Record<string, string>>) =>
  useInfiniteQuery({
    queryKey: ['entries', filters],
    initialPageParam: firstPage,
    queryFn: ({ pageParam, signal }) =>
      readLog({ ...filters, ...(pageParam === undefined ? {} : { cursor: pageParam }), limit: 100 }, signal),
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** New entries above the first one shown; `more` where there are over a page of them. */
export type Waiting = { count: number; more: boolean };

/** How many entries wait above the first one shown, while live. */
export const useWaiting = (
  filters: Readonly<Record<string, string>>,
  first: string | undefined,
  live: boolean,
): Waiting => {
  const { data } = useQuery({
    queryKey: ['entries-newest', filters],
    enabled: live,
    refetchInterval: 5_000,
    queryFn: ({ signal }) => readLog({ ...filters, limit: 100 }, signal),
  });
  if (!live || data === undefined) return { count: 0, more: false };
  const newer = newerThan(data.items, first);
  return { count: newer ?? data.items.length, more: newer === null };
};

/** How an address names an entry: by its place, or by its id while it waits for one. */
export const entryParameter = ({ index, id }: Pick<LogEntryWire, 'index' | 'id'>): string =>
  index === null ? id : String(index);

const isPlace = (text: string): boolean => /^(0|[1-9]\d{0,14})$/.test(text);

/** The entry that the address names: among those loaded, else asked for by its place. */
export const useEntry = (
  asked: string | undefined,
  loaded: readonly LogEntryWire[],
): { entry: LogEntryWire | null; problem: Trouble | null; waiting: boolean } => {
  const known = asked === undefined ? undefined : loaded.find((entry) => entryParameter(entry) === asked);
  const { data, error, isFetching } = useQuery({
    queryKey: ['entry', asked],
    enabled: asked !== undefined && known === undefined && isPlace(asked),
    queryFn: ({ signal }) => readLog({ entry: asked ?? '', limit: 1 }, signal),
  });
  return { entry: known ?? data?.items[0] ?? null, problem: troubleOf(error), waiting: isFetching };
};
