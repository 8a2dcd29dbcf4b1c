import { queryOptions, useQuery } from '@tanstack/react-query';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { get } from './client.ts';
import { setLoadedFor } from './organisation.ts';

/** Who is signed in, to which organisation, with which roles and preferences. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    const me = await get<MeWire>('/api/v1/session', { signal });
    setLoadedFor(me.organisation.id);
    return me;
  },
});

export const useSession = (): MeWire | undefined => useQuery(sessionQuery).data;
