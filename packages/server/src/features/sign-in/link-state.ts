import type { StoredLink } from '../../store/sign-in-links.ts';

export const linkStates = ['usable', 'used', 'expired', 'unknown'] as const;
export type LinkState = (typeof linkStates)[number];

export function linkState(link: StoredLink | undefined, now: Date): LinkState {
  if (!link) return 'unknown';
  if (link.used_at !== null) return 'used';
  return link.expires_at <= now ? 'expired' : 'usable';
}
