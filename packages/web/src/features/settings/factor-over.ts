import type { AccountWire } from '@throughline/domain/wire-account.ts';

/** Whether the days to add a second factor are over for somebody who has none: until they add one, their account alone opens. */
export const factorOver = (account: Pick<AccountWire, 'factorDue' | 'factors'>, now: Date): boolean =>
  account.factorDue !== null &&
  account.factors.length === 0 &&
  Date.parse(account.factorDue) <= now.getTime();
