import {
  decideEntrance,
  type Entrance,
  type EntranceMember,
  type EntranceRefusal,
} from '@throughline/domain/entrance.ts';
import {
  type Claims,
  checkedAddress,
  type ProviderSettings,
  rolesOfGroups,
} from '@throughline/domain/provider.ts';
import { invitedByTwo } from '../../../records/invited-by-two.ts';
import { newId } from '../../../store/ids.ts';
import { findMember, memberAddresses, type StoredMember } from '../../../store/members.ts';
import {
  findOutside,
  linkOutside,
  type OutsideIdentity,
  type OutsideName,
} from '../../../store/outside-identities.ts';
import { memberActing } from '../../../store/powers.ts';
import type { StoredProvider } from '../../../store/providers.ts';
import { membersAt } from '../../../store/provisioned.ts';
import type { Reader } from '../../../store/reader.ts';
import type { Write } from '../../../store/write.ts';
import { isOver } from '../memberships.ts';
import { ensurePerson, follow, join } from './follow.ts';

/** Whom a provider says that somebody is. */
export type Vouched = { readonly issuer: string; readonly subject: string; readonly claims: Claims };

/** Whom a provider of this organisation vouches for. */
export type Entering = { readonly provider: StoredProvider; readonly vouched: Vouched };

export type Admitted = { readonly member: string; readonly person: string };

/** Lets in whom a provider vouches for: links or adds them, and lets their roles follow. A refusal is an entry too. */
export async function admit(
  write: Write,
  entering: Entering,
): Promise<Admitted | { readonly why: EntranceRefusal }> {
  const { vouched, provider } = entering;
  const { entrance, identity, linked } = await decide(write, entering, write.ctx.at);
  if (entrance.way === 'refused') {
    const whom = linked?.person ? { member: linked.id } : {};
    write.log({ act: 'session.refused', session: newId(), ...whom });
    return { why: entrance.why };
  }
  const name = nameOf(vouched);
  const said = saidOf(provider.settings, vouched);
  if (entrance.way === 'join') return join(write, name, { ...entrance, ...said });
  const { member } = entrance;
  const before = (await findMember(write, member))?.person ?? null;
  const person = await ensurePerson(write, member);
  // By an address alone whoever set the provider could be any member of before.
  const linkedBy = before === null ? null : (provider.setBy ?? member);
  const more = { address: said.address, roles: [], linkedBy };
  const now = identity ?? (await linkOutside(write, member, name, more));
  await follow(write, now, said);
  return { member, person };
}

/** The member and the login that somebody would enter as, where there are both already. Writes nothing. */
export async function foresee(reader: Reader, entering: Entering, now: Date): Promise<Admitted | null> {
  const { entrance } = await decide(reader, entering, now);
  if (entrance.way !== 'known' && entrance.way !== 'link') return null;
  const { member } = entrance;
  const person = (await findMember(reader, member))?.person;
  return person ? { member, person } : null;
}

async function decide(
  reader: Reader,
  { provider, vouched }: Entering,
  now: Date,
): Promise<{
  readonly entrance: Entrance;
  readonly identity: OutsideIdentity | undefined;
  readonly linked: StoredMember | undefined;
}> {
  const { claims } = vouched;
  const identity = await findOutside(reader, nameOf(vouched));
  const linked = identity ? await findMember(reader, identity.member) : undefined;
  const entrance = decideEntrance(provider.settings, claims, {
    linked: linked ? seen(linked, now) : null,
    byAddress: linked ? [] : await reachedBy(reader, checkedAddress(claims), now),
  });
  return { entrance, identity, linked };
}

export const nameOf = ({ issuer, subject }: Vouched): OutsideName => ({
  kind: 'openid',
  source: issuer,
  subject,
});

export const saidOf = (settings: ProviderSettings, { claims }: Vouched) => ({
  address: checkedAddress(claims),
  gives: rolesOfGroups(settings, claims),
});

const seen = ({ id, person, active, type, roles, until }: StoredMember, now: Date): EntranceMember => ({
  ...{ id, person, type, roles },
  active: active && !isOver(until, now),
});

/** An administrator by a group, or as somebody's deputy, administers as well as one by a role of their own. */
async function withPowers(reader: Reader, member: StoredMember, now: Date): Promise<StoredMember> {
  const { roles, standsFor = [] } = await memberActing(reader, member.id, now);
  const lent = standsFor.flatMap((absent) => absent.roles);
  return { ...member, roles: [...new Set([...member.roles, ...roles, ...lent])] };
}

async function reachedBy(reader: Reader, address: string | null, now: Date): Promise<EntranceMember[]> {
  if (address === null) return [];
  const found: EntranceMember[] = [];
  const known = [...(await memberAddresses(reader))].filter(
    ([, { email }]) => email?.toLowerCase() === address,
  );
  // Who was provisioned is reached at the addresses that were said then.
  const invitedAt = new Set(known.map(([id]) => id));
  for (const id of new Set([...invitedAt, ...(await membersAt(reader, address))])) {
    const member = await findMember(reader, id);
    if (!member) continue;
    const elsewhere = !invitedAt.has(id) && (await invitedByTwo(reader, member, now));
    found.push({ ...seen(await withPowers(reader, member, now), now), elsewhere });
  }
  return found;
}
