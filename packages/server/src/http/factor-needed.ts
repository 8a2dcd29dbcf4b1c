import { DomainError } from '@throughline/domain/errors.ts';
import type { Caller } from './caller.ts';
import type { Route } from './route.ts';

/** What somebody needs who has yet to add the second factor that their organisation demands, or to show it here once. */
const toAddOne = /^\/(account|session)(\/|$)/;

/** Until it is there, such a session opens its own account and nothing else. Throws `second-factor-needed`. */
export function ensureFactor({ by }: Caller, route: Pick<Route, 'path'>, now: Date): void {
  if (!lacksFactor(by, now) || toAddOne.test(route.path)) return;
  throw new DomainError(
    'second-factor-needed',
    'Your organisation demands a second factor, and the days to add one are over. Add one in your account, or show there the one that you have.',
    [],
    { since: by.type === 'session' ? by.factorDue?.toISOString() : undefined },
  );
}

/** Whether the days that the organisation gave are over, and there is none. A token stands for nobody who could add one. */
export const lacksFactor = (by: Caller['by'], now: Date): boolean =>
  by.type === 'session' && !by.presence.secondFactor && by.factorDue !== null && by.factorDue <= now;
