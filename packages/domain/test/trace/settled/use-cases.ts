/** Where the rules of use cases are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { before, bound, noIntervals, noUse, pair, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { goodWorld, inForceAs } from '../world.ts';

export const useCasesSettled: readonly Settled[] = [
  [
    'UC1',
    'a suspended use is not asked about',
    () => pair('uc-1', { state: 'suspended', fields: { purpose: null } }, pair('uc-1', {})),
    'holds',
    null,
  ],
  ['UC2', 'there is no use', noUse, 'not-applicable', 'No use case that goes on is on record.'],
  ['UC3', 'there is no use', noUse, 'not-applicable', 'No use case that goes on is on record.'],
  ['UC4', 'no use was closed', goodWorld, 'not-applicable', 'No use case was rejected or retired.'],
  ['UC5', 'the system is not live', () => before('deployment'), 'not-applicable', 'SYS-1 is not live yet.'],
  ['UC5', 'there is no use', noUse, 'not-applicable', 'No use case that goes on is on record.'],
  [
    'UC5',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Review of live use cases.',
  ],
  [
    'UC5',
    'a review known to the quarter counts from its end',
    () => set('uc-1', { reviewedOn: '2026-Q2' }),
    'holds',
    '2027-06-30',
  ],
  [
    'UC5',
    'a later day that came with a look counts at once',
    () =>
      inForceAs(
        'uc-1',
        { fields: { reviewedOn: '2026-11-20', nextReview: '2027-10-30' } },
        { fields: { reviewedOn: '2026-01-20', nextReview: '2026-11-20' } },
      ),
    'holds',
    '2027-10-30',
  ],
  [
    'UC6',
    'there is no use',
    () => bound('OB-26-1', noUse()),
    'not-applicable',
    'No use case that goes on is on record.',
  ],
  [
    'UC6',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
];
