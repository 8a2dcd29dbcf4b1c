import type { Role } from './permissions.ts';

/** An account elsewhere that is linked to a member, and the roles that came by it. */
export type OutsideWire = {
  id: string;
  kind: 'openid' | 'scim';
  source: string;
  address: string | null;
  roles: readonly Role[];
  linkedAt: string;
  seenAt: string;
};
