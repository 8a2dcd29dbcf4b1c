/** Where the rules of policy are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { excluding, noIntervals, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { without } from '../world.ts';

export const policySettled: readonly Settled[] = [
  ['PO2', 'there is no policy', () => without(['doc-policy']), 'not-applicable', 'No AI policy is in force.'],
  ['PO3', 'there is no policy', () => without(['doc-policy']), 'not-applicable', 'No AI policy is in force.'],
  [
    'PO3',
    'it was decided to keep it inside',
    () => set('doc-policy', { availableOutside: 'no' }),
    'holds',
    null,
  ],
  ['PO4', 'there is no policy', () => without(['doc-policy']), 'not-applicable', 'No AI policy is in force.'],
  [
    'PO4',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: AI policy and scope review.',
  ],
  [
    'PO4',
    'the day planned comes before the interval ends',
    () => set('doc-policy', { nextReview: '2026-12' }),
    'holds',
    '2026-12-31',
  ],
  ['PO5', 'there is no policy', () => without(['doc-policy']), 'not-applicable', 'No AI policy is in force.'],
  [
    'PO5',
    'of two conflicts with time the first to end counts',
    () =>
      set('doc-policy', {
        overlaps: [
          { policy: 'X', alignment: 'conflict', resolveBy: '2027' },
          { policy: 'Y', alignment: 'conflict', resolveBy: '2027-01-31' },
          { policy: 'Z', alignment: 'aligned', resolveBy: '2020' },
        ],
      }),
    'holds',
    '2027-01-31',
  ],
  ['PO6', 'there is no policy', () => without(['doc-policy']), 'not-applicable', 'No AI policy is in force.'],
  [
    'PO6',
    'the system is excluded from scope',
    () => set('sys-1', { inScope: 'no' }, excluding()),
    'not-applicable',
    'DOC-SCOPE excludes SYS-1 from scope.',
  ],
];
