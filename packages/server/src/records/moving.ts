import { inForce } from '@throughline/domain/approvals.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { approvalsOf } from '../store/approvals.ts';
import type { TargetFacts } from '../store/records.ts';
import type { LockedRecord, Write } from '../store/write.ts';
import { ensureRight } from './load.ts';

/**
 * Moving a record to another system is putting it in there: whoever may not do that, does not do it by an edit of their
 * own record. A version in force stays with the system that it was approved for (7.5.3, 8.2).
 */
export async function ensureMayMove(
  write: Write,
  kind: Kind,
  before: LockedRecord,
  to: { readonly system: string | null; readonly targets: ReadonlyMap<string, TargetFacts> },
): Promise<void> {
  const systemOwner =
    [...to.targets.values()].find((target) => target.system === to.system)?.systemOwner ?? null;
  const facts = { kind: kind.name, owner: null, assignee: null, systemOwner };
  ensureRight(write, kind, 'create', { id: before.id, facts });
  if (kind.regime !== 'versioned' || !kind.approvable) return;
  const acts = (await approvalsOf(write, [before.id])).get(before.id) ?? [];
  if (inForce(acts))
    throw new DomainError(
      'conflict',
      `A version of ${kind.prefix}-${before.number} is in force where it stands, and does not move with it. Withdraw its approval first, or write another one there.`,
    );
}
