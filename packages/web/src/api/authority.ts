import type { ListWire } from '@throughline/domain/wire.ts';
import type { AuthorityWire, SamePersonWire } from '@throughline/domain/wire-pages.ts';
import { get } from './client.ts';

/** The table of authority; `null`: of today. */
export const authorityQuery = (on: string | null) => ({
  queryKey: ['authority', on ?? ''],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<AuthorityWire>('/api/v1/authority', { signal, ...(on === null ? {} : { query: { asOf: on } }) }),
});

/** Members that are declared to be one person. */
export const samePersonsQuery = {
  queryKey: ['same-persons'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<ListWire<SamePersonWire>>('/api/v1/same-persons', { signal }),
};
