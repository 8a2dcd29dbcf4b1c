import type { Role } from './permissions.ts';

type Named = { readonly id: string; readonly name: string };

/** A member as the store knows what gives them roles, on a day: those of groups and of whom they stand in for. */
export type RoleBearer = Named & {
  readonly service: boolean;
  readonly roles: readonly string[];
  readonly groups: readonly (Named & { readonly roles: readonly string[] })[];
  /** `last`: the last day, YYYY-MM-DD. */
  readonly standsFor: readonly (Named & { readonly roles: readonly string[]; readonly last: string })[];
};

/** How somebody comes to a role: by themselves, through groups, and in the place of others. */
export type RoleHolder = {
  readonly member: Named;
  readonly service: boolean;
  readonly own: boolean;
  readonly groups: readonly Named[];
  readonly standsFor: readonly (Named & { readonly last: string })[];
};

/** Who holds a role, and through what; agrees with how they may act (`actingPerson`). */
export function holdersOf(bearers: readonly RoleBearer[], role: Role): RoleHolder[] {
  return bearers.flatMap((bearer) => holderOf(bearer, role));
}

const auditor: Role = 'external-auditor';

function holderOf({ id, name, service, ...by }: RoleBearer, role: Role): RoleHolder[] {
  const own = by.roles.includes(role);
  const groups = service ? [] : by.groups.filter((group) => group.roles.includes(role));
  const held = [...by.roles, ...(service ? [] : by.groups.flatMap((group) => group.roles))];
  const places = service || held.includes(auditor) ? [] : by.standsFor;
  const standsFor = places.filter((one) => one.roles.includes(role) && !one.roles.includes(auditor));
  if (!own && groups.length === 0 && standsFor.length === 0) return [];
  return [
    {
      member: { id, name },
      service,
      own,
      groups: groups.map((group) => ({ id: group.id, name: group.name })),
      standsFor: standsFor.map((one) => ({ id: one.id, name: one.name, last: one.last })),
    },
  ];
}
