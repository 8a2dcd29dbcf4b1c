import type { Role } from './permissions.ts';

/** Where members come from beside an invitation: a sign-in provider (OpenID Connect), or a directory that keeps them (SCIM). */
export const outsideKinds = ['openid', 'scim'] as const;
export type OutsideKind = (typeof outsideKinds)[number];

/** Roles of a member by where they came from. What somebody gave by hand is nobody else's to take. */
export type RoleSources = {
  /** All that the member holds now. */
  readonly held: readonly Role[];
  /** Those of them that the source gave earlier. */
  readonly given: readonly Role[];
};

/**
 * The roles of a member once an outside source says which it gives: what it gave before and gives no more goes, what was
 * given by hand stays. `lastAdministrator`: nobody else administers, so that role stays whatever the source says.
 */
export function rolesFollowing(
  { held, given }: RoleSources,
  gives: readonly Role[],
  lastAdministrator: boolean,
): { readonly roles: Role[]; readonly given: Role[] } {
  const kept: readonly Role[] = lastAdministrator && held.includes('admin') ? ['admin'] : [];
  const byHand = held.filter((role) => !given.includes(role));
  const wanted = [...new Set([...gives, ...kept.filter((role) => given.includes(role))])];
  return {
    roles: [...new Set([...byHand, ...wanted])],
    given: wanted.filter((role) => !byHand.includes(role)),
  };
}
