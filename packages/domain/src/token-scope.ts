import type { Actor } from './actor.ts';
import type { OrganisationAct, RecordAct } from './permissions.ts';

/** Everything that a token's scope can name. */
export type TokenAct = RecordAct | OrganisationAct;

/**
 * What a token is narrowed to. It can do what its roles allow *and* its scope names, never more: a scope only takes away.
 * An act on the organisation itself is of no kind: where kinds are chosen, the scope names it or it is not meant.
 */
export type TokenScope = {
  readonly kinds: 'all' | readonly string[];
  /**
   * `read-only` is one choice: whatever shows and nothing that changes, in this release and in later ones. So is
   * `provisioning`: people and groups come and go by it (RFC 7644), and it opens nothing else.
   */
  readonly acts: 'all' | 'read-only' | 'provisioning' | readonly TokenAct[];
};

export const wholeScope: TokenScope = { kinds: 'all', acts: 'all' };
export const provisioningScope: TokenScope = { kinds: 'all', acts: 'provisioning' };

/** Whether a scope takes nothing away. */
export const isWhole = ({ kinds, acts }: TokenScope): boolean => kinds === 'all' && acts === 'all';

/**
 * The roles that a token of no account acts with: its own, as far as everybody who made it could still give them. Whoever
 * administers tokens gives any; whoever does not any more gives what they have themselves.
 */
export function rolesStillGiven<R extends string>(
  held: readonly R[],
  makers: readonly { readonly roles: readonly string[] }[],
  giving: readonly string[],
): R[] {
  return held.filter((role) =>
    makers.every(({ roles }) => roles.includes(role) || roles.some((one) => giving.includes(one))),
  );
}

/** What shows and changes nothing. */
export const readOnlyActs: readonly TokenAct[] = ['read', 'export', 'log'];

/** Whether a scope leaves an act on records of a kind. */
export function scopeReaches(scope: TokenScope, kind: string, act: RecordAct): boolean {
  return (scope.kinds === 'all' || scope.kinds.includes(kind)) && leavesAct(scope, act);
}

/** Whether a scope leaves an act on the organisation itself. */
export function scopeReachesOrganisation(scope: TokenScope, act: OrganisationAct): boolean {
  const chosen = typeof scope.acts !== 'string';
  return leavesAct(scope, act) && (scope.kinds === 'all' || chosen);
}

/** Whether a scope leaves nothing that changes anything: the door then opens to questions alone. */
export function changesNothing(scope: TokenScope): boolean {
  return scope.acts !== 'all' && actsOf(scope.acts).every((act) => readOnlyActs.includes(act));
}

/** Whether an actor is a program that people and groups come and go by, and may nothing else. */
export function provisions(actor: Actor): boolean {
  return actor.type === 'token' && actor.scope?.acts === 'provisioning';
}

/** Members who stand behind what an actor does: themselves, or whoever made a token or answers for its account. */
export function personsBehind(actor: Actor): readonly string[] {
  if (actor.type === 'person') return [actor.member];
  return actor.type === 'token' ? (actor.behind ?? []) : [];
}

/** Whether a scope names an act, whatever it would be done to. */
export function leavesAct({ acts }: TokenScope, act: TokenAct): boolean {
  return acts === 'all' || actsOf(acts).includes(act);
}

/** The acts that a choice other than "everything" stands for. */
export function actsOf(acts: Exclude<TokenScope['acts'], 'all'>): readonly TokenAct[] {
  if (acts === 'read-only') return readOnlyActs;
  return acts === 'provisioning' ? [] : acts;
}
