/** Where the rules of operation are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { pair, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { goodWorld } from '../world.ts';

export const operationSettled: readonly Settled[] = [
  [
    'OP1',
    'a monitor follows no calendar',
    () => set('mon-1', { rhythm: 'continuous' }),
    'unverifiable',
    'MON-1 follows no calendar; single measurements are judged from a later release.',
  ],
  [
    'OP1',
    'two monitors follow no calendar',
    () => pair('mon-1', { fields: { rhythm: 'every-release' } }),
    'unverifiable',
    'MON-1 and MON-1-B follow no calendar; single measurements are judged from a later release.',
  ],
  [
    'OP1',
    'the owner evaluates where nobody else is named',
    () => set('mon-1', { evaluator: null }),
    'holds',
    '2026-12-10',
  ],
  [
    'OP7',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
];
