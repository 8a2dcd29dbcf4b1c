import { named, owned, withinSystem } from './common.ts';
import { f } from './fields.ts';
import { about, defineKind, uses } from './kind.ts';
import { rhythms } from './vocabulary/scales.ts';
import { options } from './vocabulary.ts';

const subjects = options({
  performance: 'Performance',
  drift: 'Drift',
  fairness: 'Fairness',
  oversight: 'Human oversight',
  'use-outside-purpose': 'Use outside the purpose',
  security: 'Security',
  cost: 'Cost and capacity',
  supplier: 'Supplier',
  aims: 'The management system',
  other: 'Other',
});

/**
 * What is watched, how and by whom (9.1, A.6.2.6). `rhythm` says how often, `evaluator` who judges the result,
 * `reactionLimit` within how many hours a breach is answered.
 */
export const monitor = defineKind({
  name: 'monitor',
  prefix: 'MON',
  collection: 'monitors',
  label: 'Monitor',
  plural: 'Monitors',
  purpose:
    'What is watched on a live system or on the AIMS, with limits set beforehand and a person who judges (9.1, A.6.2.6).',
  regime: 'factual',
  fields: {
    name: named('Name', ['monitor', 'metric', 'indicator', 'kpi', 'measure']),
    subject: f.choice(subjects, {
      label: 'What is watched',
      station: 'operation',
      column: true,
      alsoCalled: ['type', 'category'],
    }),
    description: f.text({
      label: 'Description',
      station: 'operation',
      max: 2000,
      alsoCalled: ['description'],
    }),
    method: f.text({
      label: 'Method',
      station: 'operation',
      max: 2000,
      alsoCalled: ['method', 'data source', 'how measured'],
    }),
    threshold: f.line({
      label: 'Limit',
      help: 'In words, such as "error rate above 4 percent".',
      station: 'operation',
      column: true,
      alsoCalled: ['threshold', 'target', 'limit'],
    }),
    thresholdLow: f.number({ label: 'Lower limit', station: 'operation' }),
    thresholdHigh: f.number({ label: 'Upper limit', station: 'operation' }),
    unit: f.line({ label: 'Unit of measure', station: 'operation', max: 40 }),
    rhythm: f.choice(rhythms, {
      label: 'Rhythm',
      station: 'operation',
      column: true,
      alsoCalled: ['frequency', 'rhythm', 'interval'],
    }),
    owner: owned('Who keeps it running.', 'operation'),
    evaluator: f.member({
      label: 'Who judges the result',
      station: 'operation',
      alsoCalled: ['evaluated by', 'reviewer'],
    }),
    reaction: f.text({
      label: 'Reaction to a breach',
      station: 'operation',
      max: 2000,
      alsoCalled: ['action', 'escalation', 'response'],
    }),
    reactionLimit: f.number({
      label: 'Reaction within',
      station: 'operation',
      min: 0,
      whole: true,
      unit: 'hours',
    }),
    startedOn: f.day({ label: 'Running since', station: 'operation' }),
    lastEvaluatedOn: f.day({ label: 'Last judged', station: 'operation', column: true }),
  },
  index: ['title', 'state', 'owner', 'subject', 'rhythm', 'lastEvaluatedOn', 'evaluator'],
  relations: {
    system: withinSystem('Monitors'),
    control: uses('control', { label: 'Watches control', inverse: 'Watched by monitor' }),
    risks: about('risk', { label: 'Watches risk', inverse: 'Watched by monitor' }),
  },
  material: ['subject', 'method', 'threshold', 'thresholdLow', 'thresholdHigh', 'rhythm', 'evaluator'],
  lifecycle: {
    initial: 'running',
    mayBeBroughtIn: true,
    states: {
      planned: { label: 'Planned', shape: 'hollow' },
      running: { label: 'Running', shape: 'full' },
      paused: { label: 'Paused', shape: 'half' },
      ended: { label: 'Ended', shape: 'crossed', ended: true },
    },
    transitions: {
      start: { label: 'Start', from: ['planned', 'paused'], to: 'running' },
      pause: { label: 'Pause', from: ['running'], to: 'paused' },
      end: { label: 'End', from: ['planned', 'running', 'paused'], to: 'ended' },
      plan: { label: 'Plan again', from: ['ended'], to: 'planned' },
    },
  },
  serves: ['9.1', 'A.6.2.6', 'A.9.4'],
});
