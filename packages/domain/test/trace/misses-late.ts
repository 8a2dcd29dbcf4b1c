/** Ways in which rules are missed: rule, what is wrong, the world, words of the sentence. */

import { bound, finding, home, incident, type Row, set, state } from './breaks.ts';
import { record } from './kit.ts';
import { changed, duty, having, havingShared, unapproved, without } from './world.ts';

export const late: readonly Row[] = [
  [
    'IN1',
    'the notice names another version',
    () => changed('not-1', { links: { version: ['ver-0'] } }),
    'does not name the version',
  ],
  [
    'IN2',
    'users are told nothing',
    () => set('not-1', { audience: ['public'] }),
    'No notice tells the users',
  ],
  [
    'IN2',
    'a duty to inform has no notice',
    () => having([{ ...duty('OB-4'), fields: { ...duty('OB-4').fields, duty: 'inform' } }]),
    'no notice gives',
  ],
  ['IN2', 'no proof of delivery', () => set('not-1', { delivery: null }), 'no proof'],
  ['IN3', 'no notice for a duty of transparency', () => bound('OB-50-3'), 'first contact'],
  [
    'IN4',
    'workers were told too late',
    () => bound('OB-26-7', set('not-1', { givenSince: '2026-03-01' })),
    'told beforehand',
  ],
  ['IN5', 'no way to report harm', () => set('not-1', { reportRoute: null }), 'report harm'],
  ['IN5', 'no way to contest', () => set('not-1', { contestRoute: null }), 'contest an outcome'],
  ['IN6', 'no plan', () => changed('doc-plan', unapproved), 'No plan'],
  ['IN8', 'never tried on readers', () => set('not-1', { triedOnReaders: 'no' }), 'not tried on readers'],
  ['OP1', 'no monitor', () => without(['mon-1']), 'no running monitor'],
  [
    'OP1',
    'evaluated too late',
    () => set('mon-1', { lastEvaluatedOn: '2026-10-20' }),
    'not evaluated on time',
  ],
  ['OP1', 'the evaluator left', () => set('mon-1', { evaluator: 'gone' }), 'nobody active'],
  [
    'OP7',
    'no instructions',
    () => bound('OB-26-5', changed('sys-1', { links: { instructions: [] } })),
    'no instructions',
  ],
  ['EV1', 'no control is in place', () => without(['imp-1']), 'nothing to prove'],
  [
    'EV1',
    'no evidence',
    () => without(['evd-2026-09', 'evd-2026-10', 'evd-2026-11']),
    'no evidence for any period',
  ],
  ['EV1', 'evidence ran out', () => without(['evd-2026-10', 'evd-2026-11']), 'has run out'],
  ['EV2', 'a month is missing', () => without(['evd-2026-10']), 'from 2026-09-16 to 2026-10-31'],
  ['EV4', 'no test', () => without(['tst-1']), 'no effective test'],
  ['EV4', 'tested by the owner of the control', () => set('tst-1', { tester: 'cid' }), 'no effective test'],
  [
    'EV4',
    'tested by the owner of the implementation',
    () => set('tst-1', { tester: 'ann' }),
    'no effective test',
  ],
  ['EV4', 'the test lies too far back', () => set('tst-1', { nextTest: '2026-11-20' }), 'past the interval'],
  [
    'EV5',
    'a failed test and nothing followed',
    () =>
      having([
        record('control-test', 'tst-2', {
          state: 'concluded',
          fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-01' },
          links: { ...home, control: ['ctl-2'] },
        }),
      ]),
    'nothing followed',
  ],
  ['EV6', 'a digest differs', () => set('evd-2026-10', { integrity: 'differs' }), 'do'],
  ['EV6', 'no origin', () => set('evd-2026-10', { origin: null }), 'no origin'],
  ['EV6', 'no end of keeping', () => set('evd-2026-10', { keepUntil: null }), 'no day until'],
  [
    'EV7',
    'statements of the owner alone',
    () =>
      changed(
        'evd-2026-11',
        { fields: { type: 'owner-statement' } },
        without(['evd-2026-09', 'evd-2026-10']),
      ),
    'statements of the owner',
  ],
  [
    'AS2',
    'high-risk and looked at too long ago',
    () => changed('wlk-1', { fields: { walkedOn: '2025-11-20' } }, set('cla-2', { tier: 'high' })),
    'past the interval',
  ],
  [
    'AS2',
    'high-risk and never looked at',
    () => ({
      ...changed(
        'sys-1',
        { fields: { liveSince: '2025-01-01' } },
        without(['wlk-1'], set('cla-2', { tier: 'severe' })),
      ),
    }),
    'never walked',
  ],
  ['AS3', 'the walker had a part', () => set('wlk-1', { independence: 'had-a-part' }), 'counts for nothing'],
  [
    'AS4',
    'untriaged past the limit',
    () => incident({ triageBy: '2026-11-19T09:00:00Z' }),
    'limit has passed',
  ],
  [
    'AS5',
    'a serious incident names no report',
    () => having([duty('OB-73')], incident({ serious: 'yes', triagedAt: '2026-11-01T09:00:00Z' })),
    'no report',
  ],
  [
    'AS5',
    'a report is late',
    () =>
      having(
        [duty('OB-73')],
        incident({ serious: 'yes', reports: [{ to: 'Authority', due: '2026-11-15' }] }),
      ),
    'past its legal time',
  ],
  [
    'AS5',
    'a report was sent late',
    () =>
      having(
        [duty('OB-73')],
        incident({ serious: 'yes', reports: [{ to: 'Authority', due: '2026-11-15', sent: '2026-11-16' }] }),
      ),
    'past its legal time',
  ],
  ['AS6', 'no grade', () => finding({}), 'no grade'],
  [
    'AS6',
    'the answer is overdue',
    () => finding({ grade: 'minor', answerDue: '2026-11-01' }),
    'date has passed',
  ],
  [
    'AS6',
    'answered without a nonconformity',
    () => finding({ grade: 'minor', answeredOn: '2026-11-01' }, 'answered'),
    'no nonconformity follows',
  ],
  [
    'AS7',
    'past its longer interval',
    () => changed('wlk-1', { fields: { walkedOn: '2025-11-20' } }),
    'past the interval',
  ],
  [
    'CR1',
    'the correction is late by its own limit',
    () =>
      changed('ncr-1', { state: 'open', fields: { correctionDoneOn: null, correctionDue: '2026-11-20' } }),
    'correction',
  ],
  [
    'CR1',
    'the cause is late by the house default',
    () => changed('ncr-1', { state: 'corrected', fields: { causeFoundOn: null } }),
    'cause',
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
    'past the date',
  ],
  ['CR2', 'consequences are not dealt with', () => set('ncr-1', { consequences: null }), 'consequences'],
  ['CR3', 'similar cases were not looked for', () => set('ncr-1', { similarCases: null }), 'similar cases'],
  [
    'CR4',
    'closed without effect',
    () => set('ncr-1', { effectivenessVerdict: 'partly' }),
    'not found sufficient',
  ],
  ['CR4', 'judged by the owner', () => set('ncr-1', { verifier: 'ann' }), 'another person'],
  ['CR4', 'no criteria', () => set('ncr-1', { effectivenessCriteria: null }), 'no criteria'],
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
    'of the organisation',
  ],
  [
    'CR7',
    'an opportunity has no answer',
    () => finding({ grade: 'opportunity', answerDue: '2026-11-01' }),
    'neither yes nor no',
  ],
];
