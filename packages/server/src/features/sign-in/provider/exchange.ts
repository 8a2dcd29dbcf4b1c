import { isObject } from '@throughline/domain/json.ts';
import type { Claims } from '@throughline/domain/provider.ts';
import { authorizationCodeGrant, fetchUserInfo } from 'openid-client';
import type { StoredProvider } from '../../../store/providers.ts';
import type { Vouched } from './admit.ts';
import type { Waiting } from './begin.ts';
import { type ProviderServices, returnAddress } from './begin.ts';
import { providerFault, refusalOf } from './faults.ts';
import { ensureClaims } from './token-claims.ts';

/** What a browser brings back from a provider (OAuth 2.0 §4.1.2, RFC 9207), as it came. */
export type Returned = Readonly<Record<'state', string>> &
  Readonly<
    Partial<Record<'code' | 'iss' | 'error' | 'error_description' | 'session_state', string | undefined>>
  >;

/** How old, in seconds, a sign-in at the provider may be that proves presence: it was asked for just now. */
const proofAge = 60;

/**
 * Exchanges a code for what the provider says of a person: state, issuer, PKCE, nonce, audience, times, signature and
 * the hash of the access token are held (OpenID Connect Core §3.1.3.7). What the token does not say is asked of the provider itself (§5.3).
 */
export async function exchange(
  { connections, secrets, config }: ProviderServices,
  organisation: string,
  provider: StoredProvider,
  { waiting, returned, proves }: { waiting: Waiting; returned: Returned; proves: boolean },
  now: Date,
): Promise<Vouched> {
  const { settings, secret: closed } = provider;
  const secret = closed && secrets.open(closed, secretOwner(organisation, provider.id));
  if (closed && !secret) throw providerFault('client');
  try {
    const text = secret ? secret.toString('utf8') : null;
    const { config: client, done } = await connections.client(settings, text, now);
    const url = new URL(returnAddress(config.publicUrl));
    for (const [name, value] of Object.entries(returned))
      if (value !== undefined) url.searchParams.set(name, value);
    const tokens = await authorizationCodeGrant(client, url, {
      expectedState: returned.state,
      expectedNonce: waiting.nonce,
      pkceCodeVerifier: waiting.verifier,
      idTokenExpected: true,
      ...(proves ? { maxAge: proofAge } : {}),
    });
    done();
    const claims = tokens.claims();
    if (!claims) throw providerFault('unclear');
    const { iss: issuer, sub: subject } = claims;
    if (subject.length > 255) throw providerFault('unclear');
    ensureClaims(claims, tokens, settings.clientId, now);
    const more = lacks(claims, settings.groupsClaim) ? await asked(client, tokens.access_token, subject) : {};
    return { issuer, subject, claims: { ...more, ...claims } };
  } catch (error) {
    throw refusalOf(error);
  }
}

/** The secret of a client is bound to its organisation and provider: no row serves another's. */
export const secretOwner = (organisation: string, provider: string): string => `${organisation} ${provider}`;

const lacks = (claims: Claims, groupsClaim: string): boolean =>
  [claims.email, claims[groupsClaim]].includes(undefined);

async function asked(
  client: Parameters<typeof fetchUserInfo>[0],
  token: string,
  subject: string,
): Promise<Claims> {
  if (client.serverMetadata().userinfo_endpoint === undefined) return {};
  const said = await fetchUserInfo(client, token, subject);
  // How somebody was signed in is told by the signed token alone.
  const { amr: _, acr: __, auth_time: ___, ...rest } = said;
  return isObject(rest) ? rest : {};
}
