/** Where the rules of correction are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { finding, pair, state } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, having, havingShared, without } from '../world.ts';

export const correctionSettled: readonly Settled[] = [
  ...(['CR1', 'CR4'] as const).flatMap((rule): Settled[] => [
    [
      rule,
      'the case was closed elsewhere and brought in',
      () => changed('ncr-1', { imported: true }),
      'unverifiable',
      'NCR-1 was brought in by an import in a state that nobody decided on here.',
    ],
    [
      rule,
      'two cases were closed elsewhere and brought in',
      () => pair('ncr-1', { imported: true }),
      'unverifiable',
      'NCR-1 and NCR-1-B were brought in by an import in a state that nobody decided on here.',
    ],
  ]),
  [
    'CR1',
    'nothing went wrong',
    () => without(['ncr-1']),
    'not-applicable',
    'SYS-1 has no nonconformity on record.',
  ],
  [
    'CR1',
    'a rejected case is none',
    () => state('ncr-1', 'rejected'),
    'not-applicable',
    'SYS-1 has no nonconformity on record.',
  ],
  [
    'CR1',
    'an open case ends with its next limit',
    () => changed('ncr-1', { state: 'verifying', fields: { checkedOn: null, checkDue: '2026-12' } }),
    'holds',
    '2026-12-31',
  ],
  [
    'CR1',
    'an action given up is not waited for',
    () =>
      having(
        [
          record('corrective-action', 'act-1', {
            state: 'given-up',
            fields: { due: '2026-01-01' },
            links: { nonconformity: ['ncr-1'] },
          }),
        ],
        changed('ncr-1', { state: 'verifying', fields: { checkedOn: null, checkDue: '2027-01-31' } }),
      ),
    'holds',
    '2027-01-31',
  ],
  [
    'CR2',
    'nothing went wrong',
    () => without(['ncr-1']),
    'not-applicable',
    'SYS-1 has no nonconformity on record.',
  ],
  [
    'CR2',
    'the case has only begun',
    () => changed('ncr-1', { state: 'open', fields: { correction: null } }),
    'not-applicable',
    'No nonconformity is past its first stage.',
  ],
  [
    'CR3',
    'nothing went wrong',
    () => without(['ncr-1']),
    'not-applicable',
    'SYS-1 has no nonconformity on record.',
  ],
  [
    'CR3',
    'the cause is not due to be known',
    () => changed('ncr-1', { state: 'corrected', fields: { rootCause: null } }),
    'not-applicable',
    'No cause is due to be known yet.',
  ],
  [
    'CR4',
    'nothing went wrong',
    () => without(['ncr-1']),
    'not-applicable',
    'SYS-1 has no nonconformity on record.',
  ],
  [
    'CR4',
    'the effect is not due to be judged',
    () => changed('ncr-1', { state: 'action-running', fields: { checkedOn: null } }),
    'not-applicable',
    'No effect is due to be judged yet.',
  ],
  [
    'CR5',
    'no case touches a control used here',
    goodWorld,
    'not-applicable',
    'No nonconformity of the organisation touches a control of this system.',
  ],
  [
    'CR5',
    'a case on a control that is not used here',
    () => havingShared([record('nonconformity', 'ncr-2', { state: 'open', links: { controls: ['ctl-9'] } })]),
    'not-applicable',
    'No nonconformity of the organisation touches a control of this system.',
  ],
  ['CR7', 'nothing was found', goodWorld, 'not-applicable', 'No opportunity was found on the system.'],
  [
    'CR7',
    'an opportunity has time',
    () => finding({ grade: 'opportunity', answerDue: '2026-12-31' }),
    'holds',
    '2026-12-31',
  ],
];
