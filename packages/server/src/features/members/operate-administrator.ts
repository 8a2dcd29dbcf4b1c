import { DomainError, notFound } from '@throughline/domain/errors.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { changeMember, findMember, lockAdministrators, memberAddresses } from '../../store/members.ts';

/**
 * What whoever operates the server does where the only other administrator is away for good, and nobody is left to confirm
 * anything: makes a member one, by their address. Logged as the operator's act. Throws `not-found`, and `conflict` for an
 * external auditor and for whom it changes nothing.
 */
export async function makeAdministrator(
  services: Services,
  ctx: Context,
  address: string,
): Promise<{ readonly member: string; readonly name: string }> {
  const email = address.trim().toLowerCase();
  return services.store.change(ctx, async (write) => {
    await lockAdministrators(write);
    const [id] = [...(await memberAddresses(write))].find(([, one]) => one.email === email) ?? [];
    const member = id === undefined ? undefined : await findMember(write, id);
    if (!member?.active || member.person === null || member.type === 'service') throw notFound();
    if (member.roles.includes('external-auditor'))
      throw new DomainError('conflict', 'An external auditor administers nothing. Choose somebody else.');
    if (member.roles.includes('admin'))
      throw new DomainError('conflict', 'This person is an administrator already.');
    await changeMember(write, member.id, { ...member, roles: [...member.roles, 'admin'] });
    return { member: member.id, name: member.name };
  });
}
