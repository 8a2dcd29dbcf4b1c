/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { bound, pair, set, state } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, without } from '../world.ts';

export const operationMisses: readonly Miss[] = [
  [
    'OP1',
    'no monitor',
    () => without(['mon-1']),
    ['SYS-1 has no running monitor.', '2026-02-01', 'Add a monitor → new monitor with system sys-1'],
  ],
  [
    'OP1',
    'evaluated too late',
    () => set('mon-1', { lastEvaluatedOn: '2026-10-20' }),
    [
      'MON-1 was not evaluated on time.',
      '2026-11-20',
      'Record the evaluation of MON-1 → edit lastEvaluatedOn of mon-1',
    ],
  ],
  [
    'OP1',
    'the evaluator left',
    () => set('mon-1', { evaluator: 'gone' }),
    [
      'MON-1 has nobody active who evaluates.',
      '2026-03-01',
      'Name who evaluates MON-1 → edit evaluator of mon-1',
    ],
  ],
  [
    'OP1',
    'two monitors have nobody',
    () => pair('mon-1', { owner: 'nobody', fields: { evaluator: null } }),
    [
      'MON-1 and MON-1-B have nobody active who evaluates.',
      '2026-03-01',
      'Name who evaluates MON-1 → edit evaluator of mon-1',
    ],
  ],
  [
    'OP1',
    'two monitors are late',
    () => pair('mon-1', { fields: { lastEvaluatedOn: '2026-09' } }),
    [
      'MON-1 and MON-1-B were not evaluated on time.',
      '2026-10-31',
      'Record the evaluation of MON-1 → edit lastEvaluatedOn of mon-1',
    ],
  ],
  [
    'OP1',
    'never evaluated counts from its start',
    () => set('mon-1', { lastEvaluatedOn: null, startedOn: '2026-10-20' }),
    [
      'MON-1 was not evaluated on time.',
      '2026-11-20',
      'Record the evaluation of MON-1 → edit lastEvaluatedOn of mon-1',
    ],
  ],
  [
    'OP1',
    'never evaluated and without a start counts from its record',
    () => set('mon-1', { lastEvaluatedOn: null }),
    [
      'MON-1 was not evaluated on time.',
      '2026-04-01',
      'Record the evaluation of MON-1 → edit lastEvaluatedOn of mon-1',
    ],
  ],
  [
    'OP1',
    'the monitor stands still',
    () => state('mon-1', 'stopped'),
    ['SYS-1 has no running monitor.', '2026-02-01', 'Add a monitor → new monitor with system sys-1'],
  ],
  [
    'OP7',
    'no instructions',
    () => bound('OB-26-5', changed('sys-1', { links: { instructions: [] } })),
    [
      'SYS-1 names no instructions for use to be watched by.',
      '2026-02-01',
      'Name the instructions → edit instructions of sys-1',
    ],
  ],
  [
    'OP7',
    'there is no monitor',
    () => bound('OB-26-5', without(['mon-1'])),
    ['SYS-1 has no running monitor.', '2026-02-01', 'Add a monitor → new monitor with system sys-1'],
  ],
];
