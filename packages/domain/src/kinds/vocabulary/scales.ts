/** Scales that several registers share. Order is meaning: the last option is the strongest. */
import { options } from '../vocabulary.ts';

/** Levels of risk and of authority, lowest first (6.1.2; the table of authority speaks the same words). */
export const levels = options({ low: 'Low', moderate: 'Moderate', high: 'High', severe: 'Severe' });

export const likelihoods = options({
  rare: 'Rare',
  unlikely: 'Unlikely',
  possible: 'Possible',
  likely: 'Likely',
  'almost-certain': 'Almost certain',
});

/** How bad an effect is for those who bear it. */
export const severities = options({
  negligible: 'Negligible',
  minor: 'Minor',
  moderate: 'Moderate',
  serious: 'Serious',
  severe: 'Severe',
});

export const reversibilities = options({
  reversible: 'Can be undone',
  'partly-reversible': 'Can be undone in part',
  irreversible: 'Cannot be undone',
});

export const reaches = options({
  'one-person': 'One person',
  group: 'One group',
  'many-groups': 'Many groups',
  society: 'Society',
});

/** Grades that count as a nonconformity, worst first (10.2). */
export const nonconformityGrades = options({ major: 'Major', minor: 'Minor' });

/** Grades of a finding: an opportunity never counts as a nonconformity. */
export const findingGrades = options({
  major: 'Major nonconformity',
  minor: 'Minor nonconformity',
  opportunity: 'Opportunity for improvement',
});

export const sensitivities = options({
  public: 'Public',
  internal: 'Internal',
  confidential: 'Confidential',
  restricted: 'Restricted',
});

/** How often something is expected to happen. */
export const rhythms = options({
  continuous: 'Continuous',
  daily: 'Daily',
  weekly: 'Weekly',
  monthly: 'Monthly',
  quarterly: 'Quarterly',
  'half-yearly': 'Half-yearly',
  yearly: 'Yearly',
  'per-release': 'With every release',
  'per-event': 'Whenever the case arises',
});

/** What a check of effect concluded; only `effective` lets a case close (10.2). */
export const effects = options({
  effective: 'Effective',
  partly: 'Partly effective',
  'not-effective': 'Not effective',
});
