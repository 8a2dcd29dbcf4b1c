/**
 * The steps of every life cycle as they were agreed: name, from, to, what must be filled first, and what else must be so
 * (an approval of exactly this version, a guard, a person who may not take it). Where a step changes, this changes with
 * it, on purpose: records stand in these states, and auditors were told what each step asks for.
 */
export type AgreedStep = readonly [name: string, from: string, to: string, requires: string, also: string];
export type AgreedLifecycle = {
  readonly states: string;
  readonly live: string;
  readonly ended: string;
  readonly steps: readonly AgreedStep[];
};

export const agreedLifecycles: Readonly<Record<string, AgreedLifecycle>> = {
  system: {
    states:
      'inception design-development verification-validation deployment operation-monitoring continuous-validation re-evaluation retirement',
    live: 'operation-monitoring continuous-validation re-evaluation',
    ended: 'retirement',
    steps: [
      [
        'develop',
        'inception operation-monitoring continuous-validation re-evaluation verification-validation',
        'design-development',
        '',
        '',
      ],
      [
        'verify',
        'design-development operation-monitoring continuous-validation re-evaluation',
        'verification-validation',
        '',
        '',
      ],
      ['deploy', 'verification-validation design-development inception', 'deployment', '', ''],
      [
        'goLive',
        'inception design-development verification-validation deployment continuous-validation re-evaluation',
        'operation-monitoring',
        '',
        '',
      ],
      ['learn', 'operation-monitoring', 'continuous-validation', '', ''],
      ['reEvaluate', 'operation-monitoring continuous-validation', 're-evaluation', '', ''],
      [
        'retire',
        'inception design-development verification-validation deployment operation-monitoring continuous-validation re-evaluation',
        'retirement',
        '',
        '',
      ],
      ['reopen', 'retirement', 'inception', '', ''],
    ],
  },
  'use-case': {
    states: 'proposed in-preparation in-use suspended rejected retired',
    live: 'in-use',
    ended: 'rejected retired',
    steps: [
      ['prepare', 'proposed', 'in-preparation', '', ''],
      [
        'putIntoUse',
        'proposed in-preparation suspended',
        'in-use',
        'purpose context users affectedPersons autonomy',
        'approval',
      ],
      ['suspend', 'in-use', 'suspended', '', ''],
      ['reject', 'proposed in-preparation', 'rejected', 'closingNote retiredOn', ''],
      ['retire', 'in-preparation in-use suspended', 'retired', 'closingNote retiredOn', ''],
      ['propose', 'rejected retired', 'proposed', '', ''],
    ],
  },
  'system-version': {
    states: 'built live replaced withdrawn',
    live: 'live',
    ended: 'replaced withdrawn',
    steps: [
      ['goLive', 'built replaced', 'live', 'liveFrom', ''],
      ['replace', 'live', 'replaced', 'liveTo', ''],
      ['withdraw', 'built live replaced', 'withdrawn', '', ''],
    ],
  },
  model: {
    states: 'in-use candidate withdrawn',
    live: 'in-use',
    ended: 'withdrawn',
    steps: [
      ['consider', 'withdrawn', 'candidate', '', ''],
      ['adopt', 'candidate', 'in-use', '', ''],
      ['withdraw', 'in-use candidate', 'withdrawn', '', ''],
    ],
  },
  dataset: {
    states: 'in-use in-preparation out-of-use disposed',
    live: 'in-use',
    ended: 'disposed',
    steps: [
      ['use', 'in-preparation out-of-use', 'in-use', '', ''],
      ['prepare', 'out-of-use', 'in-preparation', '', ''],
      ['rest', 'in-use in-preparation', 'out-of-use', '', ''],
      ['dispose', 'in-use in-preparation out-of-use', 'disposed', 'disposedOn disposal', ''],
    ],
  },
  resource: {
    states: 'in-use planned withdrawn',
    live: 'in-use',
    ended: 'withdrawn',
    steps: [
      ['plan', 'withdrawn', 'planned', '', ''],
      ['provide', 'planned', 'in-use', '', ''],
      ['withdraw', 'in-use planned', 'withdrawn', '', ''],
    ],
  },
  supplier: {
    states: 'in-use candidate ended',
    live: 'in-use',
    ended: 'ended',
    steps: [
      ['consider', 'ended', 'candidate', '', ''],
      ['engage', 'candidate', 'in-use', 'diligenceOn', ''],
      ['end', 'in-use candidate', 'ended', '', ''],
    ],
  },
  responsibility: {
    states: 'proposed in-force ended',
    live: '',
    ended: 'ended',
    steps: [
      ['propose', 'ended', 'proposed', '', ''],
      ['agree', 'proposed', 'in-force', 'holder validFrom', ''],
      ['end', 'proposed in-force', 'ended', '', ''],
    ],
  },
  'role-assignment': {
    states: 'assigned accepted ended',
    live: '',
    ended: 'ended',
    steps: [
      ['accept', 'assigned', 'accepted', 'acceptedOn', ''],
      ['end', 'assigned accepted', 'ended', 'validTo', ''],
      ['assign', 'ended', 'assigned', '', ''],
    ],
  },
  competence: {
    states: 'current ended',
    live: '',
    ended: 'ended',
    steps: [
      ['end', 'current', 'ended', '', ''],
      ['resume', 'ended', 'current', '', ''],
    ],
  },
  obligation: {
    states: 'open taken-on declined ended',
    live: '',
    ended: 'declined ended',
    steps: [
      ['takeOn', 'open declined ended', 'taken-on', '', ''],
      ['decline', 'open taken-on', 'declined', 'declineReason', 'guard'],
      ['end', 'taken-on', 'ended', 'appliesTo', ''],
      ['reopen', 'taken-on declined ended', 'open', '', ''],
    ],
  },
  document: {
    states: 'kept-up withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn', '', ''],
      ['resume', 'withdrawn', 'kept-up', '', ''],
    ],
  },
  control: {
    states: 'adopted dropped',
    live: '',
    ended: 'dropped',
    steps: [
      ['drop', 'adopted', 'dropped', '', ''],
      ['adopt', 'dropped', 'adopted', '', ''],
    ],
  },
  applicability: {
    states: 'kept-up withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn', '', ''],
      ['resume', 'withdrawn', 'kept-up', '', ''],
    ],
  },
  implementation: {
    states: 'planned partly in-place ended',
    live: '',
    ended: 'ended',
    steps: [
      ['begin', 'planned in-place', 'partly', 'howItWorks', ''],
      ['complete', 'planned partly', 'in-place', 'howItWorks owner inPlaceSince', ''],
      ['end', 'planned partly in-place', 'ended', 'endedOn', ''],
      ['plan', 'partly in-place ended', 'planned', 'plannedOn', ''],
    ],
  },
  'control-test': {
    states: 'planned under-way concluded cancelled',
    live: '',
    ended: 'cancelled',
    steps: [
      ['start', 'planned', 'under-way', '', ''],
      ['conclude', 'planned under-way', 'concluded', 'conclusion result tester testedOn', 'not ownerTested'],
      ['reopen', 'concluded cancelled', 'under-way', '', ''],
      ['cancel', 'planned under-way', 'cancelled', '', ''],
    ],
  },
  risk: {
    states: 'identified assessed in-treatment borne closed',
    live: '',
    ended: 'closed',
    steps: [
      [
        'assess',
        'identified in-treatment borne',
        'assessed',
        'event owner currentOrganisation currentIndividuals currentSociety assessedOn',
        '',
      ],
      ['treat', 'assessed borne', 'in-treatment', 'owner', ''],
      ['bear', 'assessed in-treatment', 'borne', 'residualLevel acceptanceReason', 'approval'],
      ['close', 'identified assessed in-treatment borne', 'closed', 'closingNote', ''],
      ['reopen', 'closed', 'identified', '', ''],
    ],
  },
  treatment: {
    states: 'planned under-way done given-up',
    live: '',
    ended: 'given-up',
    steps: [
      ['start', 'planned', 'under-way', 'actions owner', 'approval'],
      ['finish', 'under-way', 'done', 'results doneOn', ''],
      ['treatAgain', 'done given-up', 'planned', '', ''],
      ['giveUp', 'planned under-way', 'given-up', 'cancelReason', ''],
    ],
  },
  'impact-assessment': {
    states: 'under-way completed withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      [
        'complete',
        'under-way',
        'completed',
        'covers context affectedGroups misuse effects conclusion assessedOn owner',
        'guard',
      ],
      ['reassess', 'completed withdrawn', 'under-way', '', ''],
      ['withdraw', 'under-way completed', 'withdrawn', '', ''],
    ],
  },
  classification: {
    states: 'open final withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      ['conclude', 'open', 'final', 'classifiedOn', 'guard'],
      ['reopen', 'final withdrawn', 'open', '', ''],
      ['withdraw', 'open final', 'withdrawn', '', ''],
    ],
  },
  gate: {
    states: 'asked passed not-passed withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      [
        'pass',
        'asked not-passed',
        'passed',
        'requestedBy criteria verdict decidedBy decidedOn',
        'approval, guard, not requestedBy',
      ],
      [
        'refuse',
        'asked',
        'not-passed',
        'requestedBy verdict reason decidedBy decidedOn',
        'guard, not requestedBy',
      ],
      ['withdraw', 'asked not-passed', 'withdrawn', '', ''],
      ['askAgain', 'passed not-passed withdrawn', 'asked', '', ''],
    ],
  },
  monitor: {
    states: 'planned running paused ended',
    live: '',
    ended: 'ended',
    steps: [
      ['start', 'planned paused', 'running', '', ''],
      ['pause', 'running', 'paused', '', ''],
      ['end', 'planned running paused', 'ended', '', ''],
      ['plan', 'ended', 'planned', '', ''],
    ],
  },
  notice: {
    states: 'draft in-force withdrawn',
    live: '',
    ended: 'withdrawn',
    steps: [
      ['publish', 'draft', 'in-force', 'audience givenSince version', ''],
      ['revise', 'in-force withdrawn', 'draft', '', ''],
      ['withdraw', 'draft in-force', 'withdrawn', '', ''],
    ],
  },
  evidence: {
    states: 'kept rejected disposed',
    live: '',
    ended: 'rejected disposed',
    steps: [
      ['reject', 'kept', 'rejected', '', ''],
      ['restore', 'rejected', 'kept', '', ''],
      ['dispose', 'kept rejected', 'disposed', 'keepUntil', 'guard'],
    ],
  },
  incident: {
    states: 'open triaged contained closed',
    live: '',
    ended: 'closed',
    steps: [
      ['triage', 'open', 'triaged', 'severity serious triagedAt owner', ''],
      ['contain', 'triaged', 'contained', 'containment', ''],
      ['close', 'triaged contained', 'closed', 'causes lessons closedOn', 'guard'],
      ['reopen', 'triaged contained closed', 'open', '', ''],
    ],
  },
  audit: {
    states: 'planned under-way reported cancelled',
    live: '',
    ended: 'cancelled',
    steps: [
      ['start', 'planned', 'under-way', 'objective criteria scope lead independenceRows', ''],
      [
        'report',
        'under-way',
        'reported',
        'conclusion populations sample reportIssuedOn recipients auditeeResponse',
        '',
      ],
      ['reopen', 'reported cancelled', 'under-way', '', ''],
      ['cancel', 'planned under-way', 'cancelled', '', ''],
    ],
  },
  finding: {
    states: 'open answered closed',
    live: '',
    ended: 'closed',
    steps: [
      ['answer', 'open', 'answered', 'grade followUp answer', ''],
      ['close', 'answered', 'closed', 'closedOn', ''],
      ['reopen', 'answered closed', 'open', '', ''],
    ],
  },
  nonconformity: {
    states: 'open corrected analysed action-planned action-running verifying closed rejected reopened',
    live: '',
    ended: 'closed rejected',
    steps: [
      ['correct', 'open', 'corrected', 'correction consequences correctionDoneOn', ''],
      ['analyse', 'corrected', 'analysed', 'rootCause similarCases actionNeeded causeFoundOn', ''],
      ['analyseAgain', 'reopened', 'analysed', 'rootCause', ''],
      ['plan', 'analysed', 'action-planned', 'actionsPlanned', 'guard'],
      ['verifyWithoutAction', 'analysed', 'verifying', 'noActionReason approver', 'guard'],
      [
        'run',
        'action-planned',
        'action-running',
        'owner actionDue effectivenessCriteria operationNeeded',
        '',
      ],
      ['verify', 'action-running', 'verifying', 'completionNote actionDoneOn', ''],
      [
        'close',
        'verifying',
        'closed',
        'owner effectivenessVerdict verifier operationSeen checkedOn closedOn',
        'guard, not owner',
      ],
      ['reopen', 'verifying closed', 'reopened', 'effectivenessVerdict', 'guard'],
      ['reject', 'open', 'rejected', 'rejectionReason approver', ''],
    ],
  },
  'corrective-action': {
    states: 'planned running done effective not-effective given-up',
    live: '',
    ended: 'given-up',
    steps: [
      [
        'start',
        'planned not-effective',
        'running',
        'action owner due effectivenessCriteria operationNeeded',
        '',
      ],
      ['finish', 'running', 'done', 'completion doneOn', ''],
      ['confirm', 'done', 'effective', 'owner verdict verifier operationSeen checkedOn', 'guard, not owner'],
      ['refute', 'done effective', 'not-effective', 'owner verdict verifier', 'guard, not owner'],
      ['giveUp', 'planned running', 'given-up', 'cancelReason', ''],
      ['plan', 'given-up', 'planned', '', ''],
    ],
  },
  task: {
    states: 'open under-way done dropped',
    live: '',
    ended: 'done dropped',
    steps: [
      ['start', 'open', 'under-way', '', ''],
      ['finish', 'open under-way', 'done', 'result', ''],
      ['drop', 'open under-way', 'dropped', 'result', ''],
      ['reopen', 'under-way done dropped', 'open', '', ''],
    ],
  },
  walk: {
    states: 'drawn under-way concluded dropped',
    live: '',
    ended: 'dropped',
    steps: [
      ['start', 'drawn', 'under-way', 'walker', ''],
      ['conclude', 'under-way', 'concluded', 'stations independence walkedOn conclusion', ''],
      ['drop', 'drawn under-way', 'dropped', 'followUp', ''],
      ['resume', 'concluded dropped', 'under-way', '', ''],
    ],
  },
};
