import type { Option } from './fields.ts';
import type { Lifecycle, State } from './kind.ts';

/** Turns a vocabulary into options in the order in which it is written. */
export function options(words: Readonly<Record<string, string>>): Option[] {
  return Object.entries(words).map(([id, label]) => ({ id, label }));
}

const stages: Readonly<Record<string, State>> = {
  inception: { label: 'Inception', shape: 'hollow' },
  'design-development': { label: 'In development', shape: 'hollow' },
  'verification-validation': { label: 'In verification', shape: 'half' },
  deployment: { label: 'Deployment', shape: 'half' },
  'operation-monitoring': { label: 'Live', shape: 'full', live: true },
  'continuous-validation': { label: 'Live, learning', shape: 'full', live: true },
  're-evaluation': { label: 'Live, re-evaluated', shape: 'full', live: true },
  retirement: { label: 'Retired', shape: 'crossed', ended: true },
};

const running = ['operation-monitoring', 'continuous-validation', 're-evaluation'];
const before = ['inception', 'design-development', 'verification-validation', 'deployment'];

/** Life-cycle stages as ISO/IEC 22989 names them; stages may repeat, so steps back are steps like others. */
export const lifeCycleStates: Lifecycle = {
  label: 'Stage',
  initial: 'inception',
  mayBeBroughtIn: true,
  observed: true,
  states: stages,
  transitions: {
    develop: {
      label: 'Begin development',
      from: ['inception', 'verification-validation'],
      to: 'design-development',
    },
    verify: {
      label: 'Begin verification',
      from: ['design-development'],
      to: 'verification-validation',
    },
    takeBack: {
      label: 'Take back to development',
      from: running,
      to: 'design-development',
      requires: ['takenBackBecause'],
    },
    takeBackToVerify: {
      label: 'Take back to verification',
      from: running,
      to: 'verification-validation',
      requires: ['takenBackBecause'],
    },
    deploy: {
      label: 'Begin deployment',
      from: ['verification-validation', 'design-development', 'inception'],
      to: 'deployment',
    },
    goLive: {
      label: 'Go live',
      from: [...before, 'continuous-validation', 're-evaluation'],
      to: 'operation-monitoring',
    },
    learn: {
      label: 'Begin continuous validation',
      from: ['operation-monitoring'],
      to: 'continuous-validation',
    },
    reEvaluate: {
      label: 'Re-evaluate',
      from: ['operation-monitoring', 'continuous-validation'],
      to: 're-evaluation',
    },
    retire: { label: 'Retire', from: [...before, ...running], to: 'retirement' },
    reopen: { label: 'Bring back', from: ['retirement'], to: 'inception' },
  },
};
