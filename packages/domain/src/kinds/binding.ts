import { type Approval, inForce } from '../approvals.ts';
import type { Content, Kind } from './kind.ts';

/** A record as it is written now, with the digest of that in hex. */
export type Written = { readonly fields: Content['fields']; readonly digest: string };

/** Whether what stands approved of a record binds those who made it (`binds` of its kind). */
export function isBound({ approvable }: Kind, acts: readonly Approval[], now: Written): boolean {
  const [binds, given] = [approvable?.binds, inForce(acts)];
  if (binds === undefined || given === undefined) return false;
  // A draft that calls itself something else leaves what is approved as it is.
  return binds.when === undefined || binds.when(now.fields) || given.digest !== now.digest;
}

/** Why a step into this state goes round an approval that binds; nothing where it does not. */
export function endingObstacle(
  kind: Kind,
  to: string,
  acts: readonly Approval[],
  now: Written,
): string | undefined {
  return kind.lifecycle.states[to]?.ended === true && isBound(kind, acts, now) ? boundWords : undefined;
}

/** Why the record of an approval that binds is not archived; nothing where it may be. */
export const boundWords =
  'An approval of it is in force. Withdraw that first, with a reason: a person who neither wrote it nor answers for what it is about does.';

/** Why a record is not archived because of what binds; what may be replaced is judged by its line, not here. */
export function boundObstacle(
  kind: Kind,
  state: string,
  acts: readonly Approval[],
  now: Written,
): string | undefined {
  const ended = kind.lifecycle.states[state]?.ended === true;
  if (ended || kind.approvable?.binds?.replaceable === true) return undefined;
  return isBound(kind, acts, now) ? boundWords : undefined;
}
