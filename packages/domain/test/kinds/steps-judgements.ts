import type { AgreedLifecycle } from './steps.ts';

/** Controls, risks, assessments and decisions. */
export const judgementSteps: Readonly<Record<string, AgreedLifecycle>> = {
  control: {
    states: 'adopted dropped',
    ended: 'dropped',
    steps: [
      ['drop', 'adopted', 'dropped'],
      ['adopt', 'dropped', 'adopted'],
    ],
  },
  applicability: {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  implementation: {
    states: 'planned partly in-place ended',
    ended: 'ended',
    steps: [
      ['begin', 'planned in-place', 'partly', 'howItWorks'],
      ['complete', 'planned partly', 'in-place', 'howItWorks owner inPlaceSince', 'guard'],
      ['end', 'planned partly in-place', 'ended', 'endedOn', 'guard'],
      ['plan', 'partly in-place ended', 'planned', 'plannedOn'],
    ],
  },
  'control-test': {
    states: 'planned under-way concluded cancelled',
    ended: 'cancelled',
    steps: [
      ['start', 'planned', 'under-way'],
      [
        'conclude',
        'planned under-way',
        'concluded',
        'criterion method conclusion result tester testedOn',
        'guard, not ownerTested, by tester',
      ],
      ['reopen', 'concluded', 'under-way', '', 'not tester, not ownerTested, says reopenedBecause'],
      ['resume', 'cancelled', 'under-way'],
      ['cancel', 'planned under-way', 'cancelled'],
    ],
  },
  'classification-scheme': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  mapping: {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  'gap-analysis': {
    states: 'under-way closed',
    ended: 'closed',
    steps: [
      ['close', 'under-way', 'closed', 'conclusion', 'guard'],
      ['reopen', 'closed', 'under-way'],
    ],
  },
  'risk-criteria': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  'risk-assessment': {
    states: 'planned done called-off',
    ended: 'called-off',
    steps: [
      ['finish', 'planned', 'done', 'heldOn participants method result', 'guard'],
      ['reopen', 'done called-off', 'planned'],
      ['callOff', 'planned', 'called-off', 'cancelReason'],
    ],
  },
  risk: {
    states: 'identified assessed in-treatment borne closed',
    ended: 'closed',
    steps: [
      [
        'assess',
        'identified in-treatment borne',
        'assessed',
        'event owner currentOrganisation currentIndividuals currentSociety assessedOn',
      ],
      ['treat', 'assessed borne', 'in-treatment', 'owner'],
      ['bear', 'assessed in-treatment', 'borne', 'residualLevel acceptanceReason', 'approval'],
      ['close', 'identified assessed in-treatment borne', 'closed', 'closingNote'],
      ['reopen', 'closed', 'identified'],
    ],
  },
  treatment: {
    states: 'planned under-way done given-up',
    ended: 'given-up',
    steps: [
      ['start', 'planned', 'under-way', 'actions owner', 'approval'],
      ['finish', 'under-way', 'done', 'results doneOn', 'guard'],
      ['treatAgain', 'done given-up', 'planned'],
      ['giveUp', 'planned under-way', 'given-up', 'cancelReason'],
    ],
  },
  waiver: {
    states: 'open ended',
    ended: 'ended',
    steps: [['end', 'open', 'ended', 'endReason']],
  },
  'impact-assessment': {
    states: 'under-way completed withdrawn',
    ended: 'withdrawn',
    steps: [
      [
        'complete',
        'under-way',
        'completed',
        'covers context affectedGroups misuse effects conclusion assessedOn owner',
        'guard',
      ],
      ['reassess', 'completed withdrawn', 'under-way'],
      ['withdraw', 'under-way completed', 'withdrawn'],
    ],
  },
  classification: {
    states: 'open final withdrawn',
    ended: 'withdrawn',
    steps: [
      ['conclude', 'open', 'final', 'classifiedOn', 'guard'],
      ['reopen', 'final withdrawn', 'open'],
      ['withdraw', 'open final', 'withdrawn'],
    ],
  },
  gate: {
    states: 'asked passed not-passed withdrawn',
    ended: 'withdrawn',
    steps: [
      [
        'pass',
        'asked not-passed',
        'passed',
        'requestedBy criteria verdict decidedBy decidedOn',
        'approval, guard, not requestedBy, by decidedBy',
      ],
      [
        'refuse',
        'asked',
        'not-passed',
        'requestedBy verdict reason decidedBy decidedOn',
        'guard, not requestedBy, by decidedBy',
      ],
      ['withdraw', 'asked not-passed', 'withdrawn'],
      ['askAgain', 'passed not-passed withdrawn', 'asked'],
    ],
  },
  monitor: {
    states: 'planned running paused ended',
    ended: 'ended',
    steps: [
      ['start', 'planned paused', 'running'],
      ['pause', 'running', 'paused'],
      ['end', 'planned running paused', 'ended'],
      ['plan', 'ended', 'planned'],
    ],
  },
};
