import type { TokenWire } from '@throughline/domain/wire-pages.ts';

/** The address to enter at an identity provider, on the host that the page came from. */
export const scimAddress = (origin: string): string => `${origin}/scim/v2`;

/** Tokens for provisioning that still work, the one used last first. */
export const provisioningTokens = (tokens: readonly TokenWire[], now: Date): readonly TokenWire[] =>
  tokens
    .filter(
      ({ scope, revokedAt, expiresAt }) =>
        scope.acts === 'provisioning' &&
        revokedAt === null &&
        (expiresAt === null || new Date(expiresAt) > now),
    )
    .toSorted((a, b) => (b.usedAt ?? '').localeCompare(a.usedAt ?? ''));
