/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { authority, bound, home, noUse, pair, set } from '../breaks.ts';
import { act, record, type World } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, having, inForceAs, unapproved, voided, withdrawn } from '../world.ts';

/** The system before it went live. */
const before = (stage: string, world = goodWorld()) =>
  changed('sys-1', { state: stage, fields: { liveSince: null } }, world);

const suspended = { state: 'suspended', updatedAt: '2026-06-05T08:00:00Z' };
const ended = { retiredOn: '2026-05-01', closingNote: 'Over.' };

/** Approved a day longer ago than the interval. */
const long = { approvals: [act('approve', { at: '2025-11-20T09:00:00Z' })] };

/** Approved by one account, and written by another one of the same person. */
const own = (world: World): World => ({
  ...world,
  organisation: { ...world.organisation, samePersons: [['ann', 'boss']] },
});
const byAnn = { hands: [{ version: 1, by: ['ann'] }] };

export const useCasesMisses: readonly Miss[] = [
  [
    'UC2',
    'whoever approved a use had written it by another account',
    () => own(changed('uc-1', byAnn)),
    [
      'UC-1 was approved by a person who had written or put forward what was approved.',
      '2026-04-01',
      'Approve UC-1 again → approve uc-1',
    ],
  ],
  [
    'UC2',
    'whoever approved two uses had written both by another account',
    () => own(changed('uc-1-b', byAnn, changed('uc-1', byAnn, pair('uc-1')))),
    [
      'UC-1 and UC-1-B were approved by a person who had written or put forward what was approved.',
      '2026-04-01',
      'Approve UC-1 again → approve uc-1',
    ],
  ],
  [
    'UC1',
    'no use case at all',
    noUse,
    [
      'SYS-1 has no use case on record. It is live since 2026-02-01.',
      '2026-02-01',
      'Add a use case → new use-case with system sys-1',
    ],
  ],
  [
    'UC1',
    'the only use is suspended',
    () => changed('uc-1', suspended),
    [
      'No use case of SYS-1 goes on: UC-1 is suspended. It is live since 2026-02-01.',
      '2026-06-05',
      'Look at UC-1 → open uc-1',
    ],
  ],
  [
    'UC1',
    'one use is suspended before go-live, and two have ended',
    () => {
      const third = record('use-case', 'uc-3', { state: 'rejected', fields: ended, links: home });
      const two = changed('uc-1-b', { state: 'retired', fields: ended }, pair('uc-1'));
      return before('design-development', having([third], changed('uc-1', suspended, two)));
    },
    [
      'No use case of SYS-1 goes on: UC-1 is suspended; UC-1-B is retired; UC-3 is rejected.',
      '2026-06-05',
      'Look at UC-1 → open uc-1',
    ],
  ],
  [
    'UC1',
    'the only use has ended',
    () => before('design-development', changed('uc-1', { state: 'retired', fields: ended })),
    [
      'No use case of SYS-1 goes on: UC-1 is retired.',
      '2026-05-01',
      'Add a use case → new use-case with system sys-1',
    ],
  ],
  [
    'UC1',
    'misuse and prohibited uses are missing',
    () => set('uc-1', { foreseeableMisuse: null, prohibitedUses: null }),
    [
      'UC-1 does not state: foreseeable misuse and prohibited uses.',
      '2026-02-01',
      'Describe UC-1 → edit foreseeableMisuse of uc-1',
    ],
  ],
  [
    'UC1',
    'there is no use case before go-live',
    () => before('design-development', noUse()),
    ['SYS-1 has no use case on record.', '2026-03-01', 'Add a use case → new use-case with system sys-1'],
  ],
  [
    'UC1',
    'two uses lack different parts',
    () =>
      changed(
        'uc-1-b',
        { fields: { users: null, purpose: 'Sort' } },
        pair('uc-1', { fields: { purpose: null } }),
      ),
    [
      'UC-1 and UC-1-B do not state: purpose and users.',
      '2026-02-01',
      'Describe UC-1 → edit purpose of uc-1',
    ],
  ],
  [
    'UC1',
    'the younger gap has no part in the day',
    () =>
      changed('uc-1-b', { fields: { liveSince: '2025-06' } }, pair('uc-1', { fields: { context: null } })),
    ['UC-1-B and UC-1 do not state: context.', '2025-06', 'Describe UC-1-B → edit context of uc-1-b'],
  ],
  [
    'UC2',
    'not approved',
    () => changed('uc-1', unapproved),
    ['UC-1 is not approved.', '2026-02-01', 'Approve UC-1 → approve uc-1'],
  ],
  [
    'UC2',
    'approval void after an edit',
    () => changed('uc-1', voided),
    ['UC-1 lost approval when material content changed.', '2026-09-01', 'Approve UC-1 → approve uc-1'],
  ],
  [
    'UC2',
    'approval withdrawn by a person',
    () => changed('uc-1', withdrawn),
    ['The approval of UC-1 was withdrawn.', '2026-09-01', 'Approve UC-1 → approve uc-1'],
  ],
  [
    'UC2',
    'two uses whose approval was withdrawn',
    () => pair('uc-1', withdrawn),
    ['The approval of UC-1 and UC-1-B was withdrawn.', '2026-09-01', 'Approve UC-1 → approve uc-1'],
  ],
  [
    'UC2',
    'approved beyond authority',
    () => authority('use_case', 'severe', 'ann'),
    [
      'UC-1 was approved by somebody without authority over use cases on that day.',
      '2026-04-01',
      'Approve UC-1 → approve uc-1',
    ],
  ],
  [
    'UC2',
    'approved by somebody whose authority ends below the worst open risk',
    () => authority('use_case', 'moderate', 'boss'),
    [
      'UC-1 was approved by somebody whose authority does not reach the level of today.',
      '2026-04-01',
      'Approve UC-1 → approve uc-1',
    ],
  ],
  [
    'UC2',
    'two uses were approved below their level',
    () => ({ ...pair('uc-1'), organisation: { ...authority('use_case', 'moderate', 'boss').organisation } }),
    [
      'UC-1 and UC-1-B were approved by somebody whose authority does not reach the level of today.',
      '2026-04-01',
      'Approve UC-1 → approve uc-1',
    ],
  ],
  [
    'UC2',
    'two uses are not approved',
    () => pair('uc-1', unapproved),
    ['UC-1 and UC-1-B are not approved.', '2026-02-01', 'Approve UC-1 → approve uc-1'],
  ],
  [
    'UC2',
    'two uses lost approval',
    () => pair('uc-1', voided),
    [
      'UC-1 and UC-1-B lost approval when material content changed.',
      '2026-09-01',
      'Approve UC-1 → approve uc-1',
    ],
  ],
  [
    'UC2',
    'one use was never approved and another lost it',
    () => changed('uc-1-b', voided, pair('uc-1', unapproved)),
    ['UC-1 is not approved.', '2026-02-01', 'Approve UC-1 → approve uc-1'],
    ['UC-1-B lost approval when material content changed.', '2026-09-01', 'Approve UC-1-B → approve uc-1-b'],
  ],
  [
    'UC2',
    'two uses were approved beyond authority',
    () => ({ ...pair('uc-1'), organisation: { ...authority('use_case', 'severe', 'ann').organisation } }),
    [
      'UC-1 and UC-1-B were approved by somebody without authority over use cases on that day.',
      '2026-04-01',
      'Approve UC-1 → approve uc-1',
    ],
  ],
  [
    'UC3',
    'no autonomy',
    () => set('uc-1', { autonomy: null }),
    [
      'UC-1 does not state the autonomy in words.',
      '2026-02-01',
      'State the autonomy of UC-1 → edit autonomy of uc-1',
    ],
  ],
  [
    'UC3',
    'two uses state no autonomy',
    () => pair('uc-1', { fields: { autonomy: null } }),
    [
      'UC-1 and UC-1-B do not state the autonomy in words.',
      '2026-02-01',
      'State the autonomy of UC-1 → edit autonomy of uc-1',
    ],
  ],
  [
    'UC4',
    'closed without a reason',
    () => having([record('use-case', 'uc-9', { state: 'rejected', links: home })]),
    ['UC-9 is closed without a reason or a day.', null, 'Close UC-9 → edit closingNote of uc-9'],
  ],
  [
    'UC4',
    'a reason stands without a day',
    () =>
      having([
        record('use-case', 'uc-9', { state: 'retired', fields: { closingNote: 'Replaced' }, links: home }),
      ]),
    ['UC-9 is closed without a reason or a day.', null, 'Close UC-9 → edit retiredOn of uc-9'],
  ],
  [
    'UC4',
    'two days stand without a reason',
    () =>
      having(
        ['uc-8', 'uc-9'].map((id, n) =>
          record('use-case', id, {
            state: 'retired',
            fields: { retiredOn: `2026-0${n + 4}-01` },
            links: home,
          }),
        ),
      ),
    [
      'UC-8 and UC-9 are closed without a reason or a day.',
      '2026-04-01',
      'Close UC-8 → edit closingNote of uc-8',
    ],
  ],
  [
    'UC4',
    'a use of a retired system runs on',
    () => changed('sys-1', { state: 'retirement', fields: { retiredOn: '2026-10-31' } }),
    ['UC-1 is still in use, and SYS-1 is retired.', '2026-10-31', 'Retire UC-1 → retire uc-1'],
  ],
  [
    'UC4',
    'two uses of a retired system run on',
    () => changed('sys-1', { state: 'retirement', fields: { retiredOn: '2026-10-31' } }, pair('uc-1')),
    ['UC-1 and UC-1-B are still in use, and SYS-1 is retired.', '2026-10-31', 'Retire UC-1 → retire uc-1'],
  ],
  [
    'UC5',
    'review over',
    () => set('uc-1', { nextReview: '2026-11-20' }),
    ['UC-1 was not reviewed in time.', '2026-11-20', 'Record the review of UC-1 → edit reviewedOn of uc-1'],
  ],
  [
    'UC5',
    'review over by what was approved, and a later day written since without a look',
    () =>
      inForceAs('uc-1', { fields: { nextReview: '2027-10-30' } }, { fields: { nextReview: '2026-11-20' } }),
    ['UC-1 was not reviewed in time.', '2026-11-20', 'Record the review of UC-1 → edit reviewedOn of uc-1'],
  ],
  [
    'UC5',
    'a use never reviewed counts from its approval',
    () => changed('uc-1', { ...long, fields: { reviewedOn: null } }),
    ['UC-1 was not reviewed in time.', '2026-11-20', 'Record the review of UC-1 → edit reviewedOn of uc-1'],
  ],
  [
    'UC5',
    'a use neither reviewed nor approved counts from its first day',
    () => changed('uc-1', { ...unapproved, fields: { reviewedOn: null, liveSince: '2025-11-20' } }),
    ['UC-1 was not reviewed in time.', '2026-11-20', 'Record the review of UC-1 → edit reviewedOn of uc-1'],
  ],
  [
    'UC5',
    'two uses were not reviewed',
    () => pair('uc-1', { fields: { nextReview: '2026-Q3' } }),
    [
      'UC-1 and UC-1-B were not reviewed in time.',
      '2026-09-30',
      'Record the review of UC-1 → edit reviewedOn of uc-1',
    ],
  ],
  [
    'UC6',
    'no measures where law asks for them',
    () => bound('OB-26-1', set('uc-1', { instructionMeasures: null })),
    [
      'UC-1 has no measures on record that the instructions are followed.',
      '2026-02-01',
      'Record the use of UC-1 → edit instructionsFollowed of uc-1',
    ],
  ],
  [
    'UC6',
    'two uses are not as instructed',
    () => bound('OB-26-1', pair('uc-1', { fields: { instructionsFollowed: 'no' } })),
    [
      'UC-1 and UC-1-B have no measures on record that the instructions are followed.',
      '2026-02-01',
      'Record the use of UC-1 → edit instructionsFollowed of uc-1',
    ],
  ],
];
