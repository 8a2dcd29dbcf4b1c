import type { Role } from './permissions.ts';

/** A person here, as far as administering goes. `until`: last day (YYYY-MM-DD); `null` without end. */
export type AdministeringMember = {
  readonly id: string;
  readonly active: boolean;
  readonly until: string | null;
  readonly roles: readonly Role[];
};
export type AdministeringGroup = {
  readonly id: string;
  readonly roles: readonly Role[];
  readonly members: readonly string[];
};
/** Who is, or becomes, an administrator by a role of their own or a group's. */
export type Administering = {
  readonly members: readonly AdministeringMember[];
  readonly groups: readonly AdministeringGroup[];
};

/** What a change does to who administers: `gives` makes somebody one, `weakens` leaves fewer hands beside those given. */
export type AdministratorChange = { readonly gives: boolean; readonly weakens: boolean };

/** After every day. */
const endless = '9999-12-31';

/** Last days of those who administer on a day (YYYY-MM-DD), by member; whoever has no end has a day after all others. */
export function administrators({ members, groups }: Administering, today: string): Map<string, string> {
  const byGroup = new Set(groups.filter(makes).flatMap((group) => group.members));
  return new Map(
    members
      .filter(({ active, until }) => active && (until === null || until >= today))
      .filter((member) => makes(member) || byGroup.has(member.id))
      .map(({ id, until }) => [id, until ?? endless]),
  );
}

/**
 * What a change does that one administrator does not do alone. It `gives` where somebody administers who did not, or a
 * group makes administrators that did not: who is in it may be said elsewhere. It `weakens` where the others of whom one
 * could have been the second hand until some day (`others`, by member) would be here for a shorter time, or not at all.
 */
export function administratorChange(
  before: Administering,
  after: Administering,
  others: readonly string[],
  today: string,
): AdministratorChange {
  const [was, is] = [administrators(before, today), administrators(after, today)];
  const made = new Set(before.groups.filter(makes).map(({ id }) => id));
  return {
    gives:
      [...is.keys()].some((id) => !was.has(id)) ||
      after.groups.some((one) => makes(one) && !made.has(one.id)),
    weakens: longest(is, others) < longest(was, others),
  };
}

const makes = ({ roles }: { readonly roles: readonly Role[] }): boolean => roles.includes('admin');

/** The day until which one of the others is here; before every day where nobody is. */
const longest = (here: ReadonlyMap<string, string>, others: readonly string[]): string =>
  others.map((id) => here.get(id) ?? '').reduce((one, other) => (one > other ? one : other), '');
