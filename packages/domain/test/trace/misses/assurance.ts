/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { concern, finding, incident, pair, set } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, duty, having, without } from '../world.ts';

export const assuranceMisses: readonly Miss[] = [
  [
    'AS2',
    'high-risk and looked at too long ago',
    () => changed('wlk-1', { fields: { walkedOn: '2025-11-20' } }, set('cla-2', { tier: 'high' })),
    [
      'SYS-1 was last walked or audited on 2025-11-20, which is past the interval.',
      '2026-11-20',
      'Walk it → new walk with system sys-1',
    ],
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
    [
      'SYS-1 was never walked or audited. It is live since 2025-01-01.',
      '2026-01-01',
      'Walk it → new walk with system sys-1',
    ],
  ],
  [
    'AS2',
    'an audit lies too far back',
    () =>
      having(
        [
          record('audit', 'aud-1', {
            state: 'reported',
            fields: { reportIssuedOn: '2025-06-30' },
            links: { systems: ['sys-1'] },
          }),
        ],
        without(['wlk-1'], set('cla-1', { outcomes: ['high-risk-annex-iii'] })),
      ),
    [
      'SYS-1 was last walked or audited on 2025-06-30, which is past the interval.',
      '2026-06-30',
      'Walk it → new walk with system sys-1',
    ],
  ],
  [
    'AS3',
    'the walker had a part',
    () => set('wlk-1', { independence: 'had-a-part' }),
    [
      'The walker in WLK-1 is not stated to be independent, so the walk counts for nothing.',
      '2026-08-01',
      'Walk it again → new walk with system sys-1',
    ],
  ],
  [
    'AS3',
    'two walks count for nothing',
    () => pair('wlk-1', { fields: { independence: null } }),
    [
      'The walker in WLK-1 and WLK-1-B is not stated to be independent, so the walk counts for nothing.',
      '2026-08-01',
      'Walk it again → new walk with system sys-1',
    ],
  ],
  [
    'AS4',
    'untriaged past the limit',
    () => incident({ triageBy: '2026-11-19T09:00:00Z' }),
    [
      'INC-1 is not triaged, and the limit has passed.',
      '2026-11-19',
      'Triage INC-1 → edit triagedAt of inc-1',
    ],
  ],
  [
    'AS4',
    'a concern is past the limit',
    () => concern({ triageBy: '2026-11-18T09:00:00Z' }, 'received'),
    [
      'CON-1 is not triaged, and the limit has passed.',
      '2026-11-18',
      'Triage CON-1 → edit triagedAt of con-1',
    ],
  ],
  [
    'AS4',
    'two are past the limit',
    () => pair('inc-1', {}, incident({ triageBy: '2026-11-19T23:30:00Z' })),
    [
      'INC-1 and INC-1-B are not triaged, and the limit has passed.',
      '2026-11-20',
      'Triage INC-1 → edit triagedAt of inc-1',
    ],
  ],
  [
    'AS5',
    'a serious incident names no report',
    () => having([duty('OB-73')], incident({ serious: 'yes', triagedAt: '2026-11-01T09:00:00Z' })),
    [
      'INC-1 is serious and names no report to an authority.',
      '2026-03-01',
      'Name the reports of INC-1 → edit reports of inc-1',
    ],
  ],
  [
    'AS5',
    'a report is late',
    () =>
      having(
        [duty('OB-73')],
        incident({ serious: 'yes', reports: [{ to: 'Authority', due: '2026-11-15' }] }),
      ),
    ['A report on INC-1 is past its legal time.', '2026-11-15', 'Report INC-1 → edit reports of inc-1'],
  ],
  [
    'AS5',
    'a report was sent late',
    () =>
      having(
        [duty('OB-73')],
        incident({ serious: 'yes', reports: [{ to: 'Authority', due: '2026-11-15', sent: '2026-11-16' }] }),
      ),
    ['A report on INC-1 is past its legal time.', '2026-11-15', 'Report INC-1 → edit reports of inc-1'],
  ],
  [
    'AS5',
    'two serious incidents name no report',
    () =>
      pair(
        'inc-1',
        {},
        having([duty('OB-73')], incident({ serious: 'yes', awareAt: '2026-10-31T23:30:00Z' })),
      ),
    [
      'INC-1 and INC-1-B are serious and name no report to an authority.',
      '2026-11-01',
      'Name the reports of INC-1 → edit reports of inc-1',
    ],
  ],
  [
    'AS5',
    'two have late reports',
    () =>
      pair(
        'inc-1',
        {},
        having(
          [duty('OB-73')],
          incident({
            serious: 'yes',
            reports: [
              { to: 'Authority', due: '2026-11-01', sent: '2026-10-30' },
              { to: 'Ministry', due: '2026-11-15' },
            ],
          }),
        ),
      ),
    [
      'A report on INC-1 and INC-1-B is past its legal time.',
      '2026-11-15',
      'Report INC-1 → edit reports of inc-1',
    ],
  ],
  [
    'AS6',
    'no grade',
    () => finding({}),
    ['FIN-1 has no grade.', '2026-03-01', 'Grade FIN-1 → edit grade of fin-1'],
  ],
  [
    'AS6',
    'the answer is overdue',
    () => finding({ grade: 'minor', answerDue: '2026-11-01' }),
    ['FIN-1 has no answer, and the date has passed.', '2026-11-01', 'Answer FIN-1 → edit answer of fin-1'],
  ],
  [
    'AS6',
    'answered without a nonconformity',
    () => finding({ grade: 'minor', answeredOn: '2026-11-01' }, 'answered'),
    [
      'FIN-1 was answered, and no nonconformity follows the finding.',
      '2026-11-01',
      'Record a nonconformity → new nonconformity with system sys-1, finding fin-1, grade minor, level system',
    ],
  ],
  [
    'AS6',
    'two have no grade',
    () => pair('fin-1', {}, finding({ seenOn: '2026-11-02' })),
    ['FIN-1 and FIN-1-B have no grade.', '2026-11-02', 'Grade FIN-1 → edit grade of fin-1'],
  ],
  [
    'AS6',
    'the answers to two are overdue',
    () => pair('fin-1', {}, finding({ grade: 'major', answerDue: '2026-10' })),
    [
      'FIN-1 and FIN-1-B have no answer, and the date has passed.',
      '2026-10',
      'Answer FIN-1 → edit answer of fin-1',
    ],
  ],
  [
    'AS6',
    'two were dropped',
    () => pair('fin-1', {}, finding({ grade: 'major', seenOn: '2026-10-02' }, 'accepted')),
    [
      'FIN-1 and FIN-1-B were answered, and no nonconformity follows the finding.',
      '2026-10-02',
      'Record a nonconformity → new nonconformity with system sys-1, finding fin-1, grade major, level system',
    ],
  ],
  [
    'AS7',
    'past its longer interval',
    () => changed('wlk-1', { fields: { walkedOn: '2025-11-20' } }),
    [
      'SYS-1 was last walked or audited on 2025-11-20, which is past the interval.',
      '2026-11-20',
      'Walk it → new walk with system sys-1',
    ],
  ],
  [
    'AS7',
    'it was never looked at',
    () => changed('sys-1', { fields: { liveSince: '2025-01-01' } }, without(['wlk-1'])),
    [
      'SYS-1 was never walked or audited. It is live since 2025-01-01.',
      '2026-01-01',
      'Walk it → new walk with system sys-1',
    ],
  ],
  [
    'AS7',
    'a walk without independence is no look',
    () =>
      changed('sys-1', { fields: { liveSince: '2025-01-01' } }, set('wlk-1', { independence: 'had-a-part' })),
    [
      'SYS-1 was never walked or audited. It is live since 2025-01-01.',
      '2026-01-01',
      'Walk it → new walk with system sys-1',
    ],
  ],
  [
    'AS7',
    'the day planned for the next look has passed',
    () => set('sys-1', { nextReview: '2026-10-31' }),
    [
      'SYS-1 was last walked or audited on 2026-08-01, which is past the interval.',
      '2026-10-31',
      'Walk it → new walk with system sys-1',
    ],
  ],
];
