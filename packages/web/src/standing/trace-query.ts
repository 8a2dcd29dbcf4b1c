import type { TraceWire } from '@throughline/domain/wire.ts';
import { get } from '../api/client.ts';

export type TracedSystem = { id: string; ref: string };

/** The key names the system, so that the event stream makes it old when its standing turns. */
export const traceQuery = (system: TracedSystem, asOf: string | undefined) => ({
  queryKey: ['trace', system.ref, system.id, asOf ?? 'now'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<TraceWire>(`/api/v1/systems/${system.ref}/trace`, { signal, query: { asOf } }),
});
