import { useQuery } from '@tanstack/react-query';
import type { ListWire } from '@throughline/domain/wire.ts';
import type { DutyWaiversWire, RecusalRowWire } from '@throughline/domain/wire-duties.ts';
import { get } from './client.ts';

/** Waivers of "another person approves", with what stands by them in one register or in all. */
export const dutyWaiversQuery = (kind: string | null) => ({
  queryKey: ['duty-waivers', kind ?? ''],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<DutyWaiversWire>('/api/v1/duty-waivers', { signal, ...(kind === null ? {} : { query: { kind } }) }),
});

/** Nothing while it is read: a page stands without it. */
export const useDutyWaivers = (kind: string | null, enabled = true): DutyWaiversWire | undefined =>
  useQuery({ ...dutyWaiversQuery(kind), enabled }).data;

export const recusalsQuery = {
  queryKey: ['recusals'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<ListWire<RecusalRowWire>>('/api/v1/recusals', { signal }),
};
