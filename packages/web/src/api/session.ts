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

/**
 * Whether the days to add a demanded second factor are over: the server then opens the account and refuses the rest, so
 * that nothing else is offered.
 */
export const accountAlone = (me: Pick<MeWire, 'factorDue'> | undefined, now: number): boolean =>
  me?.factorDue !== undefined && Date.parse(me.factorDue) <= now;

export const useSession = (): MeWire | undefined => useQuery(sessionQuery).data;
