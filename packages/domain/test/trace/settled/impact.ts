/** Where the rules of impact are no gap: until when they hold, or why they cannot be judged or do not apply. */
import {
  before,
  bound,
  noIntervals,
  pair,
  rights,
  set,
  state,
  systemChanged,
  systemChangedBack,
  twoAssessments,
} from '../breaks.ts';
import { act } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, unapproved, without } from '../world.ts';

export const impactSettled: readonly Settled[] = [
  [
    'IM1',
    'one assessment covers two uses and says why',
    () =>
      changed(
        'ia-1',
        { fields: { togetherReason: 'One office' }, links: { covers: ['uc-1', 'uc-1-b'] } },
        pair('uc-1'),
      ),
    'holds',
    null,
  ],
  [
    'IM1',
    'it was approved after the system changed',
    () => systemChanged('2026-04-01T08:00:00Z'),
    'holds',
    null,
  ],
  [
    'IM1',
    'the system changed after it was approved, and was changed back',
    () => systemChangedBack('2026-06-05T15:00:00Z', '2026-01-01T09:00:00Z', '2026-06-05T08:00:00Z'),
    'holds',
    null,
  ],
  [
    'IM1',
    'the system is as it was entered',
    () => changed('sys-1', { createdAt: '2026-06-01T09:00:00Z', materialAt: '2026-06-01T09:00:00Z' }),
    'holds',
    null,
  ],
  [
    'IM1',
    'a supplier changed, and a model that is used no more',
    () =>
      changed(
        'sup-1',
        { materialAt: '2026-06-05T08:00:00Z' },
        changed('mdl-1', { state: 'withdrawn', materialAt: '2026-06-05T08:00:00Z' }),
      ),
    'holds',
    null,
  ],
  [
    'IM1',
    'the change was assessed before it took effect',
    () =>
      set(
        'ia-1',
        { proposedChange: 'Another model', changeEffectiveOn: '2026-06-05' },
        systemChanged('2026-06-05T08:00:00Z'),
      ),
    'holds',
    null,
  ],
  [
    'IM2',
    'no assessment is in force',
    () => without(['ia-1']),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM2',
    'harm alone is found, and it says why there is no benefit',
    () =>
      set('ia-1', {
        effects: [
          { dimension: 'fairness', level: 'individuals', polarity: 'harmful', severity: 'minor' },
          {
            dimension: 'fairness',
            level: 'groups',
            polarity: 'no-benefit',
            reason: 'None is treated better',
          },
          { dimension: 'economy', level: 'society', polarity: 'none', reason: 'Too few to reach it' },
        ],
      }),
    'holds',
    null,
  ],
  [
    'IM3',
    'no assessment is in force',
    () => without(['ia-1']),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM3',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Impact assessment per use case.',
  ],
  [
    'IM4',
    'no change is proposed',
    () => set('ia-1', { proposedChange: null }),
    'not-applicable',
    'No assessment of SYS-1 names a proposed change.',
  ],
  ['IM4', 'a change was assessed before it took effect', goodWorld, 'holds', null],
  [
    'IM4',
    'a change lies ahead, and its assessment is not approved yet',
    () =>
      changed('ia-1', {
        ...unapproved,
        fields: { proposedChange: 'Another model', changeEffectiveOn: '2027-01-15' },
      }),
    'holds',
    '2027-01-15',
  ],
  [
    'IM4',
    'the assessment of a change was withdrawn',
    () =>
      changed('ia-1', {
        state: 'withdrawn',
        fields: { proposedChange: 'Another model', changeEffectiveOn: '2026-01-01' },
      }),
    'not-applicable',
    'No assessment of SYS-1 names a proposed change.',
  ],
  [
    'IM5',
    'no assessment is in force',
    () => without(['ia-1']),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM5',
    'a day until which it is kept is enough',
    () => set('ia-1', { retention: null, keepUntil: '2030' }),
    'holds',
    null,
  ],
  [
    'IM6',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'IM6',
    'no assessment is in force',
    () => bound('OB-27', without(['ia-1'])),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM7',
    'no assessment is in force',
    () => bound('OB-27', without(['ia-1'])),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM7',
    'it was done in the month of first use',
    () => bound('OB-27', set('ia-1', { ...rights, friaOn: '2026-02', friaNotifiedOn: '2026-02-01' })),
    'holds',
    null,
  ],
  [
    'IM7',
    'it was done before, and a reason stands why no authority is notified',
    () =>
      bound(
        'OB-27',
        set('ia-1', { ...rights, friaNotifiedOn: null, friaNotNotified: 'Case of Article 46(1)' }),
      ),
    'holds',
    null,
  ],
  [
    'IM8',
    'no harm is serious',
    () =>
      set('ia-1', {
        effects: [
          { level: 'groups', polarity: 'harmful', severity: 'moderate' },
          { level: 'society', polarity: 'beneficial', severity: 'severe' },
        ],
      }),
    'not-applicable',
    'No assessment in force finds serious harm.',
  ],
  ['IM9', 'it may go on with measures', () => set('ia-1', { continuation: 'with-measures' }), 'holds', null],
  [
    'IM9',
    'a draft says that the use must not go on, and the approved version does not',
    () =>
      changed('ia-1', {
        fields: { continuation: 'must-not' },
        inForce: { version: 1, fields: { assessedOn: '2026-03-10' }, links: { covers: ['uc-1'] } },
      }),
    'holds',
    null,
  ],
  [
    'IM9',
    'the use that must not go on is suspended, and another one goes on',
    () => state('uc-1', 'suspended', set('ia-1', { continuation: 'must-not' }, twoAssessments({}))),
    'holds',
    null,
  ],
  [
    'IM9',
    'the system does not run yet',
    () => before('deployment', set('ia-1', { continuation: 'must-not' })),
    'not-applicable',
    'SYS-1 is not live yet.',
  ],
  [
    'IM9',
    'no assessment is in force',
    () => without(['ia-1']),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  ['IM11', 'it names the version in force', () => set('ia-1', { methodVersion: 1 }), 'holds', null],
  [
    'IM11',
    'it follows an earlier version while the transition runs',
    () =>
      set(
        'ia-1',
        { methodVersion: 1 },
        changed('doc-plan', {
          version: 2,
          approvals: [act('approve'), act('approve', { version: 2 })],
          fields: { transitionOn: '2026-12' },
        }),
      ),
    'holds',
    '2026-12',
  ],
  [
    'IM11',
    'no assessment is in force',
    () => without(['ia-1']),
    'not-applicable',
    'No impact assessment is in force.',
  ],
  [
    'IM9',
    'one that said that it must not go on was followed by one that says otherwise',
    () =>
      changed(
        'ia-1-b',
        { approvals: [act('approve', { at: '2026-05-01T09:00:00Z' })], fields: { continuation: 'may' } },
        pair('ia-1', { fields: { continuation: 'must-not' } }),
      ),
    'holds',
    null,
  ],
];
