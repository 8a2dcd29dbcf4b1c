/** Each way in which an assessment that is there comes late, is kept by no rule, follows no method or is told to nobody. */
import { bound, set, twoAssessments } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, inForceAs, unapproved, withdrawn } from '../world.ts';

/** A method that was approved a second time. */
const secondVersion = {
  version: 2,
  approvals: [act('approve'), act('approve', { version: 2, at: '2026-06-01T09:00:00Z' })],
};

/** A change with the day on which it takes effect. */
const change = { proposedChange: 'Another model', changeEffectiveOn: '2026-09-01' };

export const impactUpkeepMisses: readonly Miss[] = [
  [
    'IM3',
    'out of the interval',
    () => set('ia-1', { assessedOn: '2025-11-20' }),
    ['IA-1 is past the interval.', '2026-11-20', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM3',
    'its own day has passed',
    () => set('ia-1', { nextReview: '2026-10' }),
    ['IA-1 is past the interval.', '2026-10-31', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM3',
    'what was approved has passed, and a later day was written since by whoever assesses',
    () =>
      inForceAs(
        'ia-1',
        { fields: { assessedOn: '2026-11-20', nextReview: '2027-10-30' } },
        { fields: { nextReview: '2026-10-31' } },
      ),
    ['IA-1 is past the interval.', '2026-10-31', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM3',
    'two are past the interval',
    () => twoAssessments({ fields: { assessedOn: '2025-11-20' } }),
    ['IA-1 and IA-1-B are past the interval.', '2026-11-20', 'Reassess IA-1 → reassess ia-1'],
  ],
  [
    'IM4',
    'a change took effect before its assessment was approved',
    () => changed('ia-1', { ...unapproved, fields: change }),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-09-01',
      'Approve IA-1 → approve ia-1',
    ],
  ],
  [
    'IM4',
    'the assessment of a change is still being written',
    () => changed('ia-1', { ...unapproved, state: 'under-way', fields: change }),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-09-01',
      'Open IA-1 → open ia-1',
    ],
  ],
  [
    'IM4',
    'it was approved after the change',
    () => set('ia-1', { ...change, changeEffectiveOn: '2026-01-15' }),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-01-15',
      'Open IA-1 → open ia-1',
    ],
  ],
  [
    'IM4',
    'it was approved after the first day of the year that the change names',
    () => set('ia-1', { ...change, changeEffectiveOn: '2026' }),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-01-01',
      'Open IA-1 → open ia-1',
    ],
  ],
  [
    'IM4',
    'a draft drops the change that took effect before it was approved',
    () =>
      inForceAs(
        'ia-1',
        { fields: { proposedChange: null } },
        { fields: { ...change, changeEffectiveOn: '2026-01-15' } },
      ),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-01-15',
      'Open IA-1 → open ia-1',
    ],
  ],
  [
    'IM4',
    'a draft names another change, which lies ahead',
    () =>
      inForceAs(
        'ia-1',
        { fields: { proposedChange: 'A third model', changeEffectiveOn: '2099-01-01' } },
        { fields: { ...change, changeEffectiveOn: '2026-01-15' } },
      ),
    [
      'IA-1 looks at a change that took effect before it was approved.',
      '2026-01-15',
      'Open IA-1 → open ia-1',
    ],
  ],
  [
    'IM4',
    'two changes took effect unassessed',
    () => twoAssessments({ ...unapproved, fields: change }),
    [
      'IA-1 and IA-1-B look at a change that took effect before it was approved.',
      '2026-09-01',
      'Approve IA-1 → approve ia-1',
    ],
  ],
  [
    'IM5',
    'no retention',
    () => set('ia-1', { retention: null }),
    ['IA-1 has no retention set.', '2026-03-10', 'Set how long it is kept → edit retention of ia-1'],
  ],
  [
    'IM5',
    'two have no retention',
    () => twoAssessments({ fields: { retention: null } }),
    [
      'IA-1 and IA-1-B have no retention set.',
      '2026-03-10',
      'Set how long it is kept → edit retention of ia-1',
    ],
  ],
  [
    'IM6',
    'no word on the fundamental-rights assessment',
    () => bound('OB-27', set('ia-1', { fria: 'not-decided' })),
    [
      'IA-1 neither links a data-protection or fundamental-rights assessment nor says why none is due.',
      '2026-03-10',
      'Link or give the reason → edit fria of ia-1',
    ],
  ],
  [
    'IM6',
    'fundamental rights are not due, and nobody says why',
    () => bound('OB-27', set('ia-1', { friaReason: null })),
    [
      'IA-1 neither links a data-protection or fundamental-rights assessment nor says why none is due.',
      '2026-03-10',
      'Link or give the reason → edit fria of ia-1',
    ],
  ],
  [
    'IM6',
    'data protection is undecided',
    () => bound('OB-26-9', set('ia-1', { dpia: 'not-decided' })),
    [
      'IA-1 neither links a data-protection or fundamental-rights assessment nor says why none is due.',
      '2026-03-10',
      'Link or give the reason → edit dpia of ia-1',
    ],
  ],
  [
    'IM6',
    'two leave both open',
    () => bound('OB-27', twoAssessments({ fields: { dpia: null, fria: null } })),
    [
      'IA-1 and IA-1-B neither link a data-protection or fundamental-rights assessment nor say why none is due.',
      '2026-03-10',
      'Link or give the reason → edit dpia of ia-1',
    ],
  ],
  [
    'IM11',
    'it names no method',
    () => changed('ia-1', { links: { method: [] } }),
    ['IA-1 names no method in force.', '2026-03-10', 'Name the method of IA-1 → edit method of ia-1'],
  ],
  [
    'IM11',
    'the approval of the method was withdrawn',
    () => changed('doc-plan', withdrawn),
    ['IA-1 names no method in force.', '2026-03-10', 'Name the method of IA-1 → edit method of ia-1'],
  ],
  [
    'IM11',
    'the methods of two are kept up no more',
    () => changed('doc-plan', { state: 'withdrawn' }, twoAssessments({})),
    [
      'IA-1 and IA-1-B name no method in force.',
      '2026-03-10',
      'Name the method of IA-1 → edit method of ia-1',
    ],
  ],
  [
    'IM11',
    'the method is named since, and not approved yet',
    () =>
      changed('ia-1', {
        inForce: { version: 1, fields: { assessedOn: '2026-03-10' }, links: { covers: ['uc-1'] } },
      }),
    ['IA-1 names no method in force.', '2026-03-10', 'Approve IA-1 → approve ia-1'],
  ],
  [
    'IM11',
    'it follows an earlier version, and no transition is named',
    () => set('ia-1', { methodVersion: 1 }, changed('doc-plan', secondVersion)),
    [
      'IA-1 follows a version of the method that does not count today.',
      '2026-06-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM11',
    'two follow an earlier version whose transition has ended',
    () =>
      changed(
        'doc-plan',
        { ...secondVersion, fields: { transitionOn: '2026-10' } },
        twoAssessments({ fields: { methodVersion: 1 } }),
      ),
    [
      'IA-1 and IA-1-B follow a version of the method that does not count today.',
      '2026-10-31',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM11',
    'the version that it names was never approved',
    () => set('ia-1', { methodVersion: 7 }),
    [
      'IA-1 follows a version of the method that does not count today.',
      '2026-04-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
];
