import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { ensureClaims } from './token-claims.ts';

const now = new Date('2026-03-01T09:00:00Z');
const seconds = now.getTime() / 1000;
const token = (alg: string) => `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.e30.`;
const check = (claims: object, alg = 'RS256') => {
  try {
    ensureClaims(
      { iat: seconds, ...claims },
      { id_token: token(alg), access_token: 'access' },
      'client',
      now,
    );
    return 'held';
  } catch (error) {
    return error instanceof Error && 'facts' in error ? error.facts : error;
  }
};
const half = (name: string) => {
  const whole = createHash(name).update('access').digest();
  return whole.subarray(0, whole.length / 2).toString('base64url');
};

test.each([
  ['RS256', 'sha256'],
  ['ES384', 'sha384'],
  ['PS512', 'sha512'],
  ['EdDSA', 'sha512'],
])('the hash of the access token is the one of %s, its left half', (alg, name) => {
  expect(check({ at_hash: half(name) }, alg)).toBe('held');
  expect(check({ at_hash: half(name === 'sha256' ? 'sha512' : 'sha256') }, alg)).toEqual({
    provider: 'token',
  });
});

test('a hash by an algorithm that we do not know holds nothing, and so is refused', () => {
  expect(check({ at_hash: half('sha256') }, 'ML-DSA-44')).toEqual({ provider: 'token' });
  expect(check({}, 'ML-DSA-44')).toBe('held');
});

test.each([
  [30, 'held'],
  [31, { provider: 'clock' }],
  [-630, 'held'],
  [-631, { provider: 'clock' }],
])('a token that was issued %s seconds from now', (away, said) => {
  expect(check({ iat: seconds + away })).toEqual(said);
});

test('a token that says no moment, or was made for another', () => {
  expect(check({ iat: '2026' })).toEqual({ provider: 'clock' });
  expect(check({ azp: 'another' })).toEqual({ provider: 'audience' });
  expect(check({ azp: 'client' })).toBe('held');
});
