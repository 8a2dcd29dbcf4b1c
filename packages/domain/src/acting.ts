import type { Absent, Actor, AuditScope } from './actor.ts';
import { knownRoles } from './permissions.ts';

/** What an auditor was given to read: `all`, or what was chosen. Audits stand for the systems that they cover. */
export type ChosenScope = {
  readonly kinds: readonly string[] | 'all';
  readonly systems: readonly string[] | 'all';
  readonly audits: readonly string[];
};

/** What stands beside a member's own roles, as the store keeps it. Days are YYYY-MM-DD, both included. */
export type Powers = {
  readonly scope: ChosenScope | null;
  /** Systems that the audits of the scope cover now. */
  readonly audited: readonly string[] | null;
  /** Roles of the member's groups. */
  readonly groups: readonly string[];
  readonly standsFor: readonly {
    readonly member: string;
    readonly roles: readonly string[];
    readonly first: string;
    readonly last: string;
    /** The absent's own last day of access; `null` without end. */
    readonly until?: string | null;
  }[];
};

type Member = {
  readonly member: string;
  readonly roles: readonly string[];
  /** Last day of access; `null` without end. */
  readonly until: string | null;
};

/** Who acts when a member does, on a day: with the roles of their groups, for whom they stand in, within their scope. */
export function actingPerson(
  { member, roles, until }: Member,
  powers: Powers,
  day: string,
): Extract<Actor, { type: 'person' }> {
  const held = knownRoles([...roles, ...powers.groups]);
  const byGroup = held.filter((role) => !roles.includes(role));
  const auditor = held.includes('external-auditor');
  const standsFor: Absent[] = auditor
    ? []
    : powers.standsFor
        .filter(({ first, last }) => first <= day && day <= last)
        // Whoever may nothing any more gives nobody a place either.
        .filter((absent) => absent.until == null || day <= absent.until)
        .map((absent) => ({ member: absent.member, roles: knownRoles(absent.roles) }))
        .filter((absent) => !absent.roles.includes('external-auditor'));
  return {
    type: 'person',
    member,
    roles: held,
    ...(byGroup.length > 0 ? { byGroup } : {}),
    ...(auditor && until !== null && powers.scope ? { scope: scopeOf(powers.scope, powers, until) } : {}),
    ...(standsFor.length > 0 ? { standsFor } : {}),
  };
}

/** The systems named, and those that the audits named cover. Where nobody chose anything, nothing is read. */
function scopeOf({ kinds, systems }: ChosenScope, { audited }: Powers, until: string): AuditScope {
  return {
    until,
    kinds,
    systems: systems === 'all' ? 'all' : [...new Set([...systems, ...(audited ?? [])])],
  };
}
