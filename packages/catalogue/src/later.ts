/**
 * Where each kind of record of product-records.yaml lives: a kind declared in the domain, a table of its own, or
 * not yet, with the reason. Every id stands in exactly one of the three lists (tested), so that a rule can never
 * point to a record that nobody can make without this file saying so.
 */

/** Kinds that the domain declares and that its parties alone read: nothing points to a record of one. */
export const sealedKinds = ['concern', 'working-paper'] as const;

/** Kinds that anything may point to. */
export const openKinds = [
  'system',
  'use-case',
  'system-version',
  'model',
  'dataset',
  'resource',
  'supplier',
  'responsibility',
  'role-assignment',
  'competence',
  'obligation',
  'document',
  'control',
  'applicability',
  'implementation',
  'control-test',
  'risk-criteria',
  'risk-assessment',
  'risk',
  'treatment',
  'impact-assessment',
  'classification-scheme',
  'classification',
  'gate',
  'monitor',
  'notice',
  'evidence',
  'incident',
  'audit',
  'finding',
  'nonconformity',
  'corrective-action',
  'mapping',
  'gap-analysis',
  'task',
  'walk',
  'waiver',
  'requirement-spec',
  'design-record',
  'verification',
  'system-card',
  'log-plan',
  'regulatory-file',
] as const;

/** Kinds that the domain declares. */
export const declaredKinds = [...openKinds, ...sealedKinds] as const;
export type DeclaredKind = (typeof declaredKinds)[number];

/** Ids that are no records: the table that holds them. */
export const tables = {
  'log-entry': 'entry',
  'authority-limit': 'authority',
} as const;

/** Ids that nothing holds yet, and why. */
export const later = {
  'context-issue': 'comes with the context of the organisation (4.1)',
  'interested-party': 'comes with the context of the organisation (4.2)',
  process: 'comes with the map of AIMS processes (4.4)',
  committee: 'comes with governance bodies and their meetings; members and roles exist',
  decision: 'comes with governance bodies; approvals of records exist as facts of their own',
  objective: 'comes with AI objectives and their measures (6.2)',
  communication: 'comes with the communication plan (7.4); notices exist',
  training: 'comes with literacy and training measures (7.2, 7.3); competence exists',
  awareness: 'comes with acknowledgements of the policy (7.3)',
  intake: 'comes with requests to introduce or change AI (A.9.2)',
  customer: 'comes with commitments to customers (A.10.4)',
  opportunity: 'comes with the risk method (6.1.1)',
  acceptance: 'comes with acceptance within authority (6.1.3, 8.3); approvals already know the act accept',
  'change-request': 'comes with change control (6.3, 8.1); significant edits are in the history',
  measurement: 'comes with telemetry, in a table of its own (9.1); monitors exist',
  boundary: 'comes with boundaries of autonomy (A.9.3, A.9.4)',
  'oversight-decision': 'comes with approvals of AI actions, in a table of its own (A.9.3)',
  'review-request': 'comes with objections and requests for explanation (A.8.3)',
  'authority-report': 'comes with legal time limits for reports (A.8.5); incidents exist',
  attestation: 'comes with periodic confirmations by owners (A.3.2)',
  reconciliation: 'comes with comparisons against outside populations (9.1, A.4.2)',
  'audit-programme': 'comes with the audit programme and its coverage (9.2.2); audits exist',
  'certification-audit': 'comes with audits by outside bodies (9.3.2)',
  'management-review': 'comes with the management review and its frozen inputs (9.3)',
  improvement: 'comes with improvement items (10.1); opportunities from audits stay findings',
} as const;

export type RecordHome =
  | { readonly home: 'kind' }
  | { readonly home: 'table'; readonly table: string }
  | { readonly home: 'later'; readonly because: string };

const homes = new Map<string, RecordHome>([
  ...declaredKinds.map((id): [string, RecordHome] => [id, { home: 'kind' }]),
  ...Object.entries(tables).map(([id, table]): [string, RecordHome] => [id, { home: 'table', table }]),
  ...Object.entries(later).map(([id, because]): [string, RecordHome] => [id, { home: 'later', because }]),
]);

/** Where records of a kind live; undefined for an id that is none of product-records.yaml. */
export const homeOf = (kind: string): RecordHome | undefined => homes.get(kind);
