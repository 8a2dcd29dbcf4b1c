import type { Actor } from './actor.ts';
import { scopeReaches, scopeReachesOrganisation } from './token-scope.ts';

export const roles = [
  'admin',
  'aims-manager',
  'top-management',
  'system-owner',
  'risk-owner',
  'contributor',
  'internal-auditor',
  'external-auditor',
  'reader',
] as const;
export type Role = (typeof roles)[number];

/** Roles as this release knows them: one that it does not know grants nothing. */
export function knownRoles(stored: readonly string[]): Role[] {
  return roles.filter((role) => stored.includes(role));
}

/** What can be done to records. `read` is by kind, the rest by kind and ownership. */
export const recordActs = [
  'read',
  'create',
  'edit',
  'transition',
  'approve',
  'archive',
  'comment',
  'import',
  'export',
  'erase',
] as const;
/** What can be done to the organisation itself. */
export const organisationActs = ['members', 'tokens', 'settings', 'log', 'jobs'] as const;
export type RecordAct = (typeof recordActs)[number];
export type OrganisationAct = (typeof organisationActs)[number];

/** What a condition looks at: resolved by the store when the record is loaded. */
export type RecordFacts = {
  readonly kind: string;
  readonly owner: string | null;
  /** Owner of the record's home system. */
  readonly systemOwner: string | null;
  readonly assignee: string | null;
};

/** A condition on rows as data: the store turns it into a scope of its own, by an index. */
export type RowScope =
  | { readonly all: true }
  | { readonly owner: string }
  | { readonly systemsOwnedBy: string }
  | { readonly assignee: string };

export type Condition = 'always' | 'owner' | 'ownerOfSystem' | 'assignee';

/** A condition tests one record and selects rows; property tests prove that the two agree. */
export const conditions: Readonly<
  Record<Condition, { test(record: RecordFacts, member: string): boolean; where(member: string): RowScope }>
> = {
  always: { test: () => true, where: () => ({ all: true }) },
  owner: { test: (record, member) => record.owner === member, where: (member) => ({ owner: member }) },
  ownerOfSystem: {
    test: (record, member) => record.systemOwner === member,
    where: (member) => ({ systemsOwnedBy: member }),
  },
  assignee: {
    test: (record, member) => record.assignee === member,
    where: (member) => ({ assignee: member }),
  },
};

type Grant = {
  readonly kinds: readonly string[] | 'all';
  readonly acts: readonly RecordAct[];
  readonly when: readonly Condition[];
};

const working: readonly RecordAct[] = [
  'create',
  'edit',
  'transition',
  'archive',
  'comment',
  'import',
  'export',
];
const assuranceKinds = ['audit', 'finding', 'walk', 'control-test', 'nonconformity', 'task'];

/** Deny by default: what no row grants is refused. One row is one sentence that can be said to a person. */
export const grants: Readonly<Record<Role, readonly Grant[]>> = {
  admin: [{ kinds: 'all', acts: ['read', 'export', 'comment', 'erase'], when: ['always'] }],
  'aims-manager': [{ kinds: 'all', acts: ['read', ...working, 'approve'], when: ['always'] }],
  'top-management': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'] },
    {
      kinds: [
        'document',
        'impact-assessment',
        'classification',
        'applicability',
        'treatment',
        'risk',
        'gate',
        'use-case',
      ],
      acts: ['approve'],
      when: ['always'],
    },
    { kinds: ['task'], acts: ['create', 'edit', 'transition'], when: ['always'] },
  ],
  'system-owner': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'] },
    {
      kinds: 'all',
      acts: ['create', 'edit', 'transition', 'archive'],
      when: ['owner', 'ownerOfSystem', 'assignee'],
    },
    // The default table of authority lets the owner of a system approve its uses and releases at the lower levels.
    { kinds: ['use-case', 'gate'], acts: ['approve'], when: ['ownerOfSystem'] },
  ],
  'risk-owner': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'] },
    { kinds: ['risk', 'treatment', 'task'], acts: ['create', 'edit', 'transition'], when: ['always'] },
    { kinds: ['treatment', 'risk'], acts: ['approve'], when: ['owner'] },
  ],
  contributor: [
    { kinds: 'all', acts: ['read', 'comment', 'export'], when: ['always'] },
    { kinds: ['evidence', 'incident', 'task', 'system', 'use-case'], acts: ['create'], when: ['always'] },
    { kinds: 'all', acts: ['edit', 'transition'], when: ['owner', 'assignee'] },
  ],
  'internal-auditor': [
    { kinds: 'all', acts: ['read', 'comment', 'export'], when: ['always'] },
    { kinds: assuranceKinds, acts: ['create', 'edit', 'transition', 'archive'], when: ['always'] },
    // Effect is judged by somebody else than the doer (10.2), which is often the auditor.
    { kinds: ['corrective-action'], acts: ['edit', 'transition'], when: ['always'] },
    { kinds: ['evidence'], acts: ['create'], when: ['always'] },
  ],
  'external-auditor': [{ kinds: 'all', acts: ['read', 'export'], when: ['always'] }],
  reader: [{ kinds: 'all', acts: ['read', 'export'], when: ['always'] }],
};

const organisationGrants: Readonly<Record<OrganisationAct, readonly Role[]>> = {
  members: ['admin'],
  tokens: ['admin'],
  settings: ['admin', 'aims-manager'],
  log: [...roles],
  jobs: ['admin', 'aims-manager'],
};

/** Coarse: whether any row could ever allow it. Asked before anything is loaded. */
export function may(actor: Actor, kind: string, act: RecordAct): boolean {
  return actor.type === 'rule' || rowsFor(actor, kind, act).length > 0;
}

/** Fine: whether a row allows it on this record. A refusal is explained by `whoCan`. */
export function can(actor: Actor, act: RecordAct, record: RecordFacts): boolean {
  if (actor.type === 'rule') return true;
  const member = actor.type === 'person' ? actor.member : '';
  return rowsFor(actor, record.kind, act).some((row) =>
    row.when.some((name) => conditions[name].test(record, member)),
  );
}

/** The scopes of rows that an actor may act on; their union is what a list of "mine" shows. */
export function scopesFor(actor: Actor, kind: string, act: RecordAct): RowScope[] {
  if (actor.type === 'rule') return [{ all: true }];
  const member = actor.type === 'person' ? actor.member : '';
  const names = new Set(rowsFor(actor, kind, act).flatMap((row) => row.when));
  return names.has('always') ? [{ all: true }] : [...names].map((name) => conditions[name].where(member));
}

export function canAdminister(actor: Actor, act: OrganisationAct): boolean {
  if (actor.type === 'rule') return true;
  if (actor.type === 'token' && actor.scope && !scopeReachesOrganisation(actor.scope, act)) return false;
  return rolesOf(actor).some((role) => organisationGrants[act].includes(role));
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

function unnarrowed(actor: Actor): { readonly whole: Actor; readonly narrowed: boolean } {
  if (actor.type !== 'token' || !actor.scope) return { whole: actor, narrowed: false };
  const { scope: _, ...whole } = actor;
  return { whole, narrowed: true };
}

/** The roles that could do it: what a refusal names. */
export function whoCan(kind: string, act: RecordAct): Role[] {
  return roles.filter((role) => grants[role].some((row) => row.acts.includes(act) && covers(row, kind)));
}

function rowsFor(actor: Actor, kind: string, act: RecordAct): Grant[] {
  if (
    actor.type === 'person' &&
    actor.scope &&
    actor.scope.kinds !== 'all' &&
    !actor.scope.kinds.includes(kind)
  )
    return [];
  if (actor.type === 'token' && actor.scope && !scopeReaches(actor.scope, kind, act)) return [];
  return rolesOf(actor).flatMap((role) =>
    grants[role].filter((row) => row.acts.includes(act) && covers(row, kind)),
  );
}

function covers(row: Grant, kind: string): boolean {
  return row.kinds === 'all' || row.kinds.includes(kind);
}

function rolesOf(actor: Actor): readonly Role[] {
  return actor.type === 'person' || actor.type === 'token' ? actor.roles : [];
}
