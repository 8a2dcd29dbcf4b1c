import { queryOptions, useQuery } from '@tanstack/react-query';
import type { DemoWire } from '@throughline/domain/wire-pages.ts';
import { get } from './client.ts';
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
