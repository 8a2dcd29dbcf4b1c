import type { TokenWire } from '@throughline/domain/wire-pages.ts';
import { expect, test } from 'vitest';
import { tokens } from '../../gallery/fixtures/admin.ts';
import { provisioningTokens, scimAddress } from './provisioning-words.ts';

const now = new Date('2026-11-22T00:00:00Z');
const token = (more: Partial<TokenWire>): TokenWire => {
  const [usual] = tokens;
  if (!usual) throw new Error('The gallery has no token');
  return { ...usual, scope: { kinds: 'all', acts: 'provisioning' }, expiresAt: null, ...more };
};

test('the address stands on the host of the page', () => {
  expect(scimAddress('https://aims.example.org')).toBe('https://aims.example.org/scim/v2');
});

test('tokens for provisioning that work are shown, the one used last first', () => {
  const ids = (all: readonly TokenWire[]) => provisioningTokens(all, now).map(({ id }) => id);
  const used = token({ id: 'used', usedAt: '2026-11-21T02:00:00Z' });
  const first = token({ id: 'never', usedAt: null });
  const before = token({ id: 'before', usedAt: '2026-11-20T02:00:00Z', expiresAt: '2026-11-23T00:00:00Z' });
  expect(ids([first, before, used])).toEqual(['used', 'before', 'never']);
  expect(ids([token({ revokedAt: '2026-11-01T00:00:00Z' })])).toEqual([]);
  expect(ids([token({ expiresAt: '2026-11-21T00:00:00Z' })])).toEqual([]);
  expect(ids([token({ scope: { kinds: 'all', acts: 'all' } })])).toEqual([]);
  expect(ids(tokens)).toEqual([]);
});
