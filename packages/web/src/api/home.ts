import { queryOptions } from '@tanstack/react-query';
import type { HomeWire } from '@throughline/domain/wire-pages.ts';
import { get } from './client.ts';

/** What the first page shows. The key names the kinds whose changes turn it. */
export const homeQuery = queryOptions({
  queryKey: ['home', 'system', 'task'],
  queryFn: ({ signal }) => get<HomeWire>('/api/v1/home', { signal }),
});
