/** Where the rules of controls are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { before, bound, moved, pair } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, unapproved, without } from '../world.ts';

export const controlsSettled: readonly Settled[] = [
  [
    'CO1',
    'nothing calls for a control',
    () => changed('trt-1', { links: { controls: [] } }),
    'not-applicable',
    'No treatment, obligation or finding of SYS-1 calls for a control.',
  ],
  [
    'CO2',
    'nothing is excluded',
    goodWorld,
    'not-applicable',
    'The Statement of Applicability excludes no control.',
  ],
  [
    'CO2',
    'a draft excludes without a reason beside a line in force',
    () => pair('apl-2', { ...unapproved, fields: { decision: 'excluded' } }),
    'not-applicable',
    'The Statement of Applicability excludes no control.',
  ],
  ['CO3', 'the system is not live', () => before('deployment'), 'not-applicable', 'SYS-1 is not live yet.'],
  [
    'CO4',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'CO4',
    'the law demands no control',
    () => bound('OB-8'),
    'not-applicable',
    'No law in force and no gate demands a control.',
  ],
  ['CO5', 'no date was moved', goodWorld, 'not-applicable', 'No planned date was moved.'],
  [
    'CO5',
    'a date was brought forward',
    () => moved({ firstPlannedOn: '2026-12-31', plannedOn: '2026-12-01' }),
    'not-applicable',
    'No planned date was moved.',
  ],
  [
    'CO6',
    'nothing is in place',
    () => without(['imp-1']),
    'not-applicable',
    'No control is in place on SYS-1 itself.',
  ],
];
