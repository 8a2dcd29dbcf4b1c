import type { Administering } from './administrators.ts';
import { type AuthorityRow, inForceOn } from './authority.ts';
import { grants, knownRoles, type Role } from './permissions.ts';
import { readOnlyActs } from './token-scope.ts';

/** Whom a change of rights is asked by, as far as it decides whether that takes a second hand. */
export type Asking = {
  /** Every account of whoever asks. */
  readonly own: readonly string[];
  /** Members whom they let in. */
  readonly letIn: readonly string[];
  /** Roles that the table of authority names today. */
  readonly named: readonly Role[];
};

/** Roles that lines of the table give authority to on a day (YYYY-MM-DD). */
export const rolesNamed = (rows: readonly AuthorityRow[], day: string): Role[] =>
  knownRoles(rows.filter((row) => inForceOn(row, day)).flatMap(({ role }) => role ?? []));

/**
 * Whether somebody would raise by this what they decide themselves (5.3): an account of theirs may more than before, or
 * for longer, or whom they let in gets a role that the table of authority names. The table takes two hands, and so does
 * filling the roles that it names by oneself.
 */
export function raises(before: Administering, after: Administering, asking: Asking, today: string): boolean {
  const { own, letIn, named } = asking;
  return (
    own.some((id) => {
      const [was, is] = [rightsOf(before, id, today), rightsOf(after, id, today)];
      return gained(was.roles, is.roles).length > 0 || (is.roles.length > 0 && is.until > was.until);
    }) ||
    letIn.some((id) =>
      gained(rightsOf(before, id, today).roles, rightsOf(after, id, today).roles).some((role) =>
        named.includes(role),
      ),
    )
  );
}

/** What a change makes of a program: whoever administers tokens holds its secrets, whoever answers for it. */
export type ProgramChange = {
  readonly roles: { readonly before: readonly Role[]; readonly after: readonly Role[] };
  /** Somebody answers for it who is not whoever asks. */
  readonly handedOn: boolean;
};

/**
 * Whether somebody would raise by a program what they decide themselves: it gets a role that they do not have, or it
 * administers from now on, or as what it does then names another person beside them. `held`: the roles of whoever asks.
 */
export const raisesByProgram = (held: readonly Role[], { roles, handedOn }: ProgramChange): boolean =>
  programRolesBeyond(held, gained(roles.before, roles.after)).length > 0 ||
  (handedOn && roles.after.includes('admin'));

/**
 * Whether a group whose people are named from outside would get a role that the table of authority names, or that whoever
 * gives it does not have: they may be the one who says outside who is in it.
 */
export const raisesFromOutside = (
  held: readonly Role[],
  named: readonly Role[],
  roles: { readonly before: readonly Role[]; readonly after: readonly Role[] },
): boolean => {
  const more = gained(roles.before, roles.after);
  return more.some((role) => named.includes(role)) || rolesBeyond(held, more).length > 0;
};

/** Of roles for a service account, those that one hand alone does not give it. */
export const programRolesBeyond = (held: readonly Role[], roles: readonly Role[]): Role[] =>
  roles.filter((role) => role === 'admin' || rolesBeyond(held, [role]).length > 0);

/** Roles that would let somebody do what theirs do not; to read alone, every role lets them. */
export const rolesBeyond = (held: readonly Role[], roles: readonly Role[]): Role[] =>
  roles.filter((role) => !held.includes(role) && !(held.length > 0 && onlyReads(role)));

const onlyReads = (role: Role): boolean =>
  grants[role].every(({ acts }) => acts.every((act) => readOnlyActs.includes(act)));

const gained = (was: readonly Role[], is: readonly Role[]): Role[] =>
  is.filter((role) => !was.includes(role));

/** What a member may on a day by their own roles and those of their groups, and until which. */
function rightsOf(
  { members, groups }: Administering,
  id: string,
  today: string,
): { readonly roles: readonly Role[]; readonly until: string } {
  const member = members.find((one) => one.id === id);
  if (!member?.active || (member.until !== null && member.until < today)) return { roles: [], until: '' };
  const byGroups = groups.filter((group) => group.members.includes(id)).flatMap(({ roles }) => roles);
  return { roles: [...new Set([...member.roles, ...byGroups])], until: member.until ?? '9999-12-31' };
}
