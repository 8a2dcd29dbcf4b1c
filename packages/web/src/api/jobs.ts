import { queryOptions } from '@tanstack/react-query';
import type { Json } from '@throughline/domain/json.ts';
import type { JobWire, ListWire } from '@throughline/domain/wire.ts';
import { get } from './client.ts';
import type { Refusal } from './records.ts';

/** The type of the job that says what a change of many records would do. */
export const bulkDryRun = 'bulk-dry-run';

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

/** What a change of many records came to, or would: how many records, and of those that refuse as many as were told by name. */
export type BulkResult = {
  applied: number;
  unchanged: number;
  refused: number;
  refusals: readonly Refusal[];
  voided: number;
  stale: number;
};

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const countOf = (value: Json | undefined): number => (typeof value === 'number' ? value : 0);
const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

/** The result of a job that changed many records or found out what that would do; null of other work and while it runs. */
export const bulkResult = ({ type, result }: Pick<JobWire, 'type' | 'result'>): BulkResult | null => {
  if ((type !== 'bulk' && type !== bulkDryRun) || !isObject(result) || !isObject(result.counts)) return null;
  const { applied, unchanged, refused } = result.counts;
  const list = Array.isArray(result.refused) ? result.refused.filter(isObject) : [];
  return {
    applied: countOf(applied),
    unchanged: countOf(unchanged),
    refused: countOf(refused),
    refusals: list.map(({ id, ref, title, reason }) => ({
      id: textOf(id),
      ...(textOf(ref) === '' ? {} : { ref: textOf(ref) }),
      ...(textOf(title) === '' ? {} : { title: textOf(title) }),
      reason: textOf(reason),
    })),
    voided: countOf(result.voided),
    stale: countOf(result.stale),
  };
};
