/** The life cycles of records of build, release and files; see steps.ts. */
import type { AgreedLifecycle } from './steps.ts';

export const buildSteps: Readonly<Record<string, AgreedLifecycle>> = {
  'requirement-spec': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  'design-record': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  verification: {
    states: 'planned under-way concluded called-off',
    ended: 'called-off',
    steps: [
      ['begin', 'planned', 'under-way', 'plan measures thresholdsSetOn', 'guard'],
      [
        'conclude',
        'under-way',
        'concluded',
        'measures thresholdsSetOn results tester testedOn verdict decidedBy decidedOn',
        'approval, guard, not tester, not owner, by decidedBy',
      ],
      ['reopen', 'concluded', 'under-way', '', 'not decidedBy, not tester, not owner, says reopenedBecause'],
      ['resume', 'called-off', 'under-way'],
      ['callOff', 'planned under-way', 'called-off'],
    ],
  },
  'system-card': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  'log-plan': {
    states: 'kept-up withdrawn',
    ended: 'withdrawn',
    steps: [
      ['withdraw', 'kept-up', 'withdrawn'],
      ['resume', 'withdrawn', 'kept-up'],
    ],
  },
  'regulatory-file': {
    states: 'in-preparation made withdrawn',
    ended: 'withdrawn',
    steps: [
      ['make', 'in-preparation', 'made', 'doneOn provision', 'approval, guard'],
      ['prepare', 'made withdrawn', 'in-preparation'],
      ['withdraw', 'in-preparation made', 'withdrawn'],
    ],
  },
};
