import { createHash, randomBytes } from 'node:crypto';

/** A secret as its holder gets it, and the hash that is kept: 256 random bits need no slow hash. */
export type Secret = { readonly text: string; readonly hash: Buffer };

export function newSecret(prefix = ''): Secret {
  const text = `${prefix}${randomBytes(32).toString('base64url')}`;
  return { text, hash: secretHash(text) };
}

export function secretHash(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
