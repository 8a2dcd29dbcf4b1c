/** Each way in which a control is not shown to work by a test (9.1): its sentence, since when, and what to do. */
import { home, pair, set, state, twoControls } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, without } from '../world.ts';

/** A failed test with a nonconformity that leads to it. */
const answeredBy = (patch: Parameters<typeof record>[2]) =>
  having([
    record('control-test', 'tst-2', {
      state: 'concluded',
      fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-01' },
      links: { ...home, control: ['ctl-2'] },
    }),
    record('nonconformity', 'ncr-2', { ...patch, links: { ...home, test: ['tst-2'] } }),
  ]);

export const evidenceTestMisses: readonly Miss[] = [
  [
    'EV4',
    'no test',
    () => without(['tst-1']),
    [
      'IMP-1 has no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'tested by the owner of the control',
    () => set('tst-1', { tester: 'cid' }),
    [
      'IMP-1 has no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'tested by the owner of the implementation',
    () => set('tst-1', { tester: 'ann' }),
    [
      'IMP-1 has no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'the test lies too far back',
    () => set('tst-1', { nextTest: '2026-11-20' }),
    [
      'TST-1 is past the interval of control tests.',
      '2026-11-20',
      'Test again → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'two have no test',
    () => without(['tst-1'], twoControls()),
    [
      'IMP-1 and IMP-1-B have no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'a newer test found it not effective',
    () =>
      having([
        record('control-test', 'tst-2', {
          state: 'concluded',
          fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-01' },
          links: { ...home, control: ['ctl-1'], implementation: ['imp-1'] },
        }),
      ]),
    [
      'The newest test of IMP-1 did not find it effective: TST-2.',
      '2026-11-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'what was tested was rewritten after the test was concluded',
    () => changed('imp-1', { materialAt: '2026-10-20T09:00:00Z' }),
    [
      'IMP-1 changed after TST-1 tested it.',
      '2026-10-20',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'what was tested was rewritten between the day of the test and its conclusion',
    () =>
      changed(
        'tst-1',
        { fields: { testedOn: '2026-10-05' }, materialAt: '2026-11-01T09:00:00Z' },
        changed('imp-1', { materialAt: '2026-10-20T09:00:00Z' }),
      ),
    [
      'IMP-1 changed after TST-1 tested it.',
      '2026-10-20',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'two were rewritten after they were tested',
    () =>
      changed(
        'tst-1-b',
        { links: { control: ['ctl-1-b'], implementation: ['imp-1-b'] } },
        pair(
          'tst-1',
          {},
          changed(
            'imp-1-b',
            { materialAt: '2026-10-21T09:00:00Z' },
            changed('imp-1', { materialAt: '2026-10-20T09:00:00Z' }, twoControls()),
          ),
        ),
      ),
    [
      'IMP-1 and IMP-1-B changed after TST-1 and TST-1-B tested them.',
      '2026-10-20',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'the test is not concluded',
    () => state('tst-1', 'under-way'),
    [
      'IMP-1 has no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'nobody is named as tester',
    () => set('tst-1', { tester: null }),
    [
      'IMP-1 has no effective test by somebody who owns neither side.',
      '2026-08-01',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
  [
    'EV4',
    'the tests of two are past the interval',
    () =>
      changed(
        'tst-1-b',
        { links: { control: ['ctl-1-b'], implementation: ['imp-1-b'] } },
        pair('tst-1', { fields: { testedOn: '2025-11-20' } }, twoControls()),
      ),
    [
      'TST-1 and TST-1-B are past the interval of control tests.',
      '2026-11-20',
      'Test again → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
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
    [
      'TST-2 found a control not effective, and nothing followed.',
      '2026-11-01',
      'Record a nonconformity → new nonconformity with system sys-1, test tst-2, controls ctl-2, source control-test, level system',
    ],
  ],
  [
    'EV5',
    'two tests failed and nothing followed',
    () =>
      having(
        ['tst-2', 'tst-3'].map((id) =>
          record('control-test', id, {
            state: 'concluded',
            fields: { conclusion: 'not-effective' },
            links: { ...home, control: ['ctl-2'] },
          }),
        ),
      ),
    [
      'TST-2 and TST-3 found a control not effective, and nothing followed.',
      null,
      'Record a nonconformity → new nonconformity with system sys-1, test tst-2, controls ctl-2, source control-test, level system',
    ],
  ],
  [
    'EV5',
    'a nonconformity that says nothing of what failed answers it',
    () => answeredBy({ owner: 'ann' }),
    [
      'NCR-2 answers TST-2 without saying what failed, or who puts it right.',
      '2026-11-01',
      'Say what failed in NCR-2 → edit description of ncr-2',
    ],
  ],
  [
    'EV5',
    'two that nobody owns answer it',
    () => pair('ncr-2', {}, answeredBy({ fields: { description: 'The second reading was left out' } })),
    [
      'NCR-2 and NCR-2-B answer TST-2 without saying what failed, or who puts it right.',
      '2026-11-01',
      'Say what failed in NCR-2 → edit owner of ncr-2',
    ],
  ],
  [
    'EV4',
    'what effective means was rewritten after the test',
    () => changed('ctl-1', { materialAt: '2026-10-20T09:00:00Z' }),
    [
      'CTL-1 changed after TST-1 tested it.',
      '2026-10-20',
      'Test IMP-1 → new control-test with system sys-1, control ctl-1, implementation imp-1',
    ],
  ],
];
