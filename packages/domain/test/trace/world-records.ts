/** The records of the good world, by the part of the line that they serve. */
import type { Json } from '../../src/json.ts';
import type { TraceRecord } from '../../src/trace/inputs.ts';
import { comparedBut } from '../risk/compared.ts';
import { approved, catalogue, record } from './kit.ts';

export const home = { system: ['sys-1'] };

export function role(
  id: string,
  name: string,
  person: string,
  fields: Record<string, Json> = {},
): TraceRecord {
  return record('role-assignment', id, {
    state: 'accepted',
    fields: { role: name, person, acceptedOn: '2026-01-10', ...fields },
    links: home,
  });
}

function skill(id: string, name: string, person: string): TraceRecord {
  return record('competence', id, {
    state: 'current',
    title: 'AI basics',
    fields: { role: name, person, levelNeeded: 'basic', levelShown: 'practised', validUntil: '2027-06-30' },
  });
}

const policyFields = {
  type: 'ai-policy',
  covers: ['MD-02'],
  fitForPurpose: 'yes',
  framesObjectives: 'yes',
  commitsToRequirements: 'yes',
  commitsToImprovement: 'yes',
  namesImpactProcess: 'yes',
  handlesExceptions: 'yes',
  reach: 'whole-organisation',
  communicatedInside: 'yes',
  availableOutside: 'yes',
  overlaps: [{ policy: 'Security policy', alignment: 'aligned' }],
};

/** Two steps by two, one matrix for all three: the smallest that can rate. */
export const criteriaFields = {
  validFrom: '2026-01-01',
  likelihoods: [{ step: 'Seldom' }, { step: 'Often' }],
  consequences: [{ step: 'Mild' }, { step: 'Hard' }],
  matrix: [
    { likelihood: 'Seldom', consequence: 'Mild', level: 'low' },
    { likelihood: 'Seldom', consequence: 'Hard', level: 'moderate' },
    { likelihood: 'Often', consequence: 'Mild', level: 'moderate' },
    { likelihood: 'Often', consequence: 'Hard', level: 'high' },
  ],
  thresholds: [{ level: 'moderate' }],
};

export const organisationRecords = (): TraceRecord[] => [
  record('document', 'doc-scope', {
    ...approved,
    state: 'kept-up',
    fields: { type: 'scope-statement', covers: ['MD-01'], reach: 'whole-organisation' },
  }),
  record('document', 'doc-policy', { ...approved, state: 'kept-up', fields: policyFields }),
  record('document', 'doc-plan', {
    ...approved,
    state: 'kept-up',
    fields: { type: 'incident-communication-plan', covers: ['SD-11'] },
  }),
  record('risk-criteria', 'rcr-1', { ...approved, state: 'kept-up', fields: criteriaFields }),
  skill('cmp-1', 'system-owner', 'ann'),
  skill('cmp-2', 'data-steward', 'ben'),
  skill('cmp-3', 'human-overseer', 'ben'),
  skill('cmp-4', 'impact-assessment-lead', 'ben'),
  skill('cmp-5', 'procurement-lead', 'ben'),
  record('supplier', 'sup-1', {
    state: 'in-use',
    fields: {
      firstUsedOn: '2026-02-01',
      diligenceOn: '2026-01-15',
      diligenceResult: 'suitable',
      changeNotice: 'yes',
      logAccess: 'yes',
      correctionRight: 'not-applicable',
      reviewedOn: '2026-06-01',
    },
  }),
  record('control', 'ctl-1', {
    state: 'adopted',
    owner: 'cid',
    fields: { item: 'A.6.2.6', implementedAt: 'system' },
  }),
  record('control', 'ctl-2', {
    state: 'adopted',
    owner: 'cid',
    fields: { item: 'A.2.2', implementedAt: 'organisation' },
  }),
  record('applicability', 'apl-1', {
    ...approved,
    state: 'kept-up',
    fields: { decision: 'applicable', reasons: ['treatment'] },
    links: { control: ['ctl-1'] },
  }),
  record('applicability', 'apl-2', {
    ...approved,
    state: 'kept-up',
    fields: { decision: 'applicable', reasons: ['house-rule'] },
    links: { control: ['ctl-2'] },
  }),
  record('implementation', 'imp-org', { state: 'in-place', links: { control: ['ctl-2'] } }),
];

export const supplyRecords = (): TraceRecord[] => [
  record('model', 'mdl-1', { state: 'in-use', links: { suppliedBy: ['sup-1'] } }),
  record('dataset', 'dat-1', {
    state: 'in-use',
    fields: {
      provenance: [{ step: 'Collected' }],
      rights: 'Licence',
      qualityResults: [{ measure: 'Completeness', met: 'yes' }],
    },
  }),
  record('resource', 'res-tool', { state: 'in-use', fields: { type: 'tool' } }),
  record('resource', 'res-computing', { state: 'in-use', fields: { type: 'computing' } }),
  record('resource', 'res-people', { state: 'in-use', fields: { type: 'people' } }),
  record('responsibility', 'rsp-1', {
    state: 'in-force',
    fields: {
      inWriting: 'yes',
      informationAndAccess: 'yes',
      stages: ['operation-monitoring'],
      validFrom: '2026-01-01',
      validTo: '2027-12-31',
    },
    links: { ...home, supplier: ['sup-1'] },
  }),
  record('system-version', 'ver-1', {
    state: 'live',
    broughtIn: true,
    fields: { liveFrom: '2026-02-01' },
    links: home,
  }),
  record('gate', 'gat-1', {
    ...approved,
    broughtIn: true,
    state: 'passed',
    fields: {
      type: 'deployment-approval',
      requestedBy: 'ben',
      decidedBy: 'boss',
      decidedOn: '2026-01-30',
      criteria: [{ criterion: 'Tested', answer: 'yes' }],
    },
    links: { ...home, version: ['ver-1'] },
  }),
];

/** What the live version was built and tested by, what is said of it, and how it is logged. */
export const buildRecords = (): TraceRecord[] => [
  record('requirement-spec', 'req-1', { ...approved, state: 'kept-up', links: home }),
  record('verification', 'vfy-1', {
    ...approved,
    state: 'concluded',
    fields: {
      measures: [{ measure: 'Accuracy', comparison: 'at-least', limit: 90 }],
      thresholdsSetOn: '2026-01-05',
      results: [{ measure: 'Accuracy', value: 93 }],
      verdict: 'passed',
      decidedBy: 'boss',
      decidedOn: '2026-01-25',
    },
    links: { ...home, version: ['ver-1'] },
  }),
  record('system-card', 'crd-1', {
    ...approved,
    state: 'kept-up',
    links: { ...home, version: ['ver-1'] },
  }),
  record('log-plan', 'lgp-1', {
    ...approved,
    state: 'kept-up',
    fields: {
      heldBy: 'organisation',
      retentionMonths: 12,
      checkedOn: '2026-10-01',
      nextCheck: '2027-10-01',
    },
    links: home,
  }),
];

export const useCaseRecords = (): TraceRecord[] => [
  record('use-case', 'uc-1', {
    ...approved,
    state: 'in-use',
    owner: 'ann',
    fields: {
      purpose: 'Sort claims',
      context: 'Claims office',
      users: 'Handlers',
      affectedPersons: 'Claimants',
      foreseeableMisuse: 'Used to refuse',
      prohibitedUses: 'Refusing',
      autonomy: 'recommendation',
      organisationRoles: ['customer'],
      lawRoles: ['deployer'],
      sourcing: 'bought',
      inputDataRelevant: 'yes',
      inputDataCheckedOn: '2026-05-01',
      instructionsFollowed: 'yes',
      instructionMeasures: 'Training',
      liveSince: '2026-02-01',
      reviewedOn: '2026-06-01',
    },
    links: home,
  }),
  record('classification', 'cla-1', {
    ...approved,
    state: 'final',
    owner: 'ann',
    fields: {
      scheme: 'eu-ai-act',
      outcomes: ['minimal'],
      ruleVersion: catalogue.euAiAct.meta.rule_set_version,
      classifiedOn: '2026-03-01',
      validatedOn: '2026-09-01',
    },
    links: { useCase: ['uc-1'] },
  }),
  record('classification', 'cla-2', {
    ...approved,
    state: 'final',
    owner: 'ann',
    fields: { scheme: 'own-tier', tier: 'moderate', classifiedOn: '2026-03-01', validatedOn: '2026-09-01' },
    links: { useCase: ['uc-1'] },
  }),
];

export const effects: Record<string, Json>[] = [
  {
    number: 1,
    level: 'individuals',
    polarity: 'harmful',
    severity: 'serious',
    effect: 'Late help',
    answer: 'risk',
  },
  { number: 2, level: 'groups', polarity: 'none', reason: 'No group is sorted apart' },
  { number: 3, level: 'society', polarity: 'beneficial', severity: 'minor' },
];

export const riskRecords = (): TraceRecord[] => [
  record('impact-assessment', 'ia-1', {
    ...approved,
    state: 'completed',
    fields: {
      assessedOn: '2026-03-10',
      misuse: 'Looked at',
      proposedChange: 'Queue by age as well',
      changeEffectiveOn: '2026-09-01',
      effects,
      consulted: 'yes',
      dpia: 'done',
      fria: 'not-due',
      friaReason: 'No public service',
      retention: 'Three years',
    },
    links: { ...home, covers: ['uc-1'], method: ['doc-plan'] },
  }),
  record('risk', 'rsk-1', {
    ...approved,
    state: 'borne',
    owner: 'cid',
    fields: {
      currentOrganisation: 'moderate',
      currentIndividuals: 'high',
      currentSociety: 'low',
      currentLevel: 'high',
      targetLevel: 'moderate',
      residualLevel: 'moderate',
      rated: [
        { point: 'current', bearer: 'organisation', likelihood: 'Seldom', consequence: 'Hard' },
        { point: 'current', bearer: 'individuals', likelihood: 'Often', consequence: 'Hard' },
      ],
      criteriaVersion: 'RCR-1 v1',
      assessedOn: '2026-03-12',
      carriedEffects: ['1'],
      protects: ['health', 'safety', 'fundamental-rights'],
      acceptanceUntil: '2027-03-31',
    },
    links: { ...home, carries: ['ia-1'] },
  }),
  record('risk-assessment', 'rra-1', {
    state: 'done',
    owner: 'ben',
    fields: { heldOn: '2026-03-12', result: 'One risk.' },
    links: { ...home, method: ['doc-plan'], risks: ['rsk-1'], criteria: ['rcr-1'] },
  }),
  record('treatment', 'trt-1', {
    ...approved,
    state: 'done',
    fields: {
      actions: [{ action: 'Second reading', owner: 'cid', due: '2026-03-31', doneOn: '2026-03-30' }],
      compared: comparedBut('A.6.2.6'),
    },
    links: { ...home, risks: ['rsk-1'], controls: ['ctl-1'] },
  }),
  record('implementation', 'imp-1', {
    state: 'in-place',
    owner: 'ann',
    fields: { owner: 'ann', howItWorks: 'Weekly look', occurrences: 'monthly', inPlaceSince: '2026-08-01' },
    links: { ...home, control: ['ctl-1'] },
  }),
];

export const proofRecords = (): TraceRecord[] => [
  ...['2026-09', '2026-10', '2026-11'].map((month) =>
    record('evidence', `evd-${month}`, {
      state: 'kept',
      fields: {
        type: 'report',
        origin: 'Log',
        pointer: 'https://logs.example.org/claims',
        digest: 'abc',
        periodFrom: `${month}-01`,
        periodTo: `${month}-15`,
        integrity: 'matches',
        keepUntil: '2029-12-31',
      },
      links: { ...home, implementation: ['imp-1'] },
    }),
  ),
  record('control-test', 'tst-1', {
    state: 'concluded',
    fields: { conclusion: 'effective', tester: 'ben', testedOn: '2026-10-01' },
    links: { ...home, control: ['ctl-1'], implementation: ['imp-1'] },
  }),
  record('notice', 'not-1', {
    state: 'in-force',
    fields: {
      audience: ['users', 'affected-persons', 'workers'],
      moment: 'before-use',
      givenSince: '2026-01-31',
      delivery: 'Intranet receipt',
      reportRoute: 'Mail',
      contestRoute: 'Phone',
      triedOnReaders: 'yes',
      accessible: 'yes',
    },
    links: { ...home, version: ['ver-1'] },
  }),
  record('monitor', 'mon-1', {
    state: 'running',
    owner: 'ben',
    fields: { rhythm: 'monthly', evaluator: 'ben', lastEvaluatedOn: '2026-11-10' },
    links: home,
  }),
  record('walk', 'wlk-1', {
    state: 'concluded',
    fields: { independence: 'independent', conclusion: 'Shown', walkedOn: '2026-08-01' },
    links: home,
  }),
  record('nonconformity', 'ncr-1', {
    state: 'closed',
    owner: 'ann',
    fields: {
      grade: 'minor',
      detectedOn: '2026-04-01',
      correction: 'Undone',
      consequences: 'None left',
      correctionDoneOn: '2026-04-05',
      rootCause: 'No check',
      similarCases: 'None',
      causeFoundOn: '2026-04-20',
      actionDoneOn: '2026-05-20',
      effectivenessCriteria: 'None in a month',
      operationSeen: 'A month',
      effectivenessVerdict: 'effective',
      verifier: 'cid',
      checkedOn: '2026-07-20',
      closedOn: '2026-07-20',
    },
    links: home,
  }),
];
