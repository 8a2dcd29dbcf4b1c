import type { Condition, OrganisationAct, Role } from './role-grants.ts';

/** What each role is for, in a sentence that is said to a person. */
export const rolePurposes: Readonly<Record<Role, string>> = {
  admin: 'Looks after the installation: people, sign-in, tokens and settings.',
  'aims-manager': 'Runs the management system from day to day.',
  'top-management': 'Sets the policy, gives authority, and decides what others may not.',
  'system-owner': 'Answers for AI systems and for everything that belongs to them.',
  'risk-owner': 'Answers for risks and for what is done about them.',
  contributor: 'Works on what is theirs or was given to them.',
  'internal-auditor': 'Looks independently at whether the system does what it says.',
  'external-auditor': 'Audits for a certification body, until a day and within what was chosen.',
  reader: 'Reads everything that is not sealed.',
};

/** On which records a row of the table holds. */
export const conditionWords: Readonly<Record<Condition, string>> = {
  always: 'all',
  owner: 'those they own',
  ownerOfSystem: 'those of systems they own',
  assignee: 'those assigned to them',
  auditScope: 'those within the scope of their audit',
  party: 'those that name them',
};

/** What an act on the organisation itself reaches, and why those who have it do. */
export const organisationWords: Readonly<
  Record<OrganisationAct, { readonly what: string; readonly why: string }>
> = {
  members: {
    what: 'people, their roles, groups, deputies and invitations',
    why: 'Who is let in is decided in one place, and each step is logged.',
  },
  tokens: {
    what: 'API tokens and service accounts',
    why: 'Programs act without a person, so that whoever lets people in lets them in too.',
  },
  settings: {
    what: 'settings of the organisation and the table of authority',
    why: 'Rhythms and authority are part of running the management system (5.3).',
  },
  log: {
    what: 'reading the log and its proofs',
    why: 'What anybody did can be checked by everybody: entries hold ids and digests alone.',
  },
  jobs: {
    what: 'jobs of everybody',
    why: 'Imports and reports of others are looked after by those who keep the system going.',
  },
};

/** Roles inside a sentence of the server's own; pages have theirs in the catalogue of texts. */
const roleNames: Readonly<Record<Role, string>> = {
  admin: 'administrator',
  'aims-manager': 'AIMS manager',
  'top-management': 'top management',
  'system-owner': 'system owner',
  'risk-owner': 'risk owner',
  contributor: 'contributor',
  'internal-auditor': 'internal auditor',
  'external-auditor': 'external auditor',
  reader: 'reader',
};

/** "AIMS manager", "administrator or AIMS manager"; empty for nobody. */
export function rolesInWords(roles: readonly Role[]): string {
  const names = roles.map((role) => roleNames[role]);
  const last = names.pop();
  return names.length === 0 ? (last ?? '') : `${names.join(', ')} or ${last}`;
}
