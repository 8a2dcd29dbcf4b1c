/**
 * The table of what each role may, as data: the server decides by it, `docs/reference/permissions.md` and the page
 * "Roles" are written from it. `permissions.ts` is what reads it.
 */
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

export type Condition = 'always' | 'owner' | 'ownerOfSystem' | 'assignee' | 'auditScope' | 'party';

export type Grant = {
  readonly kinds: readonly string[] | 'all';
  /** Kinds left out where it is all of them. */
  readonly except?: readonly string[];
  readonly acts: readonly RecordAct[];
  readonly when: readonly Condition[];
  /** Why the role has it, in a sentence: what nobody can say is granted to nobody. */
  readonly why: string;
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
const assuranceKinds = ['audit', 'working-paper', 'finding', 'walk', 'control-test', 'nonconformity', 'task'];
/** What is said of a system by others than those who answer for it. */
const judgingKinds = ['audit', 'walk', 'control-test', 'finding'];
const decidedAbove = [
  'document',
  'impact-assessment',
  'classification',
  'classification-scheme',
  'applicability',
  'treatment',
  'risk-criteria',
  'risk',
  'gate',
  'use-case',
  'waiver',
  'requirement-spec',
  'design-record',
  'verification',
  'system-card',
  'log-plan',
  'regulatory-file',
];

const everything =
  'Whoever works in the management system knows all of it that is not sealed: what one cannot see one cannot account for.';

/** Reporting of concerns is for everybody with a part in the work (A.3.3). */
const raising: Grant = {
  kinds: ['concern'],
  acts: ['create'],
  when: ['always'],
  why: 'Whoever has a concern can raise it, and reads it with its handler alone (A.3.3).',
};
const handling: Grant = {
  kinds: ['concern'],
  acts: ['edit', 'transition', 'comment', 'archive'],
  when: ['owner'],
  why: 'Whoever handles a concern looks into it, answers it and puts it away, whatever else they do.',
};

/** Deny by default: what no row grants is refused. One row is one sentence that can be said to a person. */
export const grants: Readonly<Record<Role, readonly Grant[]>> = {
  admin: [
    {
      kinds: 'all',
      acts: ['read', 'export', 'comment'],
      when: ['always'],
      why: 'Whoever looks after the system helps others in it, and writes nothing that its line stands on.',
    },
    {
      kinds: 'all',
      acts: ['erase'],
      when: ['always'],
      why: 'What the law wants erased is erased by somebody who did not write it, while there is another administrator.',
    },
    {
      kinds: ['concern'],
      acts: ['archive'],
      when: ['owner'],
      why: 'What its handler hands over to be erased is put away first.',
    },
  ],
  'aims-manager': [
    {
      kinds: 'all',
      acts: ['read', ...working, 'approve'],
      when: ['always'],
      why: 'Somebody answers for the whole management system and keeps it going (5.3); they approve nothing that they wrote.',
    },
  ],
  'top-management': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'], why: everything },
    {
      kinds: decidedAbove,
      acts: ['approve'],
      when: ['always'],
      why: 'Policy, assessments, risks and releases are decided by those who answer for the organisation (5.1).',
    },
    {
      kinds: ['gate', 'verification'],
      acts: ['transition'],
      when: ['always'],
      why: 'Whoever decides on a gate or gives the verdict of a verification also takes that step, and nobody else in their name (A.6.2.4, A.6.2.5).',
    },
    {
      kinds: ['task'],
      acts: ['create', 'edit', 'transition'],
      when: ['always'],
      why: 'A review ends in actions that somebody is asked for (9.3.3).',
    },
    raising,
    handling,
  ],
  'system-owner': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'], why: everything },
    {
      kinds: 'all',
      acts: ['edit', 'transition', 'archive'],
      when: ['owner', 'assignee'],
      why: 'What somebody owns or was asked to do, they keep.',
    },
    {
      kinds: 'all',
      acts: ['create'],
      when: ['ownerOfSystem'],
      why: 'Whoever answers for a system keeps what is recorded of it, and nothing of the systems of others.',
    },
    {
      kinds: 'all',
      except: judgingKinds,
      acts: ['edit', 'transition', 'archive'],
      when: ['ownerOfSystem'],
      why: 'They ask for audits and tests of it too; what those say is not theirs to write (9.2.2).',
    },
    {
      kinds: ['evidence', 'incident', 'task', 'system', 'use-case'],
      acts: ['create'],
      when: ['always'],
      why: 'Whoever sees something puts it in, as contributors do.',
    },
    {
      kinds: ['model', 'dataset', 'resource', 'supplier'],
      acts: ['create'],
      when: ['owner'],
      why: 'What several systems use is put in by whoever then answers for it.',
    },
    // The default table of authority lets the owner of a system approve its uses and releases at the lower levels.
    {
      kinds: [
        'use-case',
        'gate',
        'requirement-spec',
        'design-record',
        'verification',
        'system-card',
        'log-plan',
      ],
      acts: ['approve'],
      when: ['ownerOfSystem'],
      why: 'Uses and releases at the lower levels are for whoever answers for the system, within the table of authority.',
    },
    raising,
    handling,
  ],
  'risk-owner': [
    { kinds: 'all', acts: ['read', 'export', 'comment'], when: ['always'], why: everything },
    {
      kinds: ['risk', 'risk-assessment', 'treatment', 'task'],
      acts: ['create', 'edit', 'transition'],
      when: ['always'],
      why: 'Risks are found and treated across systems (6.1.2, 6.1.3).',
    },
    {
      kinds: ['treatment', 'risk'],
      acts: ['approve'],
      when: ['owner'],
      why: 'The owner of a risk approves its treatment and accepts what stays of it (6.1.3).',
    },
    raising,
    handling,
  ],
  contributor: [
    { kinds: 'all', acts: ['read', 'comment', 'export'], when: ['always'], why: everything },
    {
      kinds: ['evidence', 'incident', 'task', 'system', 'use-case'],
      acts: ['create'],
      when: ['always'],
      why: 'Whoever sees something puts it in: a system that nobody registered, an incident, a proof.',
    },
    {
      kinds: 'all',
      acts: ['edit', 'transition'],
      when: ['owner', 'assignee'],
      why: 'What somebody owns or was asked to do, they write.',
    },
    raising,
    handling,
  ],
  'internal-auditor': [
    { kinds: 'all', acts: ['read', 'comment', 'export'], when: ['always'], why: everything },
    {
      kinds: assuranceKinds,
      acts: ['create', 'edit', 'transition', 'archive'],
      when: ['always'],
      why: 'Audits and what they find are the auditor’s own (9.2); what is audited they leave to others.',
    },
    // Effect is judged by somebody else than the doer (10.2), which is often the auditor.
    {
      kinds: ['corrective-action'],
      acts: ['edit', 'transition'],
      when: ['always'],
      why: 'Whether an action worked is judged by somebody else than its doer (10.2), often the auditor.',
    },
    {
      kinds: ['evidence'],
      acts: ['create'],
      when: ['always'],
      why: 'What an auditor saw is kept as evidence (9.2.2).',
    },
    raising,
    handling,
  ],
  'external-auditor': [
    {
      kinds: 'all',
      acts: ['read', 'export'],
      when: ['auditScope'],
      why: 'A certification body reads what it was given to audit, until a day, and writes nothing.',
    },
  ],
  reader: [
    {
      kinds: 'all',
      acts: ['read', 'export'],
      when: ['always'],
      why: 'Some need to know and have no part in the work.',
    },
  ],
};

export const organisationGrants: Readonly<Record<OrganisationAct, readonly Role[]>> = {
  members: ['admin'],
  tokens: ['admin'],
  settings: ['admin', 'aims-manager'],
  log: [...roles],
  jobs: ['admin', 'aims-manager'],
};
