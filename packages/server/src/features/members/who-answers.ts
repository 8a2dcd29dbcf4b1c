import { unprocessable } from '@throughline/domain/errors.ts';
import { knownPeople, type StoredMember } from '../../store/members.ts';
import type { Write } from '../../store/write.ts';

/** Throws `unprocessable` unless this is a person of the organisation who has not left. */
export async function ensureAnswers(write: Write, owner: string): Promise<void> {
  if ((await knownPeople(write, [owner])).has(owner)) return;
  throw unprocessable([
    { at: 'owner', message: 'A person of this organisation answers for a service account.' },
  ]);
}

/** The same of a change, which is one of a service account alone. */
export async function ensureOwner(write: Write, member: StoredMember, owner: string): Promise<void> {
  if (member.type !== 'service')
    throw unprocessable([{ at: 'owner', message: 'Nobody else answers for a person.' }]);
  await ensureAnswers(write, owner);
}
