import { unprocessable } from '@throughline/domain/errors.ts';
import { plainWords } from '@throughline/domain/import/words.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { quoted } from '@throughline/domain/text.ts';
import { lockHands, rolesHeldBack } from '../../records/administrators-hand.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { newId } from '../../store/ids.ts';
import { addMember, listMembers } from '../../store/members.ts';
import { type Edited, edit, standing } from './members.ts';
import { ensureAnswers } from './who-answers.ts';

export type NewServiceAccount = {
  readonly name: string;
  /** The member who answers for what it does. */
  readonly owner: string;
  readonly roles: readonly Role[];
  readonly until: string | null;
  /** Why; needed for roles that take two hands where nobody else could confirm them. */
  readonly reason?: string | undefined;
};

/**
 * Adds an account that acts by tokens alone. A person here answers for it; without one it is not made. Roles that would
 * raise whoever makes it, as they can make its tokens, come once another person confirms them.
 */
export async function addServiceAccount(
  services: Services,
  ctx: Context,
  { reason, roles, ...input }: NewServiceAccount,
): Promise<Edited> {
  return services.store.change(ctx, async (write) => {
    await lockHands(write);
    await ensureAnswers(write, input.owner);
    const held = await rolesHeldBack(write, roles, 'program');
    const id = newId(ctx.at.getTime());
    const first = roles.filter((role) => !held.includes(role));
    await addMember(write, { ...input, roles: first, id, person: null });
    return edit(write, await standing(write, id), { roles }, { reason });
  });
}

/** The id of a service account by that id or by its name; throws `unprocessable` where that is none, or several. */
export async function serviceAccountCalled(
  services: Services,
  organisation: string,
  word: string,
): Promise<string> {
  const members = await services.store.readWhole(organisation, (reader) => listMembers(reader, {}));
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
