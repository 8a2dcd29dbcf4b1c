/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { noUse, pair, set, systemChanged, systemChangedBack, twin, twoAssessments } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, having, unapproved, voided, without } from '../world.ts';
import { effects } from '../world-records.ts';

/** Approved on a use case that was another one then. */
const stale = { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] };
/** The system before it went live. */
const before = (stage: string, world = goodWorld()) =>
  changed('sys-1', { state: stage, fields: { liveSince: null } }, world);
/** One effect for each who bears it, all good or all bad. */
const levelled = (polarity: string) =>
  ['individuals', 'groups', 'society'].map((level, n) => ({
    number: n + 1,
    level,
    polarity,
    severity: 'minor',
  }));

export const impactMisses: readonly Miss[] = [
  [
    'IM1',
    'no assessment',
    () => without(['ia-1']),
    [
      'UC-1 has no impact assessment. The system is live since 2026-02-01.',
      '2026-02-01',
      'Start the assessment → new impact-assessment with system sys-1, covers uc-1',
    ],
  ],
  [
    'IM1',
    'no use case',
    noUse,
    [
      'No use case of SYS-1 that goes on is on record, so there is nothing to judge by.',
      '2026-02-01',
      'falls with use-cases',
    ],
  ],
  [
    'IM1',
    'a draft alone',
    () => changed('ia-1', unapproved),
    ['IA-1 is not approved.', '2026-03-01', 'Approve IA-1 → approve ia-1'],
  ],
  [
    'IM1',
    'the approval was lost',
    () => changed('ia-1', voided),
    ['IA-1 is no longer approved.', '2026-09-01', 'Approve IA-1 → approve ia-1'],
  ],
  [
    'IM1',
    'another use is not covered',
    () => having([twin('uc-1', 'uc-2')]),
    [
      'UC-2 has no impact assessment. The system is live since 2026-02-01.',
      '2026-02-01',
      'Start the assessment → new impact-assessment with system sys-1, covers uc-2',
    ],
  ],
  [
    'IM1',
    'approved before the use case changed',
    () => changed('ia-1', { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] }),
    ['IA-1 was approved before the use case changed.', '2026-03-01', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'no assessment before go-live',
    () => before('verification-validation', without(['ia-1'])),
    [
      'UC-1 has no impact assessment.',
      '2026-03-01',
      'Start the assessment → new impact-assessment with system sys-1, covers uc-1',
    ],
  ],
  [
    'IM1',
    'two uses have none',
    () => without(['ia-1'], pair('uc-1')),
    [
      'UC-1 and UC-1-B have no impact assessment. The system is live since 2026-02-01.',
      '2026-02-01',
      'Start the assessment → new impact-assessment with system sys-1, covers uc-1 and uc-1-b',
    ],
  ],
  [
    'IM1',
    'two uses have none before go-live',
    () => before('verification-validation', without(['ia-1'], pair('uc-1'))),
    [
      'UC-1 and UC-1-B have no impact assessment.',
      '2026-03-01',
      'Start the assessment → new impact-assessment with system sys-1, covers uc-1 and uc-1-b',
    ],
  ],
  [
    'IM1',
    'an assessment is being written',
    () => changed('ia-1', { ...unapproved, state: 'under-way' }),
    ['IA-1 is not approved.', '2026-03-01', 'Finish IA-1 → open ia-1'],
  ],
  [
    'IM1',
    'two assessments are not approved',
    () => twoAssessments(unapproved),
    ['IA-1 and IA-1-B are not approved.', '2026-03-01', 'Approve IA-1 → approve ia-1'],
  ],
  [
    'IM1',
    'two assessments lost approval',
    () => twoAssessments(voided),
    ['IA-1 and IA-1-B are no longer approved.', '2026-09-01', 'Approve IA-1 → approve ia-1'],
  ],
  [
    'IM1',
    'two assessments are stale',
    () => twoAssessments(stale),
    [
      'IA-1 and IA-1-B were approved before the use case changed.',
      '2026-03-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM1',
    'one assessment covers two uses and does not say why',
    () => changed('ia-1', { links: { covers: ['uc-1', 'uc-1-b'] } }, pair('uc-1')),
    [
      'IA-1 covers several use cases without saying why.',
      '2026-03-10',
      'Say why together → edit togetherReason of ia-1',
    ],
  ],
  [
    'IM1',
    'two assessments cover two uses each',
    () =>
      changed(
        'ia-1-b',
        { fields: { assessedOn: '2026-02-10' }, links: { covers: ['uc-1-b', 'uc-3'] } },
        pair(
          'ia-1',
          { links: { covers: ['uc-1', 'uc-2'] } },
          pair('uc-1', {}, having([twin('uc-1', 'uc-2'), twin('uc-1', 'uc-3')])),
        ),
      ),
    [
      'IA-1-B and IA-1 cover several use cases without saying why.',
      '2026-02-10',
      'Say why together → edit togetherReason of ia-1-b',
    ],
  ],
  [
    'IM1',
    'the system changed later on the day of its approval',
    () => systemChanged('2026-04-01T15:00:00Z'),
    ['IA-1 was approved before SYS-1 changed on 2026-04-01.', '2026-04-01', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'the system was changed back to what it had been before it was assessed',
    () => systemChangedBack('2026-06-05T15:00:00Z', '2026-01-01T09:00:00Z', '2026-03-01T08:00:00Z'),
    ['IA-1 was approved before SYS-1 changed on 2026-06-05.', '2026-06-05', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'the model changed after both were approved, and the data before that',
    () =>
      changed(
        'mdl-1',
        { materialAt: '2026-06-05T09:00:00Z' },
        changed('dat-1', { materialAt: '2026-05-05T09:00:00Z' }, twoAssessments({})),
      ),
    [
      'IA-1 and IA-1-B were approved before MDL-1 changed on 2026-06-05.',
      '2026-05-05',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM1',
    'a change of another day in the month of a proposed one',
    () =>
      set(
        'ia-1',
        { proposedChange: 'Another model', changeEffectiveOn: '2026-06' },
        systemChanged('2026-06-05T08:00:00Z'),
      ),
    ['IA-1 was approved before SYS-1 changed on 2026-06-05.', '2026-06-05', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'a change of another day in the year of a proposed one',
    () =>
      set(
        'ia-1',
        { proposedChange: 'Another model', changeEffectiveOn: '2026' },
        systemChanged('2026-06-05T08:00:00Z'),
      ),
    ['IA-1 was approved before SYS-1 changed on 2026-06-05.', '2026-06-05', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'a change before the day of the proposed one',
    () =>
      set(
        'ia-1',
        { proposedChange: 'Another model', changeEffectiveOn: '2026-06-06' },
        systemChanged('2026-06-05T08:00:00Z'),
      ),
    ['IA-1 was approved before SYS-1 changed on 2026-06-05.', '2026-06-05', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM1',
    'another change than the one that was assessed beforehand',
    () =>
      set(
        'ia-1',
        { proposedChange: 'Another model', changeEffectiveOn: '2026-06-05' },
        systemChanged('2026-06-06T08:00:00Z'),
      ),
    ['IA-1 was approved before SYS-1 changed on 2026-06-06.', '2026-06-06', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM2',
    'society is left out',
    () => set('ia-1', { effects: effects.slice(0, 2) }),
    ['IA-1 judges no effect on society.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
    [
      'IA-1 names no benefit in one dimension, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'misuse is left out',
    () => set('ia-1', { misuse: null }),
    ['IA-1 does not look at foreseeable misuse.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM2',
    'no effect and no reason',
    () => set('ia-1', { effects: [...effects, { level: 'groups', polarity: 'none' }] }),
    ['IA-1 names no effect somewhere without a reason.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM2',
    'nothing is judged at all',
    () => set('ia-1', { effects: [], misuse: null }),
    [
      'IA-1 judges no effect on individuals, groups and society.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
    ['IA-1 does not look at foreseeable misuse.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM2',
    'two judge nobody but individuals',
    () => twoAssessments({ fields: { effects: effects.slice(0, 1), misuse: null } }),
    ['IA-1 and IA-1-B judge no effect on groups and society.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
    ['IA-1 and IA-1-B do not look at foreseeable misuse.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
    [
      'IA-1 and IA-1-B name no benefit in one dimension, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'two name no effect and give no reason',
    () => twoAssessments({ fields: { effects: [...effects, { level: 'groups', polarity: 'none' }] } }),
    [
      'IA-1 and IA-1-B name no effect somewhere without a reason.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'harms alone are named',
    () => set('ia-1', { effects: levelled('harmful') }),
    [
      'IA-1 names no benefit in one dimension, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'benefits alone are named',
    () => set('ia-1', { effects: levelled('beneficial') }),
    [
      'IA-1 names no harm in one dimension, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'benefits were looked for elsewhere, and not where harm was found',
    () =>
      set('ia-1', {
        effects: [...effects, { dimension: 'fairness', level: 'groups', polarity: 'harmful' }],
      }),
    [
      'IA-1 names no benefit in Fairness, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'either side is open in several dimensions',
    () =>
      set('ia-1', {
        effects: [
          ...effects,
          { dimension: 'fairness', level: 'groups', polarity: 'harmful' },
          { dimension: 'economy', level: 'society', polarity: 'beneficial' },
        ],
      }),
    [
      'IA-1 names no harm or benefit in 2 dimensions, nor why there is none.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'no benefit and no reason',
    () => set('ia-1', { effects: [...effects, { level: 'groups', polarity: 'no-benefit' }] }),
    ['IA-1 names no effect somewhere without a reason.', '2026-03-10', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM2',
    'what was filled in was confirmed by nobody',
    () => set('ia-1', { toConfirm: ['context'] }),
    [
      'IA-1 holds what was filled in from elsewhere and confirmed by nobody.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM2',
    'two hold what nobody confirmed',
    () => twoAssessments({ fields: { toConfirm: ['misuse'] } }),
    [
      'IA-1 and IA-1-B hold what was filled in from elsewhere and confirmed by nobody.',
      '2026-03-10',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
];
