/** Where the rules of scope are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { excluding, noIntervals, noUse, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, without } from '../world.ts';

export const scopeSettled: readonly Settled[] = [
  [
    'SC1',
    'the unit is covered',
    () => set('doc-scope', { reach: 'units', units: ['Sales', 'Claims'] }),
    'holds',
    null,
  ],
  [
    'SC1',
    'the system is covered by name',
    () => changed('doc-scope', { fields: { reach: null }, links: { coversSystems: ['sys-1'] } }),
    'holds',
    null,
  ],
  [
    'SC1',
    'the exclusion has its reason on the system',
    () =>
      changed(
        'doc-scope',
        { links: { excludesSystems: ['sys-1'] } },
        set('sys-1', { inScope: 'no', scopeReason: 'A pilot' }),
      ),
    'holds',
    null,
  ],
  ['SC2', 'the system is in scope', goodWorld, 'not-applicable', 'SYS-1 is not excluded from scope.'],
  [
    'SC2',
    'no law with classes is named',
    () => set('sys-1', { legalOverlay: ['gdpr'] }, excluding()),
    'not-applicable',
    'No law with classes is named for SYS-1.',
  ],
  [
    'SC2',
    'no law is named at all',
    () => set('sys-1', { legalOverlay: null }, excluding()),
    'unverifiable',
    'The laws that apply to SYS-1 are not named, so this cannot be judged.',
  ],
  [
    'SC2',
    'there is no use to classify',
    () => without(['uc-1'], excluding()),
    'not-applicable',
    'No use case that goes on is on record.',
  ],
  ['SC3', 'there is no use', noUse, 'not-applicable', 'No use case that goes on is on record.'],
  [
    'SC3',
    'no role in law is asked for without a law that has roles',
    () => set('uc-1', { lawRoles: null }, set('sys-1', { legalOverlay: ['gdpr'] })),
    'holds',
    null,
  ],
  [
    'SC4',
    'there is no scope',
    () => without(['doc-scope']),
    'not-applicable',
    'No scope version is in force.',
  ],
  [
    'SC4',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: AI policy and scope review.',
  ],
  ['SC4', 'a review put it off', () => set('doc-scope', { reviewedOn: '2026-10' }), 'holds', '2027-10-31'],
  [
    'SC5',
    'the markets stand in the scope statement',
    () => set('doc-scope', { markets: ['Germany'] }, set('sys-1', { markets: null })),
    'holds',
    null,
  ],
];
