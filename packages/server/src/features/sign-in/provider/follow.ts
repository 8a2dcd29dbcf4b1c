import { rolesFollowing } from '@throughline/domain/outside.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { newId, newPersonId } from '../../../store/ids.ts';
import { addMember, changeMember, findMember, lockAdministrators, tieLogin } from '../../../store/members.ts';
import {
  changeOutside,
  linkOutside,
  noteSeen,
  type OutsideIdentity,
  type OutsideName,
} from '../../../store/outside-identities.ts';
import { addPerson } from '../../../store/people.ts';
import { endInvitations } from '../../../store/sign-in-links.ts';
import type { Write } from '../../../store/write.ts';

/** What a source says of a member now: the address that it checked, and the roles that it gives. */
export type SaidNow = { readonly address: string | null; readonly gives: readonly Role[] };

/** Makes a member whom a provider vouches for, with a login that it alone knows. */
export async function join(
  write: Write,
  name: OutsideName,
  {
    name: called,
    roles,
    address,
    gives,
  }: SaidNow & { readonly name: string; readonly roles: readonly Role[] },
): Promise<{ readonly member: string; readonly person: string }> {
  const [member, person] = [newId(write.ctx.at.getTime()), newPersonId()];
  await addPerson(write, { id: person, email: null, passwordHash: null });
  await addMember(write, { id: member, person, name: called, roles, until: null });
  await linkOutside(write, member, name, { address, roles: gives });
  return { member, person };
}

/**
 * The login of a member; whoever was invited and never accepted gets one that the provider alone knows. It takes no
 * address of the installation's, so what a provider says lets nobody into another organisation.
 */
export async function ensurePerson(write: Write, member: string): Promise<string> {
  const standing = await findMember(write, member);
  if (standing?.person) return standing.person;
  const person = newPersonId();
  await addPerson(write, { id: person, email: null, passwordHash: null });
  await tieLogin(write, member, person);
  await endInvitations(write, member);
  return person;
}

/** Lets a member's roles follow what the source gives now; the last administrator stays one, whatever it says. */
export async function follow(write: Write, identity: OutsideIdentity, said: SaidNow): Promise<void> {
  const given = await giveRoles(write, identity, said.gives);
  const same = given.length === identity.roles.length && given.every((role) => identity.roles.includes(role));
  if (same && said.address === identity.address) await noteSeen(write, identity.id);
  else await changeOutside(write, identity, { address: said.address, roles: given });
}

/** Gives a member the roles of a source and takes those that it gives no more; answers which of them are its own now. */
export async function giveRoles(
  write: Write,
  identity: Pick<OutsideIdentity, 'member' | 'roles'>,
  gives: readonly Role[],
): Promise<readonly Role[]> {
  const administrators = await lockAdministrators(write);
  const member = await findMember(write, identity.member);
  if (!member) return [];
  const last = administrators.length > 0 && administrators.every((one) => one === member.id);
  const held = identity.roles.filter((role) => member.roles.includes(role));
  const { roles, given } = rolesFollowing({ held: member.roles, given: held }, gives, last);
  const same = roles.length === member.roles.length && roles.every((role) => member.roles.includes(role));
  if (!same) await changeMember(write, member.id, { ...member, roles });
  return given;
}
