/** Schemes and outcomes of classification. Outcomes are those of Regulation (EU) 2024/1689 by article. */
import { options } from '../vocabulary.ts';

export const classificationSchemes = options({
  'eu-ai-act': 'EU AI Act',
  'own-tier': 'Own tier',
  other: 'Another scheme',
});

/** Whoever gives a class that does not come about here. */
export const classGivers = options({
  supplier: 'Supplier',
  regulator: 'Regulator or authority',
  group: 'Group or parent',
  customer: 'Customer',
  other: 'Another party',
});

/**
 * There is no outcome that an empty form could reach: `minimal` is the answer of complete facts, and a scheme
 * nobody answered stays `undetermined`.
 */
export const lawOutcomes = options({
  undetermined: 'Undetermined, answers are missing',
  'not-ai-system': 'Not an AI system',
  'out-of-scope': 'Outside the Regulation',
  'scope-reduced-foss': 'Open-source exclusion applies unless another class is set',
  prohibited: 'Prohibited practice',
  'prohibited-soon': 'Prohibited from a later date',
  'high-risk-annex-i-a': 'High-risk, Annex I Section A product',
  'high-risk-annex-i-b': 'High-risk, Annex I Section B product',
  'high-risk-annex-iii': 'High-risk, Annex III',
  'annex-iii-derogated': 'Annex III use, not high-risk under Art. 6(3)',
  'legacy-high-risk': 'High-risk, placed before the applicable date',
  't-interaction': 'Transparency 50(1)',
  't-marking': 'Transparency 50(2)',
  't-marking-transition': 'Transparency 50(2), in transition',
  't-emotion': 'Transparency 50(3)',
  't-deepfake': 'Transparency 50(4), deep fakes',
  't-deepfake-artistic': 'Transparency 50(4), reduced for artistic work',
  't-public-text': 'Transparency 50(4), published text',
  gpai: 'General-purpose model',
  'gpai-systemic': 'General-purpose model with systemic risk',
  'becomes-provider': 'Organisation becomes provider (Art. 25)',
  'fria-required': 'Fundamental rights impact assessment case (Art. 27)',
  minimal: 'No specific class',
});

/** Where a requirement comes from; advice can never be missed as a requirement. */
export const requirementSourceOptions = options({
  standard: 'Standard',
  law: 'Law',
  contract: 'Contract',
  house: 'House rule',
  advice: 'Advice',
});

/** The same without advice: what a nonconformity may name. */
export const bindingSourceOptions = requirementSourceOptions.filter((option) => option.id !== 'advice');

/** What a serious incident is (Regulation (EU) 2024/1689, Art. 3(49)). */
export const seriousIncidentCriteria = options({
  'death-or-health': 'Death, or serious harm to health',
  'critical-infrastructure': 'Serious disruption of critical infrastructure that cannot be undone',
  'fundamental-rights': 'Breach of duties that protect fundamental rights',
  'property-or-environment': 'Serious harm to property or the environment',
  none: 'None of these',
});

/** Laws that may lie over a system, so that scope and classification name them instead of assuming them (4.1, 4.3). */
export const overlayOptions = options({
  'eu-ai-act': 'EU AI Act',
  'data-protection': 'Data protection law',
  'financial-services': 'Financial services law',
  'medical-devices': 'Medical device law',
  'product-safety': 'Product safety law',
  employment: 'Employment law',
  'equal-treatment': 'Equal treatment law',
  'public-sector': 'Law of the public sector',
  other: 'Other law',
});
