import { rolesBeyond } from '@throughline/domain/raising.ts';
import { p } from '../../proposals/proposal-text.ts';
import { isRole, roleWords } from './roles.ts';
import { t } from './words.ts';

/** Roles that people get by a change who had not; `invited`: somebody who is let in with them; `program`: a service account. */
export type Given = {
  readonly gains: readonly string[];
  readonly members: readonly string[] | 'invited' | 'program';
};

/** Whoever asks: their accounts, and the roles that the table of authority in force names. */
export type Asking = {
  readonly own: readonly string[];
  readonly named: readonly string[];
  /** The roles that they have. */
  readonly held: readonly string[];
};

/** What is said before roles are given that another administrator confirms; nothing where one hand gives them. */
export function twoHandsNote(given: readonly Given[], { own, named, held }: Asking): string | undefined {
  if (given.some(({ gains }) => gains.includes('admin'))) return p('proposal.will-admin');
  const beyond = given.flatMap(({ gains, members }) => (members === 'program' ? gains : []));
  if (rolesBeyond(held.filter(isRole), beyond.filter(isRole)).length > 0) return p('proposal.will-program');
  const some = given.filter(
    ({ gains, members }) => gains.length > 0 && members.length > 0 && members !== 'program',
  );
  if (some.some(({ members }) => typeof members !== 'string' && members.some((id) => own.includes(id))))
    return p('proposal.will-own');
  const filled = some.flatMap(({ gains }) => gains.filter((role) => named.includes(role)));
  if (filled.length === 0) return undefined;
  const roles = roleWords([...new Set(filled)].filter(isRole));
  return p(
    some.some(({ members }) => members === 'invited') ? 'proposal.will-invited' : 'proposal.will-named',
    {
      roles,
    },
  );
}

/** Why a token gets none of these roles from whoever asks; nothing where it does. Those of an account are its own. */
export function notHeldNote(
  roles: readonly string[],
  held: readonly string[],
  account: string | null,
): string | undefined {
  const beyond = account === null ? rolesBeyond(held.filter(isRole), roles.filter(isRole)) : [];
  return beyond.length === 0 ? undefined : t('settings.tokens.roles-beyond', { roles: roleWords(beyond) });
}

type Group = { readonly roles: readonly string[]; readonly members: readonly string[] };

/** What a group gives: all of its roles to whoever comes, and those that it gets to everybody who is in it. */
export function givenByGroup(
  before: Group,
  next: Group,
  rolesOf: (member: string) => readonly string[],
): Given[] {
  return next.members.map((member) => {
    const had = [...rolesOf(member), ...(before.members.includes(member) ? before.roles : [])];
    return { gains: next.roles.filter((role) => !had.includes(role)), members: [member] };
  });
}
