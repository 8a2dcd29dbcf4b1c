/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { authority, pair, set, state, twin } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, voided, without } from '../world.ts';

const openCondition = {
  criterion: 'Tested',
  answer: 'not-met',
  answerToMiss: 'Test again',
  missOwner: 'ann',
  missBy: '2026-11-20',
} as const;

const continued = {
  passedAt: '2026-08-01T10:00:00Z',
  fields: { type: 'continuation-decision', decidedOn: '2026-08-01' },
} as const;

export const releaseMisses: readonly Miss[] = [
  [
    'RE1',
    'no version is live',
    () => without(['ver-1']),
    [
      'No version of SYS-1 is recorded as live, so no release gate can be shown.',
      '2026-02-01',
      'falls with supply',
    ],
  ],
  [
    'RE1',
    'no gate',
    () => without(['gat-1']),
    [
      'VER-1 has no passed release gate.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'the gate came after go-live',
    () => set('gat-1', { decidedOn: '2026-03-01' }),
    [
      'VER-1 passed the gate after go-live, and is not admitted with reason and end date.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'the gate names an earlier day than the one on which it was decided here',
    () => changed('gat-1', { broughtIn: false }),
    [
      'VER-1 was live before the release by GAT-1 was put on record, and is not admitted with reason and end date.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'two versions were live before their gate was on record',
    () => changed('gat-1', { broughtIn: false, links: { version: ['ver-1', 'ver-1-b'] } }, pair('ver-1')),
    [
      'VER-1 and VER-1-B were live before the release by GAT-1 was put on record, and are not admitted with reason and end date.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'a condition is past its day',
    () => set('gat-1', { criteria: [{ ...openCondition }] }),
    [
      'GAT-1 was passed under conditions that are past their day and not fulfilled.',
      '2026-11-20',
      'Say what of GAT-1 is fulfilled → edit fulfilments of gat-1',
    ],
  ],
  [
    'RE1',
    'conditions of two gates are past their day',
    () => pair('gat-1', { fields: { criteria: [{ ...openCondition }] } }),
    [
      'GAT-1 and GAT-1-B were passed under conditions that are past their day and not fulfilled.',
      '2026-11-20',
      'Say what of GAT-1 is fulfilled → edit fulfilments of gat-1',
    ],
  ],
  [
    'RE1',
    'the approval of the gate was taken away',
    () => changed('gat-1', voided),
    [
      'VER-1 passed a gate that no longer stands, because of GAT-1.',
      '2026-09-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'gates of two versions fell',
    () => changed('gat-1', { ...voided, links: { version: ['ver-1', 'ver-1-b'] } }, pair('ver-1')),
    [
      'VER-1 and VER-1-B passed a gate that no longer stands, because of GAT-1.',
      '2026-09-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'the continuation fell',
    () =>
      changed(
        'gat-2',
        { ...voided, fields: { type: 'continuation-decision', decidedOn: '2026-08-01' } },
        having([twin('gat-1', 'gat-2')]),
      ),
    [
      'The continuation by GAT-2 stands no longer, because of GAT-2.',
      '2026-09-01',
      'Ask for the continuation → new gate with system sys-1, type continuation-decision, name Continuation of Title of sys-1',
    ],
  ],
  [
    'RE1',
    'the continuation that it went on by is asked again',
    () =>
      changed(
        'gat-2',
        { ...continued, state: 'asked', updatedAt: '2026-09-02T10:00:00Z' },
        having([twin('gat-1', 'gat-2')]),
      ),
    [
      'GAT-2 let SYS-1 go on and is passed no longer: taken back or asked again, and not decided since.',
      '2026-09-02',
      'Decide GAT-2 anew → open gat-2',
    ],
  ],
  [
    'RE1',
    'the continuation that it went on by was taken back',
    () =>
      changed(
        'gat-2',
        { ...continued, state: 'withdrawn', updatedAt: '2026-09-02T10:00:00Z' },
        having([twin('gat-1', 'gat-2')]),
      ),
    [
      'GAT-2 let SYS-1 go on and is passed no longer: taken back or asked again, and not decided since.',
      '2026-09-02',
      'Ask for the continuation → new gate with system sys-1, type continuation-decision, name Continuation of Title of sys-1',
    ],
  ],
  [
    'RE1',
    'what was left open is overdue',
    () =>
      set('gat-1', {
        decidedOn: '2026-03-01',
        retrospective: 'yes',
        retrospectiveReason: 'Ran before',
        missingBy: '2026-11-20',
      }),
    ['What GAT-1 left open is past its date.', '2026-11-20', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE1',
    'the gate was refused',
    () => state('gat-1', 'refused'),
    [
      'VER-1 has no passed release gate.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'another gate was passed',
    () => set('gat-1', { type: 'use-approval' }),
    [
      'VER-1 has no passed release gate.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'two versions have no gate',
    () => without(['gat-1'], pair('ver-1')),
    [
      'VER-1 and VER-1-B have no passed release gate.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'two versions passed too late',
    () =>
      changed(
        'gat-1',
        {
          fields: { decidedOn: '2026-03-01' },
          links: { version: ['ver-1', 'ver-1-b'] },
        },
        pair('ver-1'),
      ),
    [
      'VER-1 and VER-1-B passed the gate after go-live, and are not admitted with reason and end date.',
      '2026-02-01',
      'Ask for the gate of VER-1 → new gate with system sys-1, version ver-1, type deployment-approval, name Release of Title of ver-1',
    ],
  ],
  [
    'RE1',
    'what two gates left open is overdue',
    () =>
      pair('gat-1', {
        fields: { retrospective: 'yes', retrospectiveReason: 'Ran before', missingBy: '2026-10' },
      }),
    ['What GAT-1 and GAT-1-B left open is past its date.', '2026-10', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE2',
    'nobody is named',
    () => set('gat-1', { decidedBy: null }),
    ['GAT-1 does not say who decided.', '2026-01-30', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE2',
    'decided by who asked',
    () => set('gat-1', { decidedBy: 'ben' }),
    ['GAT-1 was decided by the person who asked.', '2026-01-30', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE2',
    'decided beyond authority',
    () => authority('release', 'severe', 'ann'),
    [
      'GAT-1 was decided by somebody without authority over releases on that day.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
  [
    'RE2',
    'decided by somebody whose authority ends below the worst open risk',
    () => authority('release', 'moderate', 'boss'),
    [
      'GAT-1 was decided by somebody whose authority does not reach the level of today.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
  [
    'RE2',
    'two gates were decided below the level of today',
    () => ({ ...pair('gat-1'), organisation: { ...authority('release', 'moderate', 'boss').organisation } }),
    [
      'GAT-1 and GAT-1-B were decided by somebody whose authority does not reach the level of today.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
  [
    'RE2',
    'a criterion is open',
    () => set('gat-1', { criteria: [{ criterion: 'Tested' }] }),
    ['GAT-1 has criteria without an answer.', '2026-01-30', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE2',
    'two gates name nobody',
    () => pair('gat-1', { fields: { decidedBy: null } }),
    ['GAT-1 and GAT-1-B do not say who decided.', '2026-01-30', 'Ask again for GAT-1 → askAgain gat-1'],
  ],
  [
    'RE2',
    'two gates were decided by who asked',
    () => pair('gat-1', { fields: { decidedBy: 'ben' } }),
    [
      'GAT-1 and GAT-1-B were decided by the person who asked.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
  [
    'RE2',
    'two gates were decided beyond authority',
    () => ({ ...pair('gat-1'), organisation: { ...authority('release', 'severe', 'ann').organisation } }),
    [
      'GAT-1 and GAT-1-B were decided by somebody without authority over releases on that day.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
  [
    'RE2',
    'two gates have no criteria',
    () => pair('gat-1', { fields: { criteria: [] } }),
    [
      'GAT-1 and GAT-1-B have criteria without an answer.',
      '2026-01-30',
      'Ask again for GAT-1 → askAgain gat-1',
    ],
  ],
];
