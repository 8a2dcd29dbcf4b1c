import type { ChosenScope } from '@throughline/domain/acting.ts';
import { unprocessable } from '@throughline/domain/errors.ts';
import type { Role } from '@throughline/domain/permissions.ts';
import { resolveRefs } from '../../records/resolve-refs.ts';
import type { StoredMember } from '../../store/members.ts';
import type { Write } from '../../store/write.ts';

/** A scope as a client names it: systems and audits by ref or id. */
export type AskedScope = {
  readonly kinds: readonly string[] | 'all';
  readonly systems: readonly string[] | 'all';
  readonly audits: readonly string[];
};

/** The scope that a member has after a change: it goes with the role. */
export async function scopeAfter(
  write: Write,
  before: StoredMember,
  patch: { readonly roles?: readonly Role[] | undefined; readonly scope?: AskedScope | null | undefined },
): Promise<ChosenScope | null> {
  const roles = patch.roles ?? before.roles;
  if (patch.scope !== undefined) return scopeOf(write, roles, patch.scope);
  // Ending the access of somebody for whom nothing was chosen asks for no choice.
  const becomes = roles.includes('external-auditor') && !before.roles.includes('external-auditor');
  return becomes
    ? scopeOf(write, roles, before.scope)
    : roles.includes('external-auditor')
      ? before.scope
      : null;
}

/**
 * The scope with its records looked up; an external auditor has one that somebody chose, if it is everything. Throws
 * `unprocessable` where there is none, or no such kind, system or audit.
 */
export async function scopeOf(
  write: Write,
  roles: readonly Role[],
  asked: AskedScope | null,
): Promise<ChosenScope | null> {
  if (!asked && !roles.includes('external-auditor')) return null;
  if (!asked)
    throw unprocessable([
      {
        at: 'scope',
        message:
          'Choose what an external auditor reads: kinds, systems, audits. Everything is {"kinds":"all","systems":"all","audits":[]}.',
      },
    ]);
  if (!roles.includes('external-auditor'))
    throw unprocessable([{ at: 'scope', message: 'Only external auditors read within a scope.' }]);
  const unknown = asked.kinds === 'all' ? [] : asked.kinds.filter((kind) => !write.registry.find(kind));
  if (unknown.length > 0)
    throw unprocessable([{ at: 'scope.kinds', message: `There is no kind "${unknown[0]?.slice(0, 40)}".` }]);
  const { kinds, systems, audits } = asked;
  const idOf = await resolveRefs(write, write.ctx.actor, [
    { at: 'scope.systems', refs: systems === 'all' ? [] : systems, kinds: ['system'] },
    { at: 'scope.audits', refs: audits, kinds: ['audit'] },
  ]);
  return {
    kinds: kinds === 'all' ? kinds : [...new Set(kinds)],
    systems: systems === 'all' ? systems : [...new Set(systems.map(idOf))],
    audits: [...new Set(audits.map(idOf))],
  };
}
