/** Where the rule of risk-assessment runs is no gap: until when it holds, or why it cannot be judged. */
import { gone, noIntervals, pair, reclassified, retiered, set, systemChanged } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld } from '../world.ts';

export const riskRunSettled: readonly Settled[] = [
  ['RI1', 'a run within the interval', goodWorld, 'holds', '2027-03-12'],
  [
    'RI1',
    'the next run was set for an earlier day',
    () => set('rra-1', { nextRun: '2026-12-31' }),
    'holds',
    '2026-12-31',
  ],
  [
    'RI1',
    'the change came on the day of the run',
    () => systemChanged('2026-03-12T08:00:00Z'),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'a use that has ended changed after the run',
    () => changed('uc-1-b', { state: 'retired', materialAt: '2026-06-05T08:00:00Z' }, pair('uc-1')),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'a class was looked at again after the run and says the same',
    () => reclassified(['minimal'], ['minimal'], '2026-06-05T08:00:00Z'),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'another class was signed off on the day of the run',
    () => reclassified(['high-risk-annex-iii'], ['minimal'], '2026-03-12T08:00:00Z'),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'the same tier was signed off in place of one that was withdrawn',
    () => retiered('moderate'),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'a use was first classified after the run',
    () => changed('cla-1', { approvals: [act('approve', { at: '2026-06-05T08:00:00Z' })] }),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'a risk is gone that the run does not name',
    () => ({ ...goodWorld(), gone: [gone('rsk-9')] }),
    'holds',
    '2027-03-12',
  ],
  [
    'RI1',
    'no interval was adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Risk assessment per system.',
  ],
];
