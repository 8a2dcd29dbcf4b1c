import type { Role } from './permissions.ts';
import {
  type Claims,
  checkedAddress,
  domainAllowed,
  nameIn,
  type ProviderSettings,
  rolesOfGroups,
} from './provider.ts';

/** A member as far as the entrance looks at one. */
export type EntranceMember = {
  readonly id: string;
  /** Their login; `null` while nobody accepted the invitation. */
  readonly person: string | null;
  readonly active: boolean;
  readonly type: 'person' | 'service';
  readonly roles: readonly Role[];
  /** Two hands invited them at another address than this, which a program alone says of them. */
  readonly elsewhere?: boolean;
};

/** What is known of whoever a provider sends: the member linked to them, and those whom the address that it checked reaches. */
export type Known = {
  readonly linked: EntranceMember | null;
  readonly byAddress: readonly EntranceMember[];
};

export const entranceRefusals = [
  'no-address', // the provider says no address, or did not check it
  'domain', // an address of a domain that the organisation does not let in
  'not-invited',
  'not-linked', // a member with this address is here, and is not linked by it
  'administrator', // linked by an administrator's own hand alone
  'left',
] as const;
export type EntranceRefusal = (typeof entranceRefusals)[number];

/** How whoever a provider sends comes in. `link`: a member of before, whom this provider's account is theirs from now on. */
export type Entrance =
  | { readonly way: 'known' | 'link'; readonly member: string }
  | { readonly way: 'join'; readonly name: string; readonly roles: readonly Role[] }
  | { readonly way: 'refused'; readonly why: EntranceRefusal };

/**
 * Whether, and as whom, somebody enters whom the provider vouches for. Its name for them (issuer and `sub`) is who they
 * are; an address finds a member once, and only an address that the provider checked, because whoever may write any
 * address there would be whoever they like here.
 */
export function decideEntrance(settings: ProviderSettings, claims: Claims, known: Known): Entrance {
  const { linked, byAddress } = known;
  if (linked) return linked.active ? { way: 'known', member: linked.id } : refused('left');
  const address = checkedAddress(claims);
  if (address === null) return refused('no-address');
  if (!domainAllowed(settings.domains, address)) return refused('domain');
  const [member] = byAddress.filter((one) => one.active && one.type === 'person');
  if (member) return linkable(settings, member);
  if (byAddress.length > 0) return refused('left');
  if (settings.newMembers === 'invited') return refused('not-invited');
  const roles = [...new Set([...settings.newRoles, ...rolesOfGroups(settings, claims)])];
  return { way: 'join', name: nameIn(claims, address), roles };
}

/** Whoever was invited and never came is meant by the invitation; for whoever came before, an administrator decides. */
function linkable(settings: ProviderSettings, member: EntranceMember): Entrance {
  if (member.roles.includes('admin')) return refused('administrator');
  if (member.elsewhere || (member.person !== null && !settings.linksByMail)) return refused('not-linked');
  return { way: 'link', member: member.id };
}

const refused = (why: EntranceRefusal): Entrance => ({ way: 'refused', why });
