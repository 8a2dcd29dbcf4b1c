import { type Approval, inForce } from '../approvals.ts';
import type { Kind } from './kind.ts';

/** Whether what stands approved of a record binds those who made it (`binds` of its kind). */
export const isBound = ({ approvable }: Kind, acts: readonly Approval[]): boolean =>
  approvable?.binds !== undefined && inForce(acts) !== undefined;

/** Why a step into this state goes round an approval that binds; nothing where it does not. */
export function endingObstacle(kind: Kind, to: string, acts: readonly Approval[]): string | undefined {
  return kind.lifecycle.states[to]?.ended === true && isBound(kind, acts) ? boundWords : undefined;
}

/** Why the record of an approval that binds is not archived; nothing where it may be. */
export const boundWords =
  'An approval of it is in force. Withdraw that first, with a reason: a person who neither wrote it nor answers for what it is about does.';
