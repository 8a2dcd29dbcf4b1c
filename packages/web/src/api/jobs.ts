import { queryOptions } from '@tanstack/react-query';
import type { JobWire, ListWire } from '@throughline/domain/wire.ts';
import { get } from './client.ts';

export const isEnded = ({ state }: Pick<JobWire, 'state'>): boolean =>
  state === 'done' || state === 'failed' || state === 'cancelled';

/** One job. The event stream makes it old as it goes on; asking each two seconds is for when the stream is away. */
export const jobQuery = (id: string) =>
  queryOptions({
    queryKey: ['job', id],
    queryFn: ({ signal }) => get<JobWire>(`/api/v1/jobs/${id}`, { signal }),
    refetchInterval: ({ state }) => (state.data !== undefined && isEnded(state.data) ? false : 2_000),
  });

/** The caller's jobs, newest first; asked again while one is under way. */
export const jobsQuery = queryOptions({
  queryKey: ['jobs'],
  queryFn: async ({ signal }) => (await get<ListWire<JobWire>>('/api/v1/jobs', { signal })).items,
  refetchInterval: ({ state }) => (state.data?.some((job) => !isEnded(job)) === true ? 2_000 : false),
});
