import { isObject, type Json } from './json.ts';
import { knownRoles, type Role } from './permissions.ts';

/**
 * How an organisation signs its people in with a provider of its own (OpenID Connect), and what the provider's word is
 * worth there. Everything but the client's secret.
 */
export type ProviderSettings = {
  /** The provider's own name and address (OpenID Connect Discovery §3), such as `https://login.example.org`. */
  readonly issuer: string;
  readonly clientId: string;
  /** What stands on its button. */
  readonly text: string;
  /** Asked for beside `openid`. */
  readonly scopes: readonly string[];
  /** People can sign in with it. Off while it is being set up. */
  readonly offered: boolean;
  /** Its button stands on the sign-in page that everybody sees. */
  readonly listed: boolean;
  /** Of `/sign-in/{address}`: what was chosen with the server's own ending; `null` for none. */
  readonly address: string | null;
  /** Mail domains that are let in: whoever is not linked and has an address of another one is not. Empty for any. */
  readonly domains: readonly string[];
  /** Whom it lets in who is no member yet. */
  readonly newMembers: 'invited' | 'anyone';
  /** Roles of whoever joins by it, beside those of their groups. */
  readonly newRoles: readonly Role[];
  /** A member of before is found by an address that the provider checked, once. */
  readonly linksByMail: boolean;
  /** The claim that names the groups of a person. */
  readonly groupsClaim: string;
  readonly groups: readonly GroupRoles[];
  /** Who may enter with a password or passkey of their own. Administrators always may. */
  readonly ownSignIn: 'everyone' | 'administrators';
  /** Values of `amr` or `acr` (RFC 8176, OpenID Connect Core §2) that say that a second factor was shown; none trusts none. */
  readonly factorValues: readonly string[];
  /** Signing in there once more proves somebody who has no second factor here. */
  readonly provesPresence: boolean;
};

/** A group of the provider, and the roles that its people have while they are in it. */
export type GroupRoles = { readonly group: string; readonly roles: readonly Role[] };

/** What an organisation begins with: nothing is let in that nobody decided. */
export const usualProvider: Omit<ProviderSettings, 'issuer' | 'clientId' | 'text'> = {
  scopes: ['profile', 'email'],
  offered: false,
  listed: false,
  address: null,
  domains: [],
  newMembers: 'invited',
  newRoles: ['reader'],
  linksByMail: false,
  groupsClaim: 'groups',
  groups: [],
  ownSignIn: 'everyone',
  factorValues: [],
  provesPresence: false,
};

/** An external auditor has access until a date (DESIGN 7), which no group says: that role is given by hand. */
export const rolesByProvider = (role: Role): boolean => role !== 'external-auditor';
/** Nobody administers because they joined: that takes a group that is mapped to it, or an administrator. */
export const rolesForNew = (role: Role): boolean => rolesByProvider(role) && role !== 'admin';

/** An address as the door takes it, and as much of it as is left to choose: the server's own ending stands behind. */
export const mostOfAddress = 40;
const endingLength = 8;
/** Without vowels, so that no ending is a word, and without what is read as something else. */
const endingLetters = 'bcdfghjkmnpqrstvwxz23456789';
const ending = new RegExp(`-[${endingLetters}]{${endingLength}}$`);
export const mostChosen = mostOfAddress - endingLength - 1;

/**
 * The sign-in address that a chosen word stands for: the word and an ending that nobody guesses, so that no address is
 * ever taken and none tells who else is here. What stands already stays, asked for with its ending or without.
 * @param below a whole number from 0 up to but without `below`, not to be foretold
 */
export function givenAddress(
  chosen: string | null,
  standing: string | null,
  below: (below: number) => number,
): string | null {
  if (chosen === null) return null;
  if (standing !== null && (chosen === standing || chosen === standing.replace(ending, ''))) return standing;
  const letters = Array.from({ length: endingLength }, () => endingLetters[below(endingLetters.length)]);
  return `${chosen}-${letters.join('')}`;
}

export type Settled = Omit<ProviderSettings, 'issuer' | 'clientId'>;

/** Settings as a row keeps them, read without trust: what cannot be meant counts as not decided. */
export function readProvider(kept: Readonly<Record<string, Json>>): Settled {
  const texts = (value: Json | undefined): string[] =>
    Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
  return {
    text: typeof kept.text === 'string' ? kept.text : '',
    scopes: Array.isArray(kept.scopes) ? texts(kept.scopes) : usualProvider.scopes,
    offered: kept.offered === true,
    listed: kept.listed === true,
    address: typeof kept.address === 'string' ? kept.address : null,
    domains: texts(kept.domains),
    newMembers: kept.newMembers === 'anyone' ? 'anyone' : 'invited',
    newRoles: knownRoles(texts(kept.newRoles)).filter(rolesForNew),
    linksByMail: kept.linksByMail === true,
    groupsClaim: typeof kept.groupsClaim === 'string' ? kept.groupsClaim : usualProvider.groupsClaim,
    groups: readGroups(kept.groups),
    ownSignIn: kept.ownSignIn === 'administrators' ? 'administrators' : 'everyone',
    factorValues: texts(kept.factorValues),
    provesPresence: kept.provesPresence === true,
  };
}

function readGroups(kept: Json | undefined): GroupRoles[] {
  if (!Array.isArray(kept)) return [];
  return kept.flatMap((one) => {
    if (!isObject(one) || typeof one.group !== 'string' || !Array.isArray(one.roles)) return [];
    const roles = knownRoles(one.roles.filter((role) => typeof role === 'string'));
    return [{ group: one.group, roles: roles.filter(rolesByProvider) }];
  });
}

/** What a provider says of whoever signed in, once its token was checked. */
export type Claims = Readonly<Record<string, unknown>>;

/** The roles that the groups in a token give. A claim may be one name or a list of them, and anything else names none. */
export function rolesOfGroups(
  { groupsClaim, groups }: Pick<ProviderSettings, 'groupsClaim' | 'groups'>,
  claims: Claims,
): Role[] {
  const said = claims[groupsClaim];
  const named: readonly unknown[] = typeof said === 'string' ? [said] : Array.isArray(said) ? said : [];
  const roles = groups.filter(({ group }) => named.includes(group)).flatMap((one) => one.roles);
  return knownRoles(roles).filter(rolesByProvider);
}

/** The address that the provider checked, in small letters; `null` where it says none, or did not check it. */
export function checkedAddress(claims: Claims): string | null {
  const { email, email_verified: checked } = claims;
  if (typeof email !== 'string' || checked !== true || email.length > 254) return null;
  const address = email.trim().toLowerCase();
  return /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+$/u.test(address) ? address : null;
}

/** A mail domain as it is kept: small letters, with a dot, at most 253 characters (RFC 1035 §2.3.4). */
export const mailDomain =
  /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$/;

/** A domain as somebody types it; `null` for what is none. */
export function readMailDomain(typed: string): string | null {
  const domain = typed.trim().toLowerCase();
  return mailDomain.test(domain) ? domain : null;
}

export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

export const domainAllowed = (domains: readonly string[], address: string): boolean =>
  domains.length === 0 || domains.includes(domainOf(address));

/** What a new member is called: what the provider says, else the address. */
export function nameIn(claims: Claims, address: string): string {
  const names = [claims.name, claims.preferred_username];
  const said = names.find((one): one is string => typeof one === 'string' && one.trim() !== '');
  const plain = said?.replace(/[\p{Cc}\p{Cs}\s]+/gu, ' ').trim() ?? '';
  return [...(plain === '' ? address : plain)].slice(0, 200).join('');
}

/** Whether the provider says that a second factor was shown, in a word that the organisation trusts. */
export function saysFactor(values: readonly string[], { amr, acr }: Claims): boolean {
  const said: readonly unknown[] = [acr, ...(Array.isArray(amr) ? amr : [])];
  return values.some((value) => said.includes(value));
}

/** Whether somebody may enter with a password or passkey of their own. */
export const mayEnterOwn = (
  provider: Pick<ProviderSettings, 'offered' | 'ownSignIn'> | undefined,
  roles: readonly Role[],
): boolean => !provider?.offered || provider.ownSignIn === 'everyone' || roles.includes('admin');
