/** What an impact assessment asks about: people and groups (A.5.4), societies (A.5.5), and the law's own questions. */
import type { Option } from '../fields.ts';
import { options } from '../vocabulary.ts';
import { likelihoods, reaches, reversibilities, severities } from './scales.ts';

/** A dimension with the question that opens it; tests hold both against the catalogue. */
const asked = (words: Readonly<Record<string, readonly [label: string, help: string]>>): Option[] =>
  Object.entries(words).map(([id, [label, help]]) => ({ id, label, help }));

export const individualDimensions = asked({
  fairness: ['Fairness', 'Who could be treated worse, and why?'],
  accountability: ['Accountability', 'Can someone be held to answer for the outcome?'],
  'transparency-explainability': [
    'Transparency and explainability',
    'Can people learn that and how AI was used on them?',
  ],
  'security-privacy': ['Security and privacy', 'Could personal data or access be abused or inferred?'],
  'safety-health': ['Safety and health of persons', 'Could body or mind be harmed?'],
  financial: ['Financial consequences', 'Could someone lose money, credit, work or benefits?'],
  accessibility: ['Accessibility', 'Are people with impairments shut out?'],
  'human-rights': ['Human rights', 'Which rights are touched and how strongly?'],
});
export const societalDimensions = asked({
  environment: ['Environmental sustainability', 'Resources, energy, emissions - more or less of them?'],
  economy: ['Economic effects', 'Jobs, access to finance, trade, taxation?'],
  government: [
    'Government and institutions',
    'Law-making, elections, justice, national security, political disinformation?',
  ],
  'public-health-safety': [
    'Health and safety of the public',
    'Access to care, diagnosis, bodily or mental harm at scale?',
  ],
  culture: [
    'Norms, traditions, culture and values',
    'Stereotypes, misinformation, erosion of shared values?',
  ],
});
export const impactDimensions: readonly Option[] = [...individualDimensions, ...societalDimensions];

/** The scales that a method puts into the organisation's own words, with the steps that each may have. */
export const impactScales = {
  severity: severities,
  likelihood: likelihoods,
  reversibility: reversibilities,
  reach: reaches,
};
export type ImpactScale = keyof typeof impactScales;
export const impactScaleOptions = options({
  severity: 'Severity',
  likelihood: 'Likelihood',
  reversibility: 'Reversibility',
  reach: 'Reach',
});
export const impactSteps: readonly Option[] = Object.values(impactScales).flat();

/** Who bears an effect. A complete assessment judges all three (6.1.4). */
export const impactLevels = options({
  individuals: 'Individuals',
  groups: 'Groups',
  society: 'Society',
});

/** Harm and benefit are asked apart: `none` answers both, where a dimension has no effect at all. */
export const polarities = options({
  harmful: 'Harmful',
  beneficial: 'Beneficial',
  'no-harm': 'No harm',
  'no-benefit': 'No benefit',
  none: 'Neither',
});

export const groupsNeedingCare = options({
  children: 'Children',
  'older-persons': 'Older persons',
  'persons-with-impairments': 'Persons with impairments',
  workers: 'Workers',
});

/** How another assessment that the law knows stands: linked, or not due because. */
export const otherAssessmentStates = options({
  done: 'Done',
  due: 'Due and not done',
  'not-due': 'Not due',
  'not-decided': 'Not decided yet',
});

/** Fields that are filled in from what is known elsewhere and stay to be confirmed one by one, by `confirm.ts`. */
export const confirmableParts = options({
  context: 'Context',
  'intended-use': 'Intended use',
  misuse: 'Foreseeable misuse',
  'affected-groups': 'Affected groups',
  jurisdictions: 'Jurisdictions',
  benefits: 'Benefits',
  dpia: 'Data protection assessment',
  fria: 'Fundamental rights assessment',
  'fria-processes': 'Processes in which it is used',
  'fria-oversight': 'Human oversight as carried out',
});

/** What an assessment concludes for the uses that it covers. */
export const continuations = options({
  'goes-on': 'It may go on as it is',
  'with-measures': 'It may go on with the measures named',
  'must-not': 'It must not go on',
});

/** Where an effect went: nothing found may simply end (6.1.4 feeds 6.1.2). */
export const effectAnswers = options({
  risk: 'Carried into a risk',
  'no-risk': 'No risk, because',
});
