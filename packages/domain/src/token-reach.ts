import { isObject } from './json.ts';
import { organisationActs, recordActs } from './permissions.ts';
import { actsOf, leavesAct, scopeReachesOrganisation, type TokenScope, wholeScope } from './token-scope.ts';

/** Everything that a token's scope can name, in the order in which it is shown. */
export const tokenActs = [...recordActs, ...organisationActs] as const;

/**
 * A scope as it was stored: kinds and acts that this release does not know grant nothing, and neither does what cannot
 * be read. `null` is a token from before there were scopes, narrowed by nothing but its roles.
 */
export function readTokenScope(stored: unknown): TokenScope {
  if (stored === null) return wholeScope;
  if (!isObject(stored)) return { kinds: [], acts: [] };
  const { kinds, acts } = stored;
  return {
    kinds: kinds === 'all' ? 'all' : texts(kinds),
    acts:
      acts === 'all' || acts === 'read-only' || acts === 'provisioning'
        ? acts
        : tokenActs.filter((act) => texts(acts).some((text) => text === act)),
  };
}

/** Whether all that one scope leaves is left by another too: what a token may pass on. Provisioning is passed on by none. */
export function scopeWithin(inner: TokenScope, outer: TokenScope): boolean {
  if (inner.acts === 'provisioning') return outer.acts === 'provisioning';
  const { kinds } = outer;
  const covered =
    kinds === 'all' || (inner.kinds !== 'all' && inner.kinds.every((kind) => kinds.includes(kind)));
  return (
    covered &&
    actsWithin(inner, outer) &&
    organisationActs.every(
      (act) => !scopeReachesOrganisation(inner, act) || scopeReachesOrganisation(outer, act),
    )
  );
}

/** "Everything" means later acts too, so a list, however long, does not hold it. */
function actsWithin({ acts }: TokenScope, outer: TokenScope): boolean {
  if (outer.acts === 'all' || outer.acts === acts) return true;
  if (acts === 'all') return false;
  return actsOf(acts).every((act) => leavesAct(outer, act));
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
