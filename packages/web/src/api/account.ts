import { queryOptions } from '@tanstack/react-query';
import type { AccountWire, StepWire } from '@throughline/domain/wire-account.ts';
import { get } from './client.ts';

/** How one signs in, and where one is signed in. */
export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => get<AccountWire>('/api/v1/account', { signal }),
});

/** Whether an answer of the door asks for a second step instead of letting in. */
export const isStep = (answer: object): answer is StepWire => 'step' in answer && 'methods' in answer;
