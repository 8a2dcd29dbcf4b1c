/** What an impact assessment asks about: people and groups (A.5.4), societies (A.5.5), and the law's own questions. */
import { options } from '../vocabulary.ts';

const individuals = {
  fairness: 'Fairness',
  accountability: 'Accountability',
  'transparency-explainability': 'Transparency and explainability',
  'security-privacy': 'Security and privacy',
  'safety-health': 'Safety and health of persons',
  financial: 'Financial consequences',
  accessibility: 'Accessibility',
  'human-rights': 'Human rights',
};

const societal = {
  environment: 'Environmental sustainability',
  economy: 'Economic effects',
  government: 'Government and institutions',
  'public-health-safety': 'Health and safety of the public',
  culture: 'Norms, traditions, culture and values',
};

export const individualDimensions = options(individuals);
export const societalDimensions = options(societal);
export const impactDimensions = options({ ...individuals, ...societal });

/** Who bears an effect. A complete assessment judges all three (6.1.4). */
export const impactLevels = options({
  individuals: 'Individuals',
  groups: 'Groups',
  society: 'Society',
});

export const polarities = options({ harmful: 'Harmful', beneficial: 'Beneficial', none: 'No effect' });

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

/** Where an effect went: nothing found may simply end (6.1.4 feeds 6.1.2). */
export const effectAnswers = options({
  risk: 'Carried into a risk',
  'no-risk': 'No risk, because',
});
