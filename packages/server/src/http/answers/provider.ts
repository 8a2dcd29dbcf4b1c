import type {
  DiscoveredWire,
  ProviderBegunWire,
  ProviderButtonsWire,
  ProviderStepWire,
  SignInProviderWire,
} from '@throughline/domain/wire-provider.ts';
import { z } from 'zod';
import { step } from './account.ts';
import { ability, id, me, role } from './common.ts';

export const buttons = z
  .strictObject({ items: z.array(z.strictObject({ id, text: z.string() })), byMail: z.boolean() })
  .meta({ id: 'ProviderButtons' }) satisfies z.ZodType<ProviderButtonsWire>;

export const begun = z
  .strictObject({ url: z.string() })
  .meta({ id: 'ProviderBegun' }) satisfies z.ZodType<ProviderBegunWire>;

export const returned = z
  .union([
    z.strictObject({ next: z.string(), me, done: z.null() }),
    z.strictObject({ next: z.string(), me: z.null(), done: z.enum(['prove', 'link']) }),
  ])
  .meta({ id: 'ProviderReturn' });

export const asked = z
  .strictObject({ next: z.string(), ask: step })
  .meta({ id: 'ProviderStep' }) satisfies z.ZodType<ProviderStepWire>;

const roles = z.array(role);
export const signInProvider = z
  .strictObject({
    redirect: z.string(),
    signIn: z.string(),
    leads: z.array(z.string()),
    provider: z
      .strictObject({
        id,
        issuer: z.string(),
        clientId: z.string(),
        secret: z.enum(['none', 'kept', 'unreadable']),
        linked: z.int(),
        text: z.string(),
        scopes: z.array(z.string()),
        offered: z.boolean(),
        listed: z.boolean(),
        address: z.string().nullable(),
        domains: z.array(z.string()),
        newMembers: z.enum(['invited', 'anyone']),
        newRoles: roles,
        linksByMail: z.boolean(),
        groupsClaim: z.string(),
        groups: z.array(z.strictObject({ group: z.string(), roles })),
        ownSignIn: z.enum(['everyone', 'administrators']),
        factorValues: z.array(z.string()),
        provesPresence: z.boolean(),
      })
      .nullable(),
    abilities: z.strictObject({ edit: ability }),
  })
  .meta({ id: 'SignInProvider' }) satisfies z.ZodType<SignInProviderWire>;

export const discovered = z
  .strictObject({
    issuer: z.string(),
    authorization: z.string(),
    token: z.string(),
    keys: z.string(),
    namesItself: z.boolean(),
    pkce: z.boolean(),
    scopes: z.array(z.string()),
  })
  .meta({ id: 'Discovered' }) satisfies z.ZodType<DiscoveredWire>;
