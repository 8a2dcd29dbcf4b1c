import { DomainError } from '@throughline/domain/errors.ts';
import { type StoredMember, stillAdministers } from '../../store/members.ts';
import { endSessions } from '../../store/sessions.ts';
import { revokeTokensMadeBy, revokeTokensOf } from '../../store/tokens.ts';
import type { Write } from '../../store/write.ts';

/** One administrator stays: whoever is the only one keeps roles and access. Throws `conflict`, which says why. */
export function ensureAdministratorStays(
  administrators: readonly string[],
  next: Pick<StoredMember, 'id' | 'active' | 'roles' | 'until'>,
): void {
  if (stillAdministers(next) || administrators.length === 0) return;
  if (administrators.every((one) => one === next.id))
    throw new DomainError('conflict', 'This is the only administrator. Make somebody else one first.');
}

/** Ends at once all that somebody who loses access could still enter by: sessions, their account's tokens, tokens they made. */
export async function endEntrances(write: Write, id: string): Promise<void> {
  await revokeTokensOf(write, id);
  await revokeTokensMadeBy(write, id);
  await endSessions(write, { member: id });
}
