import { DomainError } from '@throughline/domain/errors.ts';
import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { OutOfReach } from './fetch.ts';

/** What goes wrong between this server and a provider: a word for a program, and what a person reads. */
const words = {
  denied: 'The sign-in was called off at the provider. Nothing has changed here.',
  client:
    'The provider does not know this server, or not its secret. An administrator enters both again under Sign-in.',
  code: 'The provider does not take its own answer any more: it was used before, or waited too long. Begin again.',
  clock:
    'What the provider says ran out already, or is not valid yet: its clock and that of this server may differ. Begin again; if it stays, tell an administrator.',
  audience: 'The provider signed somebody in for another application. Nobody is let in here by that.',
  nonce: 'The provider’s answer belongs to another sign-in. Begin again.',
  issuer: 'The answer is of another provider than the one that was asked. Nobody is let in by that.',
  key: 'The provider’s answer is not signed by a key that it publishes. Nobody is let in by that.',
  token: 'The provider’s answer does not fit the access token that came with it. Nobody is let in by that.',
  'out-of-reach': 'The provider cannot be asked just now.',
  'provider-error': 'The provider did not sign anybody in.',
  unclear: 'The provider answers in a way that this server does not understand. Tell an administrator.',
} as const;
export type ProviderFault = keyof typeof words;

export const providerFault = (fault: ProviderFault, more = ''): DomainError =>
  new DomainError('conflict', `${words[fault]}${more}`, [], { provider: fault });

/** Turns what the library throws over a provider's answer into a refusal with words; whatever is ours is thrown on. */
export function refusalOf(error: unknown): DomainError {
  for (const one of chain(error)) {
    if (one instanceof DomainError) return one;
    if (one instanceof OutOfReach) return providerFault('out-of-reach', ` ${one.message}`);
    if (one instanceof AuthorizationResponseError) return ofAnswer(one.error);
    if (one instanceof ResponseBodyError) return ofToken(one.error);
    // Whoever does not know a client may say so with a challenge alone (OAuth 2.0 §5.2).
    if (one instanceof WWWAuthenticateChallengeError)
      return ofToken(one.cause[0]?.parameters.error ?? 'invalid_client');
  }
  if (error instanceof ClientError || error instanceof TypeError) return ofCheck(error);
  throw error;
}

/** OAuth 2.0 §4.1.2.1: what stands in an answer is somebody's text, so only a plain word of it is repeated. */
function ofAnswer(code: string): DomainError {
  if (code === 'access_denied') return providerFault('denied');
  const named = /^[a-z_]{1,60}$/.test(code) ? ` It says: ${code}.` : '';
  return providerFault('provider-error', named);
}

function ofToken(code: string): DomainError {
  if (code === 'invalid_client' || code === 'unauthorized_client') return providerFault('client');
  return code === 'invalid_grant' ? providerFault('code') : ofAnswer(code);
}

function ofCheck(error: Error): DomainError {
  const claim = claimOf(error);
  const code = 'code' in error ? String(error.code) : '';
  if (code === 'OAUTH_TIMEOUT' || code === 'OAUTH_ABORT')
    return providerFault('out-of-reach', ' It did not answer in time.');
  if (claim === 'nonce') return providerFault('nonce');
  if (claim === 'aud' || claim === 'azp') return providerFault('audience');
  if (claim === 'iss' || /"iss"|"issuer"/.test(messages(error))) return providerFault('issuer');
  if (code === 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED') return providerFault('clock');
  if (code === 'OAUTH_KEY_SELECTION_FAILED' || /signature|alg/i.test(messages(error)))
    return providerFault('key');
  return providerFault('unclear');
}

/** The claim that a check did not hold for, as the library names it in what caused its error. */
function claimOf(error: unknown): string | undefined {
  for (const one of chain(error))
    if (typeof one === 'object' && one !== null && 'claim' in one && typeof one.claim === 'string')
      return one.claim;
  return undefined;
}

const messages = (error: unknown): string =>
  chain(error)
    .map((one) => (one instanceof Error ? one.message : ''))
    .join('\n');

function chain(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let one = error; one !== undefined && found.length < 6; ) {
    found.push(one);
    one = one instanceof Error ? one.cause : undefined;
  }
  return found;
}
