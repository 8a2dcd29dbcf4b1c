/** What an identity provider says of a person, as far as it is kept (RFC 7643 §4.1): whatever else it sends is not. */
export type SaidUser = {
  readonly userName: string;
  readonly externalId: string | null;
  readonly displayName: string | null;
  readonly name: SaidName;
  readonly emails: readonly SaidEmail[];
  readonly active: boolean;
};
export type SaidName = {
  readonly formatted: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
};
export type SaidEmail = { readonly value: string; readonly type: string | null; readonly primary: boolean };

/** What it says of a group. Members and roles stand with the group itself; roles are never set from outside. */
export type SaidGroup = { readonly displayName: string; readonly externalId: string | null };

/** What a member is called: as the provider shows them, else their name put together, else how they sign in. */
export function nameOf({ displayName, name, userName }: SaidUser): string {
  return displayName ?? formattedOf(name) ?? userName;
}

/** A name in one line, as it was given or put together; `null` where nothing was said. */
export function formattedOf({ formatted, givenName, familyName }: SaidName): string | null {
  if (formatted !== null) return formatted;
  const parts = [givenName, familyName].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' ');
}

/**
 * Where a person is reached: the address named first among equals (primary, then work, then any), else the user name
 * where that is one. `null` where nothing said is an address. In small letters, as addresses are compared here.
 */
export function addressOf({ emails, userName }: SaidUser): string | null {
  const said =
    emails.find(({ primary }) => primary) ?? emails.find(({ type }) => type === 'work') ?? emails[0];
  const address = (said?.value ?? userName).toLowerCase();
  return isAddress(address) ? address : null;
}

/** Every address by which a user is reached, or found by what a provider of sign-ins says. */
export const addressesIn = ({ emails, userName }: SaidUser): string[] =>
  [userName, ...emails.map(({ value }) => value)].map((one) => one.toLowerCase()).filter(isAddress);

/** Enough to tell an address from a slip of the finger; only a message that arrives proves one. */
export function isAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>"(),:;[\]\\]+@[^\s@<>"(),:;[\]\\]+$/u.test(text);
}

/** User names are told apart without regard to case (RFC 7643 §4.1.1). */
export const userNameKey = (userName: string): string => userName.normalize('NFKC').toLowerCase();

/** What a person is taken for who was added by hand: their address is how they sign in. */
export function saidOf(member: {
  readonly name: string;
  readonly active: boolean;
  readonly email: string | null;
  readonly id: string;
}): SaidUser {
  const { name, active, email, id } = member;
  return {
    userName: email ?? id,
    externalId: null,
    displayName: name,
    name: { formatted: name, givenName: null, familyName: null },
    emails: email === null ? [] : [{ value: email, type: 'work', primary: true }],
    active,
  };
}

/** What the provider said and what stands ask for: to let in, to end, to bring back, or nothing. */
export type AccessStep = 'none' | 'end' | 'restore' | 'refuse';

/**
 * What is to happen with a membership. Whoever was ended here by a person comes back by a person alone: a provider that
 * says "active" as it always did does not know of it.
 */
export function accessStep(
  before: { readonly active: boolean; readonly saidActive: boolean },
  active: boolean,
): AccessStep {
  if (active === before.active) return 'none';
  if (!active) return 'end';
  if (!before.saidActive) return 'restore';
  return 'refuse';
}
