/**
 * Closed word lists of risk, impact, change, audit and correction, kept equal to the data by a test like those of
 * `vocabulary.ts`. No I/O here.
 */

/** AI-related objectives (ISO/IEC 42001 Annex C; domain-model.yaml > objectives_annex_c). */
export const aiObjectives = [
  'accountability',
  'ai_expertise',
  'data_quality',
  'environmental_impact',
  'fairness',
  'maintainability',
  'privacy',
  'robustness',
  'safety',
  'security',
  'transparency',
] as const;
export type AiObjective = (typeof aiObjectives)[number];

/** Sources of risk (ISO/IEC 42001 Annex C; domain-model.yaml > risk_sources_annex_c). */
export const riskSources = [
  'environment_complexity',
  'opacity',
  'automation_level',
  'ml_specific',
  'hardware',
  'life_cycle',
  'technology_readiness',
] as const;
export type RiskSource = (typeof riskSources)[number];

/** What an assessment asks about individuals and groups (A.5.4). */
export const individualDimensions = [
  'fairness',
  'accountability',
  'transparency_explainability',
  'security_privacy',
  'safety_health',
  'financial',
  'accessibility',
  'human_rights',
] as const;
export type IndividualDimension = (typeof individualDimensions)[number];

/** What an assessment asks about society (A.5.5). */
export const societalDimensions = [
  'environment',
  'economy',
  'government',
  'public_health_safety',
  'culture',
] as const;
export type SocietalDimension = (typeof societalDimensions)[number];

/** Scales of an effect, mildest first (domain-model.yaml > impact_dimensions > scales_hint). */
export const impactSeverities = ['negligible', 'minor', 'moderate', 'serious', 'severe'] as const;
export type ImpactSeverity = (typeof impactSeverities)[number];
export const reversibilities = ['reversible', 'partly_reversible', 'irreversible'] as const;
export type Reversibility = (typeof reversibilities)[number];
export const reaches = ['one_person', 'group', 'many_groups', 'society'] as const;
export type Reach = (typeof reaches)[number];

/** Types of a significant change; each ages the evidence of the controls it touches (change_types). */
export const changeTypes = [
  'model_swap',
  'retraining',
  'new_data',
  'purpose',
  'autonomy',
  'people',
  'supplier_terms',
  'environment',
  'interface',
  'oversight',
  'jurisdiction',
] as const;
export type ChangeTypeId = (typeof changeTypes)[number];

/** How a sample is drawn (domain-model.yaml > sampling > methods). */
export const samplingMethods = ['random', 'stratified', 'all', 'judgement'] as const;
export type SamplingMethod = (typeof samplingMethods)[number];

/** States of a nonconformity (10.2; nonconformity.yaml > states). */
export const nonconformityStates = [
  'open',
  'corrected',
  'analysed',
  'action_planned',
  'action_running',
  'verifying',
  'closed',
  'rejected',
  'reopened',
] as const;
export type NonconformityState = (typeof nonconformityStates)[number];

/** Where a nonconformity came from (nonconformity.yaml > fields > source). */
export const nonconformityOrigins = [
  'internal_audit',
  'certification_body',
  'customer_audit',
  'authority',
  'walk',
  'control_test',
  'monitoring_breach',
  'incident',
  'concern',
  'reconciliation',
  'supplier',
  'management_review',
  'self_identified',
] as const;
export type NonconformityOrigin = (typeof nonconformityOrigins)[number];
