import { createHash } from 'node:crypto';
import { isObject } from '@throughline/domain/json.ts';
import type { Claims } from '@throughline/domain/provider.ts';
import { tolerance } from './connections.ts';
import { providerFault } from './faults.ts';

/** What came from the token endpoint, signed and as it came. */
export type Tokens = { readonly id_token?: string | undefined; readonly access_token: string };

/** How long ago, in seconds, a token may have been issued: it was asked for just now, and some date theirs back. */
const oldest = 600;

/**
 * Holds what the library leaves to whoever uses it (OpenID Connect Core §3.1.3.7 and §3.1.3.8): whom the token was made
 * for where `aud` is one name, when it was issued, and that the access token beside it is the one that it was issued
 * with. Throws where one does not hold.
 */
export function ensureClaims(claims: Claims, tokens: Tokens, clientId: string, now: Date): void {
  const { azp, iat, at_hash: hash } = claims;
  if (azp !== undefined && azp !== clientId) throw providerFault('audience');
  const seconds = now.getTime() / 1000;
  if (typeof iat !== 'number' || iat > seconds + tolerance || iat < seconds - oldest - tolerance)
    throw providerFault('clock');
  if (hash !== undefined && hash !== hashOf(tokens)) throw providerFault('token');
}

/** The left half of the hash that the signature of the ID token uses; nothing where we do not know which that is. */
function hashOf({ id_token: token = '', access_token: access }: Tokens): string | undefined {
  const name = hashNamed(algorithmOf(token));
  if (name === undefined) return undefined;
  const whole = createHash(name).update(access, 'ascii').digest();
  return whole.subarray(0, whole.length / 2).toString('base64url');
}

function algorithmOf(token: string): string {
  const [head = ''] = token.split('.');
  const read: unknown = JSON.parse(Buffer.from(head, 'base64url').toString('utf8'));
  return isObject(read) && typeof read.alg === 'string' ? read.alg : '';
}

/** RFC 7518 §3.1; of EdDSA the one that Ed25519 uses itself (RFC 8032). */
function hashNamed(algorithm: string): string | undefined {
  if (algorithm === 'EdDSA' || algorithm === 'Ed25519') return 'sha512';
  const bits = /^[A-Z]{2}(256|384|512)$/.exec(algorithm)?.[1];
  return bits && `sha${bits}`;
}
