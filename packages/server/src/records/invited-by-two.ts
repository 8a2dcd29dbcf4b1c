import { proposalState } from '@throughline/domain/proposals.ts';
import { listGroups, type StoredGroup } from '../store/groups.ts';
import type { StoredMember } from '../store/members.ts';
import { listProposals } from '../store/proposals.ts';
import { provisionedGroups } from '../store/provisioned.ts';
import type { Reader } from '../store/reader.ts';
import { rolesOfTwoHands } from './administrators-hand.ts';

/**
 * Whether an invited person, who never came, was given something by two hands, or it waits for the second. Whoever confirms
 * it knows at which address they were invited: so they come by that one, and by no other that a program says of them.
 */
export async function invitedByTwo(
  reader: Reader,
  { id, person, roles }: Pick<StoredMember, 'id' | 'person' | 'roles'>,
  now: Date,
): Promise<boolean> {
  if (person !== null) return false;
  const given = [...roles, ...(await groupsMadeHere(reader, id)).flatMap((group) => group.roles)];
  if ((await rolesOfTwoHands(reader, given, now)).length > 0) return true;
  const proposals = await listProposals(reader, { matters: ['administrator-group'], about: id }, now);
  return proposals.some(
    (one) => proposalState(one, now) === 'waits' && (one.about === id || membersIn(one.what).includes(id)),
  );
}

/** The groups of a member that people here made, also where a provider says since who is in them. */
export async function groupsMadeHere(reader: Reader, member: string): Promise<StoredGroup[]> {
  const known = await provisionedGroups(reader);
  const groups = await listGroups(reader, { member });
  return groups.filter(({ id, createdAt }) => known.get(id)?.firstAt.getTime() !== createdAt.getTime());
}

const membersIn = (what: unknown): readonly unknown[] =>
  typeof what === 'object' && what !== null && 'members' in what && Array.isArray(what.members)
    ? what.members
    : [];
