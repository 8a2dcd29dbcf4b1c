import type { ListWire } from '@throughline/domain/wire.ts';
import type { ProposalWire, WaitsWire } from '@throughline/domain/wire-proposals.ts';
import { get } from './client.ts';

/** What takes two hands: what waits for the second one, and what took effect or ended; newest first. */
export const proposalsQuery = {
  queryKey: ['proposals'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    get<ListWire<ProposalWire>>('/api/v1/proposals', { signal }),
};

/** Whether an answer says that nothing took effect yet, and another person is waited for. */
export const isWaiting = <T extends object>(answer: T | WaitsWire | undefined): answer is WaitsWire =>
  answer !== undefined && 'waits' in answer;
