import { wholeFields } from '../../domain/test/impact/whole.ts';

/** What records say when they are whole enough to be approved: tests of approvals add it to what they are about. */

export const wholeUse = {
  purpose: 'Sort claims',
  context: 'Front office',
  users: 'Handlers',
  affectedPersons: 'Claimants',
  autonomy: 'recommendation',
} as const;

/** A risk to be borne for good, all but its event and its owner. */
export const borneRisk = {
  currentOrganisation: 'low',
  currentIndividuals: 'low',
  currentSociety: 'low',
  residualOrganisation: 'low',
  residualIndividuals: 'low',
  residualSociety: 'low',
  acceptanceType: 'lasting',
  acceptanceReason: 'Rare, and seen at once',
} as const;

/** A plan of one action that a person answers for, as they do for the plan; all but the risks it treats. */
export const wholePlan = (person: string) => ({
  option: ['reduce-likelihood'],
  owner: person,
  actions: [{ action: 'A second reader', owner: person, due: '2199-01-31' }],
});

export const included = {
  decision: 'applicable',
  reasons: ['good-practice'],
  justification: 'Without it nobody would see what ran.',
};

/** Everything that an assessment says, but for what it covers; one person answers for all of it. */
export const wholeAssessment = (person: string) => ({
  ...wholeFields,
  owner: person,
  privacyOwner: person,
  securityOwner: person,
});

/** A policy with somewhere to read it. */
export const wholePolicy = { type: 'policy', location: 'https://files.example/policy' };
