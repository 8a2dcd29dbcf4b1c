import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { LogEntryWire } from '@throughline/domain/wire-pages.ts';
import { get } from '../../api/client.ts';
import { firstPage } from '../../api/cursor.ts';
import type { SearchState } from '../../ui/navigate.ts';
import { newerThan } from './act-words.ts';

export const filterNames = ['actor', 'kind', 'record', 'act', 'from', 'to'] as const;
export type FilterName = (typeof filterNames)[number];

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
      get<ListWire<LogEntryWire>>('/api/v1/log', {
        signal,
        query: { ...filters, cursor: pageParam, limit: 100 },
      }),
    getNextPageParam: (page) => page.next,
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How many entries wait above the first one shown, while live. `more` where there are over a page of them. */
export const useWaiting = (
  filters: Readonly<Record<string, string>>,
  first: string | undefined,
  live: boolean,
): { count: number; more: boolean } => {
  const { data } = useQuery({
    queryKey: ['entries-newest', filters],
    enabled: live,
    refetchInterval: 5_000,
    queryFn: ({ signal }) =>
      get<ListWire<LogEntryWire>>('/api/v1/log', { signal, query: { ...filters, limit: 100 } }),
  });
  if (!live || data === undefined) return { count: 0, more: false };
  const newer = newerThan(data.items, first);
  return { count: newer ?? data.items.length, more: newer === null };
};
