/**
 * Closed word lists that code names directly: declarations of kinds, rules and tables are written against these ids,
 * so a misspelt one is a type error. The same lists stand in the data with their names and meanings; a test keeps
 * both equal. No I/O here: the domain may import this file.
 */

/** Stations of a system's line, in their order (stations.yaml). */
export const stationIds = [
  'scope',
  'policy',
  'ownership',
  'use-cases',
  'supply',
  'classification',
  'impact',
  'risk',
  'controls',
  'release',
  'information',
  'operation',
  'evidence',
  'assurance',
  'correction',
] as const;
export type StationId = (typeof stationIds)[number];

/** What a station or a leaf clause can be found to be (stations.yaml > meta > verdicts). */
export const verdicts = [
  'holds',
  'gap',
  'accepted',
  'unverifiable',
  'not-applicable',
  'not-started',
] as const;
export type Verdict = (typeof verdicts)[number];

/** Where a requirement comes from (domain-model.yaml > requirement_sources). */
export const requirementSources = ['standard', 'law', 'contract', 'house', 'advice'] as const;
export type RequirementSource = (typeof requirementSources)[number];

/** Typical grade of a gap. */
export const weights = ['major', 'minor', 'opportunity'] as const;
export type Weight = (typeof weights)[number];

/** Where proof of a clause or control hangs. */
export const scopes = ['organisation', 'system', 'both'] as const;
export type Scope = (typeof scopes)[number];

/** How far a clause or control asks for writing. */
export const documentedDegrees = ['required', 'expected', 'none'] as const;
export type DocumentedDegree = (typeof documentedDegrees)[number];

/** Life-cycle stages, in their order (ISO/IEC 22989 names; domain-model.yaml > life_cycle_stages). */
export const lifeCycleStages = [
  'inception',
  'design_development',
  'verification_validation',
  'deployment',
  'operation_monitoring',
  'continuous_validation',
  're_evaluation',
  'retirement',
] as const;
export type LifeCycleStage = (typeof lifeCycleStages)[number];

/** Decisions that stand at the end of a stage (domain-model.yaml > life_cycle_stages > gate). */
export const gateTypes = [
  'use_case_approval',
  'design_review',
  'evaluation_verdict',
  'deployment_approval',
  'continuation_decision',
  'decommission_approval',
] as const;
export type GateType = (typeof gateTypes)[number];

/** Autonomy in words, lowest first (domain-model.yaml > autonomy_levels). */
export const autonomyLevels = ['perception', 'recommendation', 'decision', 'action'] as const;
export type AutonomyLevel = (typeof autonomyLevels)[number];

/** Levels of the authority table, lowest first (domain-model.yaml > authority). */
export const authorityLevels = ['low', 'moderate', 'high', 'severe'] as const;
export type AuthorityLevel = (typeof authorityLevels)[number];

/** What authority may be held over (domain-model.yaml > authority > dimensions). */
export const authorityDimensions = [
  'residual_risk',
  'interim_risk',
  'use_case',
  'release',
  'waiver',
  'autonomy',
  'stop',
  'external_statement',
] as const;
export type AuthorityDimension = (typeof authorityDimensions)[number];

/** Roles an organisation holds towards a system, in ISO terms (domain-model.yaml > organisation_roles; 4.1). */
export const organisationRoles = [
  'provider',
  'producer',
  'customer',
  'partner',
  'subject',
  'authority',
] as const;
export type OrganisationRole = (typeof organisationRoles)[number];

/** Roles people hold inside the AIMS (domain-model.yaml > internal_roles; 5.3). */
export const internalRoles = [
  'top_management',
  'aims_manager',
  'governance_committee',
  'ai_risk_manager',
  'risk_owner',
  'impact_assessment_lead',
  'system_owner',
  'product_owner',
  'engineering_lead',
  'data_steward',
  'human_overseer',
  'incident_manager',
  'compliance_officer',
  'dpo',
  'security_officer',
  'procurement_lead',
  'people_lead',
  'internal_auditor',
] as const;
export type InternalRole = (typeof internalRoles)[number];

/** Ways to treat a risk (domain-model.yaml > risk_treatment_options). */
export const treatmentOptions = [
  'avoid',
  'remove_source',
  'reduce_likelihood',
  'reduce_consequence',
  'share',
  'retain',
  'take_for_opportunity',
] as const;
export type TreatmentOption = (typeof treatmentOptions)[number];

/** Strength of a relation between two frameworks (crosswalk.yaml > meta > relations). */
export const crosswalkRelations = ['equal', 'subset', 'superset', 'intersects', 'related'] as const;
export type CrosswalkRelation = (typeof crosswalkRelations)[number];

/** Functions of the NIST AI RMF, in their order. */
export const nistFunctions = ['GOVERN', 'MAP', 'MEASURE', 'MANAGE'] as const;
export type NistFunction = (typeof nistFunctions)[number];
