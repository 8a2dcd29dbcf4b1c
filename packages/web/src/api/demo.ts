import { queryOptions, useQuery } from '@tanstack/react-query';
import type { Role } from '@throughline/domain/permissions.ts';
import type { JobWire } from '@throughline/domain/wire.ts';
import type { DemoWire } from '@throughline/domain/wire-pages.ts';
import { del, get, newIdempotencyKey, post } from './client.ts';
import { useSession } from './session.ts';

const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => get<DemoWire>('/api/v1/demo', { signal }),
  staleTime: 60_000,
});

/** The demo organisation where it is loaded; elsewhere nothing is asked. */
export const useDemo = (): DemoWire | undefined => {
  const here = useSession()?.demo === 'loaded';
  return useQuery({ ...demoQuery, enabled: here }).data;
};

const refsOf = (demo: DemoWire): ReadonlySet<string> => new Set(demo.records.map(({ ref }) => ref));

/** Whether a record of this ref belongs to the demo. */
export const useIsDemo = (ref: string): boolean => {
  const here = useSession()?.demo === 'loaded';
  return useQuery({ ...demoQuery, enabled: here, select: refsOf }).data?.has(ref) === true;
};

/** Who may change the settings may load and remove it; the server decides. */
export const mayTurnDemo = (roles: readonly Role[]): boolean =>
  roles.some((role) => role === 'admin' || role === 'aims-manager');

/** Both are long work: what is answered is its job. */
export const loadDemo = (): Promise<JobWire> =>
  post<JobWire>('/api/v1/demo', undefined, { idempotencyKey: newIdempotencyKey() });
export const removeDemo = (): Promise<JobWire> => del<JobWire>('/api/v1/demo');
