/** Where the rules of evidence are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { home, noIntervals, pair, set } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, having, without } from '../world.ts';

export const evidenceSettled: readonly Settled[] = [
  [
    'EV1',
    'neither rhythm nor interval says how long proof lasts',
    () => noIntervals(set('imp-1', { occurrences: 'when-needed' })),
    'unverifiable',
    'No interval is adopted for: Effectiveness test per applicable control.',
  ],
  [
    'EV1',
    'without a rhythm proof lasts for the interval of tests',
    () => set('imp-1', { occurrences: 'when-needed' }),
    'holds',
    '2027-11-15',
  ],
  [
    'EV2',
    'no control expects occurrences by the calendar',
    () => set('imp-1', { occurrences: 'when-needed' }),
    'not-applicable',
    'No control in place expects occurrences by the calendar.',
  ],
  [
    'EV4',
    'nothing is in place',
    () => without(['imp-1']),
    'not-applicable',
    'No control is in place on SYS-1 itself.',
  ],
  [
    'EV4',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Effectiveness test per applicable control.',
  ],
  [
    'EV4',
    'the newest effective test counts',
    () =>
      changed(
        'tst-1-b',
        { fields: { testedOn: '2026-11' } },
        pair('tst-1', { fields: { testedOn: '2025-01-01' } }),
      ),
    'holds',
    '2027-11-30',
  ],
  [
    'EV4',
    'what was rewritten was tested again since',
    () =>
      changed(
        'tst-1-b',
        { fields: { testedOn: '2026-11' }, materialAt: '2026-11-02T09:00:00Z' },
        pair('tst-1', {}, changed('imp-1', { materialAt: '2026-10-20T09:00:00Z' })),
      ),
    'holds',
    '2027-11-30',
  ],
  [
    'EV4',
    'an implementation came on record after the day of its test, and was put right before the test was',
    () =>
      changed(
        'tst-1',
        { fields: { testedOn: '2026-11-01' }, materialAt: '2026-11-12T09:00:00Z' },
        changed('imp-1', { createdAt: '2026-11-10T09:00:00Z', materialAt: '2026-11-11T09:00:00Z' }),
      ),
    'holds',
    '2027-11-01',
  ],
  [
    'EV5',
    'a nonconformity that says what failed, with an owner, answers it',
    () =>
      having([
        record('control-test', 'tst-2', {
          state: 'concluded',
          fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-01' },
          links: { ...home, control: ['ctl-2'] },
        }),
        record('nonconformity', 'ncr-2', {
          owner: 'ann',
          fields: { description: 'The second reading was left out' },
          links: { ...home, test: ['tst-2'] },
        }),
      ]),
    'holds',
    null,
  ],
  ['EV5', 'no test failed', goodWorld, 'not-applicable', 'No control test found a control not effective.'],
  [
    'EV6',
    'there is no evidence',
    () => without(['evd-2026-09', 'evd-2026-10', 'evd-2026-11']),
    'not-applicable',
    'SYS-1 has no evidence on record.',
  ],
  [
    'EV6',
    'one piece was never checked',
    () => set('evd-2026-10', { integrity: 'not-checked' }),
    'unverifiable',
    'The integrity of EVD-2026-10 was never checked.',
  ],
  [
    'EV6',
    'two pieces were never checked',
    () => set('evd-2026-09', { integrity: null }, set('evd-2026-10', { integrity: null })),
    'unverifiable',
    'The integrity of EVD-2026-09 and EVD-2026-10 was never checked.',
  ],
  [
    'EV6',
    'a file stands for its digest',
    () => set('evd-2026-10', { digest: null, file: 'blob-1' }),
    'holds',
    null,
  ],
  [
    'EV7',
    'nothing at all speaks for it',
    () => without(['evd-2026-09', 'evd-2026-10', 'evd-2026-11']),
    'not-applicable',
    'No evidence speaks for a control in place on SYS-1 itself.',
  ],
  [
    'EV7',
    'nothing is in place',
    () => without(['imp-1']),
    'not-applicable',
    'No evidence speaks for a control in place on SYS-1 itself.',
  ],
];
