import type { AccountWire } from '@throughline/domain/wire-account.ts';

/** Whether one of their second factors counts in the organisation at hand. */
export const hasFactorHere = ({ factors }: Pick<AccountWire, 'factors'>): boolean =>
  factors.some(({ here }) => here);

/** Whether the days to add a second factor are over for somebody who has none here: until they do, their account alone opens. */
export const factorOver = (account: Pick<AccountWire, 'factorDue' | 'factors'>, now: Date): boolean =>
  account.factorDue !== null && !hasFactorHere(account) && Date.parse(account.factorDue) <= now.getTime();
