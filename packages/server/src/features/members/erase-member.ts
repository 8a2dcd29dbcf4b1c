import type { ErasureReason } from '@throughline/domain/erasure.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { eraseName } from '../../store/erase.ts';
import { leaveGroup, listGroups } from '../../store/groups.ts';
import { lockAdministrators } from '../../store/members.ts';
import { eraseAccount, partLogin, personByEmail } from '../../store/people.ts';
import { endSessions } from '../../store/sessions.ts';
import { refuseErased, standing } from './members.ts';

/**
 * Erases the name of a person who has left; what they did stays under their id, and verifies. Where nobody is a member by
 * their login any more, on the whole installation, it goes too; neither answer nor log says whether.
 */
export async function eraseMember(
  services: Services,
  ctx: Context,
  id: string,
  reason: ErasureReason,
): Promise<void> {
  await services.store.change(ctx, async (write) => {
    await lockAdministrators(write);
    const member = await standing(write, id);
    refuseErased(member);
    if (member.type === 'service')
      throw new DomainError('conflict', 'A service account is no person. Give it another name instead.');
    if (member.active)
      throw new DomainError('conflict', 'End the access of this person first. Erasing cannot be undone.');
    await endSessions(write, { member: id });
    for (const group of await listGroups(write, { member: id })) await leaveGroup(write, group.id, [id]);
    await eraseName(write, id, reason);
    if (member.person !== null) await partLogin(write, { person: member.person, member: id }, reason);
  });
}

/**
 * What whoever operates the server does about a login that nobody is a member by, such as one that was left when names
 * were erased before. Throws `not-found`, and `conflict` where somebody is still a member by it.
 */
export async function eraseLoginByOperator(services: Services, ctx: Context, address: string): Promise<void> {
  const person = await personByEmail(services.store, address.trim().toLowerCase());
  if (!person) throw notFound();
  await services.store.change(ctx, async (write) => {
    if (!(await eraseAccount(write, person.id, 'person-asked')))
      throw new DomainError(
        'conflict',
        'Somebody is a member by this login. Each organisation erases their name first, and the login goes with the last.',
      );
  });
}
