import { DomainError } from '@throughline/domain/errors.ts';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import {
  domainsLead,
  findProvider,
  listedProviders,
  type ProviderAsked,
  providerOf,
  type StoredProvider,
} from '../../../store/providers.ts';
import { secretHash } from '../../../store/secret.ts';
import type { StepPurpose } from '../../../store/sign-in-steps.ts';
import type { Store } from '../../../store/store.ts';
import type { Requested } from '../begin.ts';
import type { SessionIdentity } from '../identify.ts';
import type { SignInServices } from '../prove-counted.ts';
import { beginStep } from '../steps.ts';
import type { Connections } from './connections.ts';
import { refusalOf } from './faults.ts';

export type ProviderServices = SignInServices & { readonly connections: Connections };

/** Why somebody goes to a provider: to sign in, to prove once more that it is them, or to link their account there. */
export const providerPurposes = {
  'sign-in': 'provider',
  prove: 'provider-proof',
  link: 'provider-link',
} as const satisfies Readonly<Record<string, StepPurpose>>;
export type ProviderIntent = keyof typeof providerPurposes;

/** What waits here while somebody is at the provider. Encrypted: the verifier is what makes a stolen code useless (RFC 7636). */
export type Waiting = {
  readonly provider: string;
  readonly verifier: string;
  readonly nonce: string;
  /** Hash of what the browser keeps, hex: only the browser that began may come back. */
  readonly browser: string;
  /** Where they wanted to be. */
  readonly next: string;
  /** The session that asks; `null` where none is needed. */
  readonly session: string | null;
};

/** Where the browser goes, and what it keeps to be known when it comes back. */
export type Begun = { readonly url: string; readonly browser: string };

export const returnAddress = (publicUrl: string): string => `${publicUrl}/sign-in/return`;

export type { ProviderAsked };

/** What stands on the sign-in page that everybody sees: buttons, and whether a mail address may lead somewhere. */
export async function providerButtons(
  store: Store,
): Promise<{ readonly items: readonly { id: string; text: string }[]; readonly byMail: boolean }> {
  const items = (await listedProviders(store)).map(({ id, label: text }) => ({ id, text }));
  return { items, byMail: await domainsLead(store) };
}

/** Begins a sign-in with a provider. One answer for an organisation that offers none and for one that is not there. */
export async function beginProvider(
  services: ProviderServices,
  asked: ProviderAsked,
  next: string,
  request: Requested,
): Promise<Begun> {
  const place = await findProvider(services.store, asked);
  const provider = place && (await services.store.readWhole(place.organisation, providerOf));
  if (!place || !provider)
    throw new DomainError(
      'not-found',
      'No account of an organisation leads in here by that. Sign in with your password, or ask an administrator of your organisation.',
    );
  return begin(services, { ...place, provider, intent: 'sign-in', next, session: null }, request);
}

/** Begins a proof, or a link, of somebody who is signed in, with the provider of their organisation. */
export async function beginOwn(
  services: ProviderServices,
  session: SessionIdentity,
  intent: 'prove' | 'link',
  next: string,
  request: Requested,
): Promise<Begun> {
  const { organisation } = session;
  const provider = await ensureOffered(services.store, organisation);
  if (intent === 'prove' && !provider.settings.provesPresence)
    throw new DomainError('conflict', 'Your organisation does not take its provider’s word for that.');
  return begin(services, { organisation, provider, intent, next, session: session.by.session }, request);
}

export async function ensureOffered(store: Store, organisation: string): Promise<StoredProvider> {
  const provider = await store.readWhole(organisation, providerOf);
  if (!provider?.settings.offered)
    throw new DomainError('conflict', 'Your organisation offers no sign-in with an account of its own.');
  return provider;
}

type Beginning = {
  readonly organisation: string;
  readonly provider: StoredProvider;
  readonly intent: ProviderIntent;
  readonly next: string;
  readonly session: string | null;
};

async function begin(
  services: ProviderServices,
  { organisation, provider, intent, next, session }: Beginning,
  request: Requested,
): Promise<Begun> {
  const { store, secrets, connections, config } = services;
  const { settings } = provider;
  try {
    const { config: client } = await connections.client(settings, null, request.at);
    const [verifier, nonce, browser] = [
      randomPKCECodeVerifier(),
      randomNonce(),
      request.browser ?? request.newBrowser(),
    ];
    const waiting: Waiting = {
      ...{ provider: provider.id, verifier, nonce, next, session },
      browser: secretHash(browser).toString('hex'),
    };
    const content = secrets.close(Buffer.from(JSON.stringify(waiting), 'utf8'), organisation);
    const purpose = providerPurposes[intent];
    const { step } = await beginStep(store, { purpose, organisation, content }, request.at);
    const url = buildAuthorizationUrl(client, {
      redirect_uri: returnAddress(config.publicUrl),
      scope: ['openid', ...settings.scopes.filter((scope) => scope !== 'openid')].join(' '),
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: step,
      nonce,
      // Nobody who is signed in there still proves anything by it: they show it once more.
      ...(intent === 'prove' ? { prompt: 'login', max_age: '0' } : {}),
    });
    return { url: url.href, browser };
  } catch (error) {
    throw refusalOf(error);
  }
}
