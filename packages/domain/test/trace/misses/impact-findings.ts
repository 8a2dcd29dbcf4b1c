/** Each way in which what an assessment says of rights, consultation and going on falls short, or how more than one says it. */
import { bound, pair, rights, set, twoAssessments } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed } from '../world.ts';

const approvedLater = { approvals: [act('approve', { at: '2026-05-01T09:00:00Z' })] };

export const impactFindingMisses: readonly Miss[] = [
  [
    'IM7',
    'done after first use',
    () => bound('OB-27', set('ia-1', { ...rights, friaOn: '2026-06-01', friaNotifiedOn: '2026-06-01' })),
    [
      'IA-1 shows no fundamental-rights assessment before first use, with notification.',
      '2026-02-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'it was done and nobody was notified',
    () => bound('OB-27', set('ia-1', { ...rights, friaNotifiedOn: null })),
    [
      'IA-1 shows no fundamental-rights assessment before first use, with notification.',
      '2026-02-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'it is said to be done on a day that is still to come',
    () => bound('OB-27', set('ia-1', { ...rights, friaOn: '2026-12-01' })),
    [
      'IA-1 shows no fundamental-rights assessment before first use, with notification.',
      '2026-02-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'a version ran before it, whatever day the system says',
    () =>
      changed(
        'ver-1',
        { fields: { liveFrom: '2026-01-10' } },
        bound('OB-27', set('ia-1', rights, set('sys-1', { liveSince: '2026-06-01' }))),
      ),
    [
      'IA-1 shows no fundamental-rights assessment before first use, with notification.',
      '2026-01-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'why no authority is notified is no sentence',
    () => bound('OB-27', set('ia-1', { ...rights, friaNotifiedOn: null, friaNotNotified: 'ok' })),
    [
      'IA-1 shows no fundamental-rights assessment before first use, with notification.',
      '2026-02-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'it says nothing of what the law asks',
    () => bound('OB-27', set('ia-1', { ...rights, friaPeriod: 'ok', friaOversight: '.' })),
    ['IA-1 leaves out what Art. 27(1) asks for: (b) and (e).', '2026-01-20', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM7',
    'two leave out the same',
    () => bound('OB-27', twoAssessments({ fields: { ...rights, friaMeasures: null } })),
    [
      'IA-1 and IA-1-B leave out what Art. 27(1) asks for: (f).',
      '2026-01-20',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM7',
    'two have no day of it',
    () => bound('OB-27', twoAssessments({ fields: { fria: 'due' } })),
    [
      'IA-1 and IA-1-B show no fundamental-rights assessment before first use, with notification.',
      '2026-02-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM8',
    'nobody was consulted on serious harm',
    () => set('ia-1', { consulted: 'no' }),
    [
      'IA-1 finds serious harm, and nobody affected was consulted.',
      '2026-03-10',
      'Record the consultation → edit consulted of ia-1',
    ],
  ],
  [
    'IM8',
    'two found serious harm and asked nobody',
    () => twoAssessments({ fields: { consulted: 'not-stated' } }),
    [
      'IA-1 and IA-1-B find serious harm, and nobody affected was consulted.',
      '2026-03-10',
      'Record the consultation → edit consulted of ia-1',
    ],
  ],
  [
    'IM9',
    'it concludes that the use must not go on',
    () => set('ia-1', { continuation: 'must-not' }),
    [
      'IA-1 concludes that UC-1 must not go on, and SYS-1 is live.',
      '2026-04-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM9',
    'two conclude so of their uses',
    () => twoAssessments({ fields: { continuation: 'must-not' } }),
    [
      'IA-1 and IA-1-B conclude that UC-1 and UC-1-B must not go on, and SYS-1 is live.',
      '2026-04-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM9',
    'the assessment approved last says that the use must not go on, and an older one still stands',
    () => changed('ia-1-b', { ...approvedLater, fields: { continuation: 'must-not' } }, pair('ia-1')),
    [
      'IA-1-B concludes that UC-1 must not go on, and SYS-1 is live.',
      '2026-05-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM1',
    'another assessment of the use was approved, and the first one still stands',
    () => changed('ia-1-b', { ...approvedLater, fields: { continuation: 'must-not' } }, pair('ia-1')),
    [
      'UC-1 has more than one assessment in force: IA-1-B and IA-1. The one approved last counts; withdraw or archive the other.',
      '2026-05-01',
      'Archive IA-1 → open ia-1',
    ],
  ],
  [
    'IM1',
    'two assessments stand for the same two uses',
    () =>
      pair(
        'ia-1',
        { fields: { togetherReason: 'One form' }, links: { covers: ['uc-1', 'uc-1-b'] } },
        pair('uc-1'),
      ),
    [
      'UC-1 and UC-1-B have more than one assessment in force: IA-1-B and IA-1. The one approved last counts; withdraw or archive the other.',
      '2026-04-01',
      'Archive IA-1 → open ia-1',
    ],
  ],
];
