/** The shapes of answers on `/api/v1` about signing in with a provider of the organisation. */
import type { ProviderSettings } from './provider.ts';
import type { AbilityWire } from './wire.ts';
import type { StepWire } from './wire-account.ts';
import type { MeWire } from './wire-session.ts';

/** Buttons on the sign-in page, and whether a mail address may lead to a provider. */
export type ProviderButtonsWire = { items: readonly { id: string; text: string }[]; byMail: boolean };

/** Where the browser goes to sign in. */
export type ProviderBegunWire = { url: string };

/** `POST /session/provider/return`: who is signed in now, or, for whoever was already, what the provider did for them. */
export type ProviderReturnWire = { next: string } & (
  | { me: MeWire; done: null }
  | { me: null; done: 'prove' | 'link' }
);
/** The same where a second factor is asked for first. */
export type ProviderStepWire = { next: string; ask: StepWire };

/** `GET /sign-in-provider`. */
export type SignInProviderWire = {
  /** What the provider has to know of this server. */
  redirect: string;
  /** Where `/sign-in/{address}` begins. */
  signIn: string;
  /** Mail domains whose people are led here; whoever operates the server says which. */
  leads: readonly string[];
  provider:
    | (ProviderSettings & { id: string; secret: 'none' | 'kept' | 'unreadable'; linked: number })
    | null;
  abilities: { edit: AbilityWire };
};

/** `POST /sign-in-provider/test`: what a provider says of itself. */
export type DiscoveredWire = {
  issuer: string;
  authorization: string;
  token: string;
  keys: string;
  namesItself: boolean;
  pkce: boolean;
  scopes: readonly string[];
};
