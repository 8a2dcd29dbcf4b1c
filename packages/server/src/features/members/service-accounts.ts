import { unprocessable } from '@throughline/domain/errors.ts';
import { plainWords } from '@throughline/domain/import/words.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { quoted } from '@throughline/domain/text.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { addMember, findMember, knownPeople, listMembers, type StoredMember } from '../../store/members.ts';
import type { Write } from '../../store/write.ts';

export type NewServiceAccount = {
  readonly name: string;
  /** The member who answers for what it does. */
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly until: string | null;
};

/** Adds an account that acts by tokens alone. A person here answers for it; without one it is not made. */
export async function addServiceAccount(
  services: Services,
  ctx: Context,
  input: NewServiceAccount,
): Promise<StoredMember> {
  return services.store.change(ctx, async (write) => {
    await ensureAnswers(write, input.owner);
    const id = newId(ctx.at.getTime());
    await addMember(write, { ...input, id, person: null });
    const member = await findMember(write, id);
    if (!member) throw new Error('A service account is not there after it was added');
    return member;
  });
}

/** Throws `unprocessable` unless this is a person of the organisation who has not left. */
export async function ensureAnswers(write: Write, owner: string): Promise<void> {
  if ((await knownPeople(write, [owner])).has(owner)) return;
  throw unprocessable([
    { at: 'owner', message: 'A person of this organisation answers for a service account.' },
  ]);
}

const mostLookedAt = 10_000;

/** The id of a service account by that id or by its name; throws `unprocessable` where that is none, or several. */
export async function serviceAccountCalled(
  services: Services,
  organisation: string,
  word: string,
): Promise<string> {
  const members = await services.store.readWhole(organisation, (reader) =>
    listMembers(reader, { limit: mostLookedAt }),
  );
  const found = members.filter(
    ({ id, name, type }) => type === 'service' && (id === word || plainWords(name) === plainWords(word)),
  );
  if (found.length === 1 && found[0]) return found[0].id;
  const none = found.length === 0;
  throw unprocessable([
    {
      at: 'service',
      message: `${none ? 'No service account is' : 'Several service accounts are'} called ${quoted(word)}.`,
    },
  ]);
}
