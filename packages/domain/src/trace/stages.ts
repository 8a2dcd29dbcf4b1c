import type { StationId } from '@throughline/catalogue/vocabulary.ts';
import { lifeCycleStates } from '../kinds/vocabulary.ts';

/** "Soon" begins this many days before the end. */
export const soonDays = 30;

/** A life-cycle stage as the line reads it. */
export type Stage = {
  readonly id: string;
  readonly label: string;
  /** Position in the life cycle; every live stage counts as the same one. */
  readonly order: number;
  readonly live: boolean;
  readonly retired: boolean;
};

const orders: Readonly<Record<string, number>> = {
  inception: 1,
  'design-development': 2,
  'verification-validation': 3,
  deployment: 4,
  'operation-monitoring': 5,
  'continuous-validation': 5,
  're-evaluation': 5,
  retirement: 6,
};

const stages: ReadonlyMap<string, Stage> = new Map(
  Object.entries(lifeCycleStates.states).map(([id, state]) => [
    id,
    {
      id,
      label: state.label,
      order: orders[id] ?? 1,
      live: state.live === true,
      retired: state.ended === true,
    },
  ]),
);

const running = 5;

/**
 * The stage of a system. A state that no declaration knows counts as live: nothing is excused by a word unknown. One that
 * ran and was taken back is asked for what was asked of it before.
 */
export function stageOf(state: string, ran = false): Stage {
  const stage = stages.get(state) ?? { id: state, label: state, order: running, live: true, retired: false };
  return ran && stage.order < running ? { ...stage, order: running } : stage;
}

/** From which stage on a station is asked for, and why not before. A live system is asked for everything. */
export const demandedFrom: Readonly<Record<StationId, { readonly stage: string; readonly because: string }>> =
  {
    scope: {
      stage: 'inception',
      because: 'A system enters the register inside the scope or outside it (4.3).',
    },
    policy: { stage: 'inception', because: 'The policy binds before the first decision is taken (5.2).' },
    ownership: { stage: 'inception', because: 'Somebody answers for a system from its first day (5.3).' },
    'use-cases': {
      stage: 'design-development',
      because: 'Inception is where uses are thought up; what is designed needs them written (A.6.2.2).',
    },
    classification: {
      stage: 'design-development',
      because: 'The class decides what has to be built in, so it is due before building.',
    },
    supply: {
      stage: 'verification-validation',
      because: 'Parts are chosen during design; what is tested is made of them (A.10.3).',
    },
    impact: {
      stage: 'verification-validation',
      because: 'Effects can be judged once the design stands, and before it is released (6.1.4).',
    },
    risk: {
      stage: 'verification-validation',
      because: 'Risks follow from the design and from its impact, and steer what is tested (6.1.2).',
    },
    controls: {
      stage: 'deployment',
      because: 'Controls have to be in place when the system goes live (8.1).',
    },
    information: { stage: 'deployment', because: 'People are told at the latest at first contact (A.8.2).' },
    release: {
      stage: 'operation-monitoring',
      because: 'The gate stands between deployment and operation (A.6.2.5).',
    },
    operation: { stage: 'operation-monitoring', because: 'Only what runs can be watched (A.6.2.6).' },
    evidence: { stage: 'operation-monitoring', because: 'Only what runs leaves proof (8.1).' },
    assurance: { stage: 'operation-monitoring', because: 'Audits and walks look at what runs (9.2.1).' },
    correction: { stage: 'inception', because: 'A lapse is put right at any stage (10.2).' },
  };

/** Whether the stage asks for a station. */
export function demanded(station: StationId, stage: Stage): boolean {
  return stage.live || stage.order >= stageOf(demandedFrom[station].stage).order;
}

/** Rules that no stage and no exclusion switches off: what is prohibited, and what went wrong. */
export const alwaysJudged: ReadonlySet<string> = new Set(['CL4', 'AS4', 'AS5']);

/**
 * What still applies to a retired system: closing its uses, keeping its records, incidents, findings and lapses
 * that stay open after the last day (10.2, 7.5.3, A.5.3). Everything else asks about a system that runs.
 */
export const afterRetirement: ReadonlySet<string> = new Set([
  'UC4',
  'IM5',
  'EV6',
  'AS4',
  'AS5',
  'AS6',
  'CR1',
  'CR2',
  'CR3',
  'CR4',
  'CR5',
  'CR6',
  'CR7',
]);
