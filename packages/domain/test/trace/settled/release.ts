/** Where the rules of release are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { without } from '../world.ts';

export const releaseSettled: readonly Settled[] = [
  ['RE1', 'decided in the month of go-live', () => set('gat-1', { decidedOn: '2026-02' }), 'holds', null],
  [
    'RE1',
    'admitted later, with time for what is missing',
    () =>
      set('gat-1', {
        decidedOn: '2026-03-01',
        retrospective: 'yes',
        retrospectiveReason: 'Ran before',
        missingBy: '2027-01',
      }),
    'holds',
    '2027-01-31',
  ],
  ['RE2', 'no gate was passed', () => without(['gat-1']), 'not-applicable', 'No release gate was passed.'],
];
