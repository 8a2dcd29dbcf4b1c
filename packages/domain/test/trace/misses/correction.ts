/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { finding, pair, set, state } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, havingShared } from '../world.ts';

export const correctionMisses: readonly Miss[] = [
  [
    'CR1',
    'the correction is late by its own limit',
    () =>
      changed('ncr-1', { state: 'open', fields: { correctionDoneOn: null, correctionDue: '2026-11-20' } }),
    ['NCR-1 is past the limit for: correction.', '2026-11-20', 'Go on with NCR-1 → open ncr-1'],
  ],
  [
    'CR1',
    'the cause is late by the house default',
    () => changed('ncr-1', { state: 'corrected', fields: { causeFoundOn: null } }),
    ['NCR-1 is past the limit for: cause.', '2026-05-11', 'Go on with NCR-1 → open ncr-1'],
  ],
  [
    'CR1',
    'an action on the cause is late',
    () =>
      having(
        [
          record('corrective-action', 'act-1', {
            state: 'running',
            fields: { due: '2026-11-20' },
            links: { nonconformity: ['ncr-1'] },
          }),
        ],
        state('ncr-1', 'action-running'),
      ),
    ['ACT-1 is past the date and not done.', '2026-11-20', 'Finish ACT-1 → finish act-1'],
  ],
  [
    'CR1',
    'two cases are past a limit',
    () => pair('ncr-1', { state: 'open', fields: { correctionDoneOn: null } }),
    ['NCR-1 and NCR-1-B are past a limit.', '2026-04-16', 'Go on with NCR-1 → open ncr-1'],
  ],
  [
    'CR1',
    'a major case has less time',
    () => changed('ncr-1', { state: 'corrected', fields: { grade: 'major', causeFoundOn: null } }),
    ['NCR-1 is past the limit for: cause.', '2026-04-21', 'Go on with NCR-1 → open ncr-1'],
  ],
  [
    'CR1',
    'two actions are overdue',
    () =>
      pair(
        'act-1',
        {},
        having(
          [
            record('corrective-action', 'act-1', {
              state: 'running',
              fields: { firstDue: '2026-10' },
              links: { nonconformity: ['ncr-1'] },
            }),
          ],
          state('ncr-1', 'action-running'),
        ),
      ),
    ['ACT-1 and ACT-1-B are past the date and not done.', '2026-10', 'Finish ACT-1 → finish act-1'],
  ],
  [
    'CR1',
    'an action that cannot be finished yet is opened',
    () =>
      having(
        [
          record('corrective-action', 'act-1', {
            state: 'planned',
            fields: { due: '2026-11-20' },
            links: { nonconformity: ['ncr-1'] },
          }),
        ],
        state('ncr-1', 'action-running'),
      ),
    ['ACT-1 is past the date and not done.', '2026-11-20', 'Finish ACT-1 → open act-1'],
  ],
  [
    'CR2',
    'consequences are not dealt with',
    () => set('ncr-1', { consequences: null }),
    [
      'NCR-1 does not say how the lapse was removed or its consequences dealt with.',
      '2026-04-05',
      'Complete NCR-1 → edit consequences of ncr-1',
    ],
  ],
  [
    'CR2',
    'the lapse of two stands',
    () => pair('ncr-1', { fields: { correction: null, correctionDoneOn: null } }),
    [
      'NCR-1 and NCR-1-B do not say how the lapse was removed or its consequences dealt with.',
      '2026-04-01',
      'Complete NCR-1 → edit correction of ncr-1',
    ],
  ],
  [
    'CR3',
    'similar cases were not looked for',
    () => set('ncr-1', { similarCases: null }),
    [
      'NCR-1 has no cause, or similar cases were not looked for.',
      '2026-04-20',
      'Complete NCR-1 → edit similarCases of ncr-1',
    ],
  ],
  [
    'CR3',
    'two have no cause',
    () => pair('ncr-1', { fields: { rootCause: null, causeFoundOn: null } }),
    [
      'NCR-1 and NCR-1-B have no cause, or similar cases were not looked for.',
      '2026-04-01',
      'Complete NCR-1 → edit rootCause of ncr-1',
    ],
  ],
  [
    'CR4',
    'closed without effect',
    () => set('ncr-1', { effectivenessVerdict: 'partly' }),
    [
      'NCR-1 was closed or checked, and the effect was not found sufficient.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'judged by the owner',
    () => set('ncr-1', { verifier: 'ann' }),
    [
      'The effect in NCR-1 was not judged by another person than the one who acted.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'no criteria',
    () => set('ncr-1', { effectivenessCriteria: null }),
    [
      'NCR-1 has no criteria set beforehand, or no operation seen since.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'two were closed without effect',
    () => pair('ncr-1', { fields: { effectivenessVerdict: null } }),
    [
      'NCR-1 and NCR-1-B were closed or checked, and the effect was not found sufficient.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'two were judged by their owner',
    () => pair('ncr-1', { fields: { verifier: 'ann' } }),
    [
      'The effect in NCR-1 and NCR-1-B was not judged by another person than the one who acted.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'the one who acted judged the effect',
    () =>
      having([
        record('corrective-action', 'act-1', {
          state: 'done',
          owner: 'cid',
          fields: { doneOn: '2026-05-20' },
          links: { nonconformity: ['ncr-1'] },
        }),
      ]),
    [
      'The effect in NCR-1 was not judged by another person than the one who acted.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR4',
    'two had no operation to see',
    () => pair('ncr-1', { fields: { operationSeen: null, checkedOn: null } }),
    [
      'NCR-1 and NCR-1-B have no criteria set beforehand, or no operation seen since.',
      '2026-07-20',
      'Open NCR-1 again → reopen ncr-1',
    ],
  ],
  [
    'CR5',
    'the organisation has an open case on a control used here',
    () =>
      havingShared([
        record('nonconformity', 'ncr-2', {
          state: 'open',
          fields: { grade: 'major' },
          links: { controls: ['ctl-2'] },
        }),
      ]),
    ['NCR-2 of the organisation is open on controls that this system uses.', '2026-03-01', 'falls with 10.2'],
  ],
  [
    'CR5',
    'two cases of the organisation are open',
    () =>
      havingShared(
        ['ncr-2', 'ncr-3'].map((id) =>
          record('nonconformity', id, {
            state: 'open',
            fields: { detectedOn: '2026-06-01' },
            links: { controls: ['ctl-1'] },
          }),
        ),
      ),
    [
      'NCR-2 and NCR-3 of the organisation are open on controls that this system uses.',
      '2026-06-01',
      'falls with 10.2',
    ],
  ],
  [
    'CR7',
    'an opportunity has no answer',
    () => finding({ grade: 'opportunity', answerDue: '2026-11-01' }),
    [
      'FIN-1 has neither yes nor no for an answer, and the date has passed.',
      '2026-11-01',
      'Answer FIN-1 → edit followUp of fin-1',
    ],
  ],
  [
    'CR7',
    'two opportunities have no answer',
    () => pair('fin-1', {}, finding({ grade: 'opportunity', answerDue: '2026-10' })),
    [
      'FIN-1 and FIN-1-B have neither yes nor no for an answer, and the date has passed.',
      '2026-10',
      'Answer FIN-1 → edit followUp of fin-1',
    ],
  ],
];
