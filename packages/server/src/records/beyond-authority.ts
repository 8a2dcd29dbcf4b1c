import type { Approval } from '@throughline/domain/approvals.ts';
import { demandAt, meets } from '@throughline/domain/authority.ts';
import { dayIn } from '@throughline/domain/day.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { organisationSettings } from '../store/organisations.ts';
import { rolesHeld } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import type { Decided, Duties } from './deciders.ts';

/**
 * Whether the approval in force, where it is one of exactly this content, lets through more than whoever gave it had authority for on
 * that day: what it lets through may have risen since (5.3, 8.3). Somebody whose authority reaches it then confirms it,
 * by approving the same content again.
 */
export async function isBeyondAuthority(
  reader: Reader,
  kind: Kind,
  { fields, digest }: Pick<Decided, 'fields' | 'digest'>,
  given: Approval | undefined,
  { authority, stake }: Pick<Duties, 'authority' | 'stake'>,
): Promise<boolean> {
  const asked = kind.approvable?.authority(fields);
  if (given?.digest !== digest || asked === undefined) return false;
  if (!authority.some(({ dimension }) => dimension === asked.dimension)) return false;
  const { by, at } = given;
  const { timeZone } = await organisationSettings(reader);
  const giver = { member: by, roles: await rolesHeld(reader, by) };
  return meets(authority, giver, demandAt(asked, stake), dayIn(new Date(at), timeZone)) === false;
}
