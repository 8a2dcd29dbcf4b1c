import type { AgreedLifecycle } from './steps.ts';

/** What the organisation runs, uses, and who answers for it. */
export const inventorySteps: Readonly<Record<string, AgreedLifecycle>> = {
  system: {
    states:
      'inception design-development verification-validation deployment operation-monitoring continuous-validation re-evaluation retirement',
    live: 'operation-monitoring continuous-validation re-evaluation',
    ended: 'retirement',
    steps: [
      ['develop', 'inception verification-validation', 'design-development'],
      ['verify', 'design-development', 'verification-validation'],
      [
        'takeBack',
        'operation-monitoring continuous-validation re-evaluation',
        'design-development',
        'takenBackBecause',
      ],
      [
        'takeBackToVerify',
        'operation-monitoring continuous-validation re-evaluation',
        'verification-validation',
        'takenBackBecause',
      ],
      ['deploy', 'verification-validation design-development inception', 'deployment'],
      [
        'goLive',
        'inception design-development verification-validation deployment continuous-validation re-evaluation',
        'operation-monitoring',
      ],
      ['learn', 'operation-monitoring', 'continuous-validation'],
      ['reEvaluate', 'operation-monitoring continuous-validation', 're-evaluation'],
      [
        'retire',
        'inception design-development verification-validation deployment operation-monitoring continuous-validation re-evaluation',
        'retirement',
      ],
      ['reopen', 'retirement', 'inception'],
    ],
  },
  'use-case': {
    states: 'proposed in-preparation in-use suspended rejected retired',
    live: 'in-use',
    ended: 'rejected retired',
    steps: [
      ['prepare', 'proposed', 'in-preparation'],
      [
        'putIntoUse',
        'proposed in-preparation suspended',
        'in-use',
        'purpose context users affectedPersons autonomy',
        'approval',
      ],
      ['suspend', 'in-use', 'suspended'],
      ['reject', 'proposed in-preparation', 'rejected', 'closingNote retiredOn'],
      ['retire', 'in-preparation in-use suspended', 'retired', 'closingNote retiredOn'],
      ['propose', 'rejected retired', 'proposed'],
    ],
  },
  'system-version': {
    states: 'built live replaced withdrawn',
    live: 'live',
    ended: 'replaced withdrawn',
    steps: [
      ['goLive', 'built replaced', 'live', 'liveFrom', 'guard'],
      ['replace', 'live', 'replaced', 'liveTo'],
      ['withdraw', 'built live replaced', 'withdrawn'],
    ],
  },
  model: {
    states: 'in-use candidate withdrawn',
    live: 'in-use',
    ended: 'withdrawn',
    steps: [
      ['consider', 'withdrawn', 'candidate'],
      ['adopt', 'candidate', 'in-use'],
      ['withdraw', 'in-use candidate', 'withdrawn'],
    ],
  },
  dataset: {
    states: 'in-use in-preparation out-of-use disposed',
    live: 'in-use',
    ended: 'disposed',
    steps: [
      ['use', 'in-preparation out-of-use', 'in-use'],
      ['prepare', 'out-of-use', 'in-preparation'],
      ['rest', 'in-use in-preparation', 'out-of-use'],
      ['dispose', 'in-use in-preparation out-of-use', 'disposed', 'disposedOn disposal'],
    ],
  },
  resource: {
    states: 'in-use planned withdrawn',
    live: 'in-use',
    ended: 'withdrawn',
    steps: [
      ['plan', 'withdrawn', 'planned'],
      ['provide', 'planned', 'in-use'],
      ['withdraw', 'in-use planned', 'withdrawn'],
    ],
  },
  supplier: {
    states: 'in-use candidate ended',
    live: 'in-use',
    ended: 'ended',
    steps: [
      ['consider', 'ended', 'candidate'],
      ['engage', 'candidate', 'in-use', 'diligenceOn'],
      ['end', 'in-use candidate', 'ended'],
    ],
  },
  responsibility: {
    states: 'proposed in-force ended',
    ended: 'ended',
    steps: [
      ['propose', 'ended', 'proposed'],
      ['agree', 'proposed', 'in-force', 'owner holder validFrom', 'by owner'],
      ['end', 'proposed in-force', 'ended'],
    ],
  },
  'role-assignment': {
    states: 'assigned accepted ended',
    ended: 'ended',
    steps: [
      ['accept', 'assigned', 'accepted', 'person acceptedOn', 'by person'],
      ['end', 'assigned accepted', 'ended', 'validTo'],
      ['assign', 'ended', 'assigned'],
    ],
  },
  competence: {
    states: 'current ended',
    ended: 'ended',
    steps: [
      ['end', 'current', 'ended'],
      ['resume', 'ended', 'current'],
    ],
  },
  obligation: {
    states: 'open taken-on declined ended',
    ended: 'declined ended',
    steps: [
      ['takeOn', 'open declined ended', 'taken-on'],
      ['decline', 'open taken-on', 'declined', 'declineReason', 'guard'],
      ['end', 'taken-on', 'ended', 'appliesTo', 'guard'],
      ['reopen', 'taken-on declined ended', 'open'],
    ],
  },
  document: {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
};
