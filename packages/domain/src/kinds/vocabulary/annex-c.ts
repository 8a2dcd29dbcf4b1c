/** Objectives and risk sources of ISO/IEC 42001 Annex C by name, and the ways to treat a risk (ISO 31000 words). */
import { options } from '../vocabulary.ts';

export const objectiveOptions = options({
  accountability: 'Accountability',
  'ai-expertise': 'AI expertise',
  'data-quality': 'Availability and quality of training and test data',
  'environmental-impact': 'Environmental impact',
  fairness: 'Fairness',
  maintainability: 'Maintainability',
  privacy: 'Privacy',
  robustness: 'Robustness',
  safety: 'Safety',
  security: 'Security',
  transparency: 'Transparency and explainability',
});

export const riskSourceOptions = options({
  'environment-complexity': 'Complexity of environment',
  opacity: 'Lack of transparency and explainability',
  'automation-level': 'Level of automation',
  'ml-specific': 'Risk sources related to machine learning',
  hardware: 'System hardware issues',
  'life-cycle': 'System life cycle issues',
  'technology-readiness': 'Technology readiness',
});

export const treatmentOptionChoices = options({
  avoid: 'Avoid the activity',
  'remove-source': 'Remove the source',
  'reduce-likelihood': 'Reduce the likelihood',
  'reduce-consequence': 'Reduce the consequence',
  share: 'Share with another party',
  retain: 'Retain by informed decision',
  'take-for-opportunity': 'Take for an opportunity',
});
