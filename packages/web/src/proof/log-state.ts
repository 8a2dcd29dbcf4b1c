import { queryOptions, useQuery } from '@tanstack/react-query';
import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import { useMemo } from 'react';
import { get } from '../api/client.ts';
import { useSession } from '../api/session.ts';
import { type Fault, faultsOf } from './faults.ts';

/** How the log stands. Every page asks for it once: the sidebar's foot shows it, and marks follow from it. */
export const logStateQuery = queryOptions({
  queryKey: ['log-state'],
  queryFn: ({ signal }) => get<LogStateWire>('/api/v1/log/state', { signal }),
  staleTime: 30_000,
  refetchInterval: 60_000,
  retry: false,
});

export const useLogState = (): LogStateWire | undefined => {
  const signedIn = useSession() !== undefined;
  return useQuery({ ...logStateQuery, enabled: signedIn }).data;
};

const none: readonly Fault[] = [];

/** What the last verification found; none where it holds, where there was none, or where the caller may not see it. */
export const useFaults = (): readonly Fault[] => {
  const state = useLogState();
  const verification = state?.verification;
  return useMemo(
    () => (verification === undefined || verification?.holds === true ? none : faultsOf(verification)),
    [verification],
  );
};
