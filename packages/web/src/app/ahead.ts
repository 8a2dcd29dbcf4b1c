import { homeQuery } from '../api/home.ts';
import { recordQuery } from '../api/records.ts';
import { traceQuery } from '../standing/trace-query.ts';
import type { SearchState } from '../ui/navigate.ts';
import { queryClient } from './query-client.ts';
import { SystemLine } from './system-line.ts';

/** Where somebody goes, or may be about to go. */
export type Way = { params: Readonly<Record<string, string | undefined>>; search: SearchState };

/** Asks for what a page shows while its code is on the way; a failure is told by the page, which asks again. */
export type Ahead = (way: Way) => void;

export const askHome: Ahead = () => void queryClient.prefetchQuery(homeQuery);

const isRef = (text: string): boolean => /^[A-Z]+-\d+$/.test(text);

const askLine = async (ref: string, asOf: string | undefined): Promise<void> => {
  const query = recordQuery('systems', ref, asOf);
  await queryClient.prefetchQuery(query);
  const system = queryClient.getQueryData(query.queryKey);
  if (system !== undefined) await queryClient.prefetchQuery(traceQuery(system, asOf));
};

/** A record; of a system its line too, which its page opens with. */
export const askRecord: Ahead = ({ params: { collection, ref }, search: { asOf, tab } }) => {
  if (collection === undefined || ref === undefined || !isRef(ref)) return;
  if (collection === 'systems' && tab === undefined)
    void Promise.allSettled([SystemLine.fetch(), askLine(ref, asOf)]);
  else void queryClient.prefetchQuery(recordQuery(collection, ref, asOf));
};
