import { QueryClient } from '@tanstack/react-query';
import { noteAsking } from '../api/asked.ts';
import { Problem } from '../api/problem.ts';

/** A refusal does not change by asking again; a server that is away may come back. */
const retry = (failures: number, error: Error): boolean =>
  failures < 2 && (!(error instanceof Problem) || error.status === 0 || error.status >= 502);

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry, refetchOnWindowFocus: false },
    mutations: { retry: false },
  },
});
noteAsking(queryClient);
