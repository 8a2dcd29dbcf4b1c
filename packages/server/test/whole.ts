import { wholeFields } from '../../domain/test/impact/whole.ts';

/** What records say when they are whole enough to be approved: tests of approvals add it to what they are about. */

export const wholeUse = {
  purpose: 'Sort claims',
  context: 'Front office',
  users: 'Handlers',
  affectedPersons: 'Claimants',
  autonomy: 'recommendation',
} as const;

export const borneRisk = {
  residualOrganisation: 'low',
  residualIndividuals: 'low',
  residualSociety: 'low',
  acceptanceReason: 'Rare, and seen at once',
} as const;

/** A plan of one action, all but its owner and the risks it treats. */
export const wholePlan = {
  option: ['reduce-likelihood'],
  actions: [{ action: 'A second reader' }],
};

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
