import { sealedKinds } from '@throughline/catalogue/later.ts';
import type { Actor, AuditScope } from './actor.ts';
import { isOpened } from './opened-account.ts';
import {
  type Condition,
  type Grant,
  grants,
  type OrganisationAct,
  organisationGrants,
  type RecordAct,
  type Role,
  roles,
} from './role-grants.ts';
import {
  isWhole,
  leavesAct,
  scopeReaches,
  scopeReachesOrganisation,
  type TokenScope,
} from './token-scope.ts';

export {
  type Condition,
  type Grant,
  grants,
  type OrganisationAct,
  organisationActs,
  organisationGrants,
  type RecordAct,
  type Role,
  recordActs,
  roles,
} from './role-grants.ts';

/** Roles as this release knows them: one that it does not know grants nothing. */
export function knownRoles(stored: readonly string[]): Role[] {
  return roles.filter((role) => stored.includes(role));
}

/** What a condition looks at: resolved by the store when the record is loaded. */
export type RecordFacts = {
  readonly kind: string;
  readonly owner: string | null;
  /** Owner of the record's home system. */
  readonly systemOwner: string | null;
  readonly assignee: string | null;
  /**
   * Systems that the record belongs to: its home or, where it has none, those that it speaks of and those that use it.
   * None: it is the organisation's own. Looked up for those alone whose reading has a scope.
   */
  readonly homes?: readonly string[];
  /** People named in the record, where its kind is sealed. */
  readonly parties?: readonly string[] | null;
};

/** Whom a condition is about. */
export type Who = { readonly member: string; readonly scope?: AuditScope | undefined };

/** A condition on rows as data: the store turns it into a scope of its own, by an index. */
export type RowScope =
  | { readonly all: true }
  | { readonly owner: string }
  | { readonly systemsOwnedBy: string }
  | { readonly assignee: string }
  | { readonly kinds: readonly string[] | 'all'; readonly systems: readonly string[] | 'all' }
  | { readonly party: string };

/** Scopes of what somebody answers for. */
export type OwnScope = Extract<
  RowScope,
  { readonly owner: string } | { readonly systemsOwnedBy: string } | { readonly assignee: string }
>;

/** A condition tests one record and selects rows; property tests prove that the two agree. */
export const conditions: Readonly<
  Record<Condition, { test(record: RecordFacts, who: Who): boolean; where(who: Who): RowScope }>
> = {
  always: { test: () => true, where: () => ({ all: true }) },
  owner: {
    test: (record, { member }) => record.owner === member,
    where: ({ member }) => ({ owner: member }),
  },
  ownerOfSystem: {
    test: (record, { member }) => record.systemOwner === member,
    where: ({ member }) => ({ systemsOwnedBy: member }),
  },
  assignee: {
    test: (record, { member }) => record.assignee === member,
    where: ({ member }) => ({ assignee: member }),
  },
  auditScope: {
    test: (record, { scope = nothing }) => ofKind(scope, record.kind) && ofSystem(scope, record.homes),
    where: ({ scope = nothing }) => ({ kinds: scope.kinds, systems: scope.systems ?? 'all' }),
  },
  party: {
    test: (record, { member }) => record.parties?.includes(member) ?? false,
    where: ({ member }) => ({ party: member }),
  },
};

/** Where nobody chose what an auditor reads, they read nothing. */
const nothing: AuditScope = { until: '', kinds: [], systems: [] };

const ofKind = ({ kinds }: AuditScope, kind: string): boolean => kinds === 'all' || kinds.includes(kind);

/** Facts without `homes` were not looked up: that is no reason to let anybody read. */
function ofSystem({ systems = 'all' }: AuditScope, homes: RecordFacts['homes']): boolean {
  if (systems === 'all') return true;
  return homes !== undefined && (homes.length === 0 || homes.some((home) => systems.includes(home)));
}

/**
 * Acts that nobody does in another's place: a deputy keeps daily work going, and what cannot be undone or outlasts the
 * absence is the absent's own. For acts on the organisation itself it is decided by what is sent (see the server's door).
 */
const lastingActs: readonly RecordAct[] = ['erase'];

/** Coarse: whether any row could ever allow it. Asked before anything is loaded. */
export function may(actor: Actor, kind: string, act: RecordAct): boolean {
  return actor.type === 'rule' || identitiesFor(actor, act).some((one) => rowsFor(one, kind, act).length > 0);
}

/** Fine: whether a row allows it on this record. A refusal is explained by `whoCan`. */
export function can(actor: Actor, act: RecordAct, record: RecordFacts): boolean {
  return rightTo(actor, act, record) !== null;
}

/** By whose right somebody may do it: their own, or that of one whom they stand in for; `null` where they may not. */
export function rightTo(
  actor: Actor,
  act: RecordAct,
  record: RecordFacts,
): { readonly onBehalfOf: string | null } | null {
  if (actor.type === 'rule') return { onBehalfOf: null };
  if (act === 'approve' && isOpened(actor)) return null;
  const identities = identitiesFor(actor, act);
  const [self] = identities;
  if (!self || limitsOf(self, record).some((name) => !conditions[name].test(record, self))) return null;
  const found = identities.find((one) =>
    rowsFor(one, record.kind, act).some((row) => row.when.some((name) => conditions[name].test(record, one))),
  );
  return found ? { onBehalfOf: found === self ? null : found.member } : null;
}

/**
 * The roles by which alone somebody may do it, where only their groups give those: a page then says which group it is.
 * Empty where a role of their own is enough, where they act for somebody else, and where they may not.
 */
export function groupRolesFor(actor: Actor, act: RecordAct, record: RecordFacts): readonly Role[] {
  if (actor.type !== 'person' || !actor.byGroup) return [];
  const { byGroup, roles: held } = actor;
  const by = (roles: readonly Role[]) => can({ ...actor, roles, standsFor: [] }, act, record);
  if (by(held.filter((role) => !byGroup.includes(role)))) return [];
  return byGroup.filter((role) => by([role]));
}

/** The scopes of rows that an actor may act on; their union, within what they may read, is what a list of "mine" shows. */
export function scopesFor(actor: Actor, kind: string, act: RecordAct): RowScope[] {
  if (actor.type === 'rule') return [{ all: true }];
  const scopes = identitiesFor(actor, act).flatMap((one) => {
    const names = new Set(rowsFor(one, kind, act).flatMap((row) => row.when));
    return [...names].map((name) => conditions[name].where(one));
  });
  const all = scopes.find((scope) => 'all' in scope);
  return all ? [all] : scopes;
}

/** The rows that a person answers for, or that those do for whom they stand in. */
export function ownScopes(actor: Actor): OwnScope[] {
  return identitiesOf(actor)
    .filter(({ member }) => member !== '')
    .flatMap(({ member }) => [{ owner: member }, { systemsOwnedBy: member }, { assignee: member }]);
}

/**
 * What holds for everything that an actor reads, whatever they ask for: the store applies it to every row. `null` where
 * nothing is taken away, which is so for everybody but external auditors and tokens that are narrowed.
 */
export function readingScope(actor: Actor): Extract<RowScope, { readonly kinds: unknown }> | null {
  if (actor.type === 'rule') return null;
  const [self] = identitiesOf(actor);
  const free = self?.roles.some((role) => grants[role].some((row) => row.when.includes('always'))) ?? false;
  if (!self || (self.scope === undefined && self.roles.length === 0)) return null;
  if (self.scope === undefined && free) return self.token ? tokenReads(self.token) : null;
  const { kinds, systems = 'all' } = self.scope ?? nothing;
  return { kinds, systems };
}

/** What a token's scope leaves of reading: its kinds, and none where it does not name reading. */
function tokenReads(scope: TokenScope): ReturnType<typeof readingScope> {
  const kinds = leavesAct(scope, 'read') ? scope.kinds : [];
  return kinds === 'all' ? null : { kinds, systems: 'all' };
}

export function canAdminister(actor: Actor, act: OrganisationAct): boolean {
  return rightToAdminister(actor, act) !== null;
}

/** By whose right somebody administers this, as `rightTo` says it of a record. */
export function rightToAdminister(
  actor: Actor,
  act: OrganisationAct,
): { readonly onBehalfOf: string | null } | null {
  if (actor.type === 'rule') return { onBehalfOf: null };
  if (actor.type === 'token' && actor.scope && !scopeReachesOrganisation(actor.scope, act)) return null;
  const identities = identitiesOf(actor);
  const found = identities.find(({ roles }) => roles.some((role) => organisationGrants[act].includes(role)));
  return found ? { onBehalfOf: found === identities[0] ? null : found.member } : null;
}

/**
 * Whether somebody may do an act of this kind that hands on rights. What it gives outlasts an absence and the scope that
 * somebody chose, so nobody does it in another's place, and no token does that is narrowed.
 */
export function canHandOn(actor: Actor, act: OrganisationAct): boolean {
  return (
    administersInOwnRight(actor, act) &&
    !isOpened(actor) &&
    !(actor.type === 'token' && actor.scope && !isWhole(actor.scope))
  );
}

/** Somebody by their own right: those of nobody whom they stand in for. */
export function alone(actor: Actor): Actor {
  if (actor.type !== 'person') return actor;
  const { standsFor: _, ...self } = actor;
  return self;
}

/** Whether somebody may do what cannot be undone or outlasts an absence: in nobody's place (see `lastingActs`). */
export function administersInOwnRight(actor: Actor, act: OrganisationAct): boolean {
  return canAdminister(alone(actor), act);
}

/**
 * What refuses an act on records to somebody: the scope of their token, that the right to it is one of whom they stand
 * in for, or their roles. `facts` where it is on one record.
 */
export function refusedBy(
  actor: Actor,
  kind: string,
  act: RecordAct,
  facts?: RecordFacts,
): 'scope' | 'place' | 'roles' {
  if (scopeRefuses(actor, kind, act, facts)) return 'scope';
  const away = lastingActs.includes(act) && actor.type === 'person' ? (actor.standsFor ?? []) : [];
  return away.some((one) => rowsFor(one, kind, act).length > 0) ? 'place' : 'roles';
}

/** The roles that administer this: what a refusal names. */
export const whoAdministers = (act: OrganisationAct): readonly Role[] => organisationGrants[act];

/** Whether it is the scope of a token that refuses, and not its roles; `facts` where the act is on one record. */
export function scopeRefuses(actor: Actor, kind: string, act: RecordAct, facts?: RecordFacts): boolean {
  const { whole, narrowed } = unnarrowed(actor);
  if (!narrowed || may(actor, kind, act)) return false;
  return facts ? can(whole, act, facts) : may(whole, kind, act);
}

/** The same for an act on the organisation itself. */
export function scopeRefusesOrganisation(actor: Actor, act: OrganisationAct): boolean {
  const { whole, narrowed } = unnarrowed(actor);
  return narrowed && canAdminister(whole, act) && !canAdminister(actor, act);
}

/** Somebody without what a token's scope takes away: what a change is judged by is seen whole, whoever asks for it. */
export const withoutTokenScope = (actor: Actor): Actor => unnarrowed(actor).whole;

function unnarrowed(actor: Actor): { readonly whole: Actor; readonly narrowed: boolean } {
  if (actor.type !== 'token' || !actor.scope) return { whole: actor, narrowed: false };
  const { scope: _, ...whole } = actor;
  return { whole, narrowed: true };
}

/** The roles that could do it: what a refusal names. */
export function whoCan(kind: string, act: RecordAct): Role[] {
  if (closedTo(act, kind)) return [];
  return roles.filter((role) => grants[role].some((row) => row.acts.includes(act) && covers(row, kind)));
}

type Identity = Who & { readonly roles: readonly Role[]; readonly token?: TokenScope | undefined };

/** Themselves first, then whom they stand in for. What one of them may is never mixed with what another owns. */
function identitiesOf(actor: Actor): readonly Identity[] {
  if (actor.type === 'token') return [{ member: '', roles: actor.roles, token: actor.scope }];
  if (actor.type !== 'person') return [];
  const { member, roles, scope, standsFor = [] } = actor;
  return [{ member, roles, scope }, ...standsFor];
}

const identitiesFor = (actor: Actor, act: RecordAct): readonly Identity[] =>
  identitiesOf(lastingActs.includes(act) ? alone(actor) : actor);

/** What takes away, whatever a row allows: the scope of whoever asks, and the seal of a kind. */
function limitsOf({ scope }: Identity, { parties }: RecordFacts): Condition[] {
  return [...(scope ? (['auditScope'] as const) : []), ...(parties ? (['party'] as const) : [])];
}

/** Cells of a file that is imported are read by whoever imports, before they are anybody's records: nothing sealed comes so. */
const closedTo = (act: RecordAct, kind: string): boolean =>
  act === 'import' && sealedKinds.some((sealed) => sealed === kind);

function rowsFor({ roles, scope, token }: Identity, kind: string, act: RecordAct): Grant[] {
  if (closedTo(act, kind)) return [];
  if ((scope && !ofKind(scope, kind)) || (token && !scopeReaches(token, kind, act))) return [];
  return roles.flatMap((role) =>
    grants[role].filter(
      (row) => row.acts.includes(act) && covers(row, kind) && (scope || !row.when.includes('auditScope')),
    ),
  );
}

/** Whether a row of the table is about a kind. */
export function covers(row: Grant, kind: string): boolean {
  return row.kinds === 'all' ? !row.except?.includes(kind) : row.kinds.includes(kind);
}
