import { mailDomain, mostOfAddress } from '@throughline/domain/provider.ts';
import { z } from 'zod';
import { lineShape, rolesShape } from '../shapes.ts';

/** What stands in `/sign-in/{address}`. `return` is a page of its own. */
export const addressShape = z
  .string()
  .regex(/^(?!return$)[a-z0-9](?:[a-z0-9-]{1,38}[a-z0-9])$/, '3 to 40 small letters, digits and hyphens.')
  .meta({ maxLength: mostOfAddress });

/** An issuer: an address without query and fragment (OpenID Connect Discovery §3). Whether it may be asked is seen as it is. */
export const issuerShape = lineShape(300).refine((value) => {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, search, hash } = new URL(value);
  return /^https?:$/.test(protocol) && [username, password, search, hash].every((part) => part === '');
}, 'An issuer is an address such as https://login.example.org, without ? and #.');

const domainShape = z.string().regex(mailDomain, 'A domain is such as example.org.').meta({ maxLength: 253 });

/** RFC 6749 §3.3: what a scope may be made of. */
const scopeShape = z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'A scope is one word.');

export const providerShape = z.strictObject({
  issuer: issuerShape,
  clientId: lineShape(300),
  /** Left out it stays; `null` for a client that has none. */
  secret: lineShape(2000).nullable().optional(),
  text: lineShape(60),
  scopes: z.array(scopeShape).max(20),
  offered: z.boolean(),
  listed: z.boolean(),
  /** A word of one's own, which gets an ending, or the whole address that stands. */
  address: addressShape.nullable(),
  /** Who is let in; which domains lead here is said by whoever operates the server. */
  domains: z.array(domainShape).max(50),
  newMembers: z.enum(['invited', 'anyone']),
  newRoles: rolesShape,
  linksByMail: z.boolean(),
  groupsClaim: lineShape(200),
  groups: z.array(z.strictObject({ group: lineShape(300), roles: rolesShape })).max(200),
  ownSignIn: z.enum(['everyone', 'administrators']),
  factorValues: z.array(lineShape(200)).max(20),
  provesPresence: z.boolean(),
});
