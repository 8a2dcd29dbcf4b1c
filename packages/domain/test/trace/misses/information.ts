/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { bound, concern, pair, set, twin } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, duty, having, unapproved, without } from '../world.ts';

export const informationMisses: readonly Miss[] = [
  [
    'IN1',
    'the notice names another version',
    () => changed('not-1', { links: { version: ['ver-0'] } }),
    [
      'NOT-1 does not name the version that is live.',
      '2026-02-01',
      'Name the version in NOT-1 → edit version of not-1',
    ],
  ],
  [
    'IN1',
    'two notices name another version',
    () => pair('not-1', { links: { version: [] } }),
    [
      'NOT-1 and NOT-1-B do not name the version that is live.',
      '2026-02-01',
      'Name the version in NOT-1 → edit version of not-1',
    ],
  ],
  [
    'IN1',
    'the notice speaks of a version that is over',
    () =>
      changed(
        'ver-2',
        { fields: { liveFrom: '2026-10-01' } },
        having(
          [twin('ver-1', 'ver-2')],
          changed('crd-1', { links: { version: ['ver-2'] } }, changed('ver-1', { state: 'ended' })),
        ),
      ),
    [
      'NOT-1 does not name the version that is live.',
      '2026-10-01',
      'Name the version in NOT-1 → edit version of not-1',
    ],
  ],
  [
    'IN2',
    'users are told nothing',
    () => set('not-1', { audience: ['public'] }),
    [
      'No notice tells the users of SYS-1 what they need.',
      '2026-02-01',
      'Write the notice → new notice with system sys-1, audience users',
    ],
  ],
  [
    'IN2',
    'a duty to inform has no notice',
    () => having([{ ...duty('OB-4'), fields: { ...duty('OB-4').fields, duty: 'inform' } }]),
    [
      'OBL-OB-4 asks for information that no notice gives.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-4',
    ],
  ],
  [
    'IN2',
    'no proof of delivery',
    () => set('not-1', { delivery: null }),
    ['NOT-1 has no proof of delivery.', '2026-01-31', 'Add the proof to NOT-1 → edit delivery of not-1'],
  ],
  [
    'IN2',
    'the notice ended yesterday',
    () => set('not-1', { givenUntil: '2026-11-20' }),
    [
      'No notice tells the users of SYS-1 what they need.',
      '2026-02-01',
      'Write the notice → new notice with system sys-1, audience users',
    ],
  ],
  [
    'IN2',
    'two duties to inform have no notice',
    () =>
      having(
        ['OB-4', 'OB-5'].map((item) => ({ ...duty(item), fields: { source: 'law', item, duty: 'inform' } })),
      ),
    [
      'OBL-OB-4 and OBL-OB-5 ask for information that no notice gives.',
      '2026-03-01',
      'Write the notice → new notice with system sys-1, obligations obl-ob-4',
    ],
  ],
  [
    'IN2',
    'two notices have no proof',
    () => pair('not-1', { fields: { delivery: null } }),
    [
      'NOT-1 and NOT-1-B have no proof of delivery.',
      '2026-01-31',
      'Add the proof to NOT-1 → edit delivery of not-1',
    ],
  ],
  [
    'IN2',
    'nobody knows since when the notice is given',
    () => set('not-1', { givenSince: null }),
    ['NOT-1 has no proof of delivery.', '2026-03-01', 'Add the proof to NOT-1 → edit delivery of not-1'],
  ],
  [
    'IN3',
    'no notice for a duty of transparency',
    () => bound('OB-50-3'),
    [
      'OBL-OB-50-3 asks for a notice at first contact, and none is in force.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-50-3, moment first-contact, source law',
    ],
  ],
  [
    'IN3',
    'the notice is given on request only',
    () =>
      changed(
        'not-1',
        { links: { obligations: ['obl-ob-50-3'] }, fields: { moment: 'on-request' } },
        bound('OB-50-3'),
      ),
    [
      'OBL-OB-50-3 asks for a notice at first contact, and none is in force.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-50-3, moment first-contact, source law',
    ],
  ],
  [
    'IN3',
    'two duties of transparency have no notice',
    () => bound('OB-50-1', bound('OB-50-3')),
    [
      'OBL-OB-50-1 and OBL-OB-50-3 ask for a notice at first contact, and none is in force.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-50-1, moment first-contact, source law',
    ],
  ],
  [
    'IN4',
    'workers were told too late',
    () => bound('OB-26-7', set('not-1', { givenSince: '2026-03-01' })),
    [
      'OBL-OB-26-7 asks that people are told beforehand, and no notice was given in time.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-26-7, audience workers, moment before-use, source law',
    ],
  ],
  [
    'IN4',
    'nobody affected was told',
    () => bound('OB-26-11', set('not-1', { audience: ['users'] })),
    [
      'OBL-OB-26-11 asks that people are told beforehand, and no notice was given in time.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-26-11, audience affected-persons, moment before-use, source law',
    ],
  ],
  [
    'IN4',
    'two duties to tell beforehand are open',
    () => bound('OB-26-7', bound('OB-26-11', set('not-1', { givenSince: '2026-02-02' }))),
    [
      'OBL-OB-26-7 and OBL-OB-26-11 ask that people are told beforehand, and no notice was given in time.',
      '2026-08-02',
      'Write the notice → new notice with system sys-1, obligations obl-ob-26-7, audience workers, moment before-use, source law',
    ],
  ],
  [
    'IN5',
    'no way to report harm',
    () => set('not-1', { reportRoute: null }),
    [
      'No notice of SYS-1 says how people can report harm.',
      '2026-02-01',
      'Name the way → edit reportRoute of not-1',
    ],
  ],
  [
    'IN5',
    'no way to contest',
    () => set('not-1', { contestRoute: null }),
    [
      'No notice of SYS-1 says how people can contest an outcome.',
      '2026-02-01',
      'Name the way → edit contestRoute of not-1',
    ],
  ],
  [
    'IN5',
    'a concern is not answered by its day',
    () => concern({ answerBy: '2026-11-10' }),
    [
      'CON-1 is not answered, and the day for it has passed.',
      '2026-11-10',
      'Answer CON-1 → edit answer of con-1',
    ],
  ],
  [
    'IN5',
    'two concerns are not answered by their day',
    () => pair('con-1', {}, concern({ answerBy: '2026-11-10' })),
    [
      'CON-1 and CON-1-B are not answered, and the day for it has passed.',
      '2026-11-10',
      'Answer CON-1 → edit answer of con-1',
    ],
  ],
  [
    'IN5',
    'there is no notice',
    () => without(['not-1']),
    [
      'No notice of SYS-1 says how people can report harm.',
      '2026-02-01',
      'Write the notice → new notice with system sys-1, audience affected-persons',
    ],
  ],
  [
    'IN6',
    'no plan',
    () => changed('doc-plan', unapproved),
    ['No plan for telling users about incidents is in force.', '2026-03-01', 'falls with A.8.4'],
  ],
  [
    'IN6',
    'there is no plan',
    () => without(['doc-plan']),
    ['No plan for telling users about incidents is in force.', '2026-03-01', 'falls with A.8.4'],
  ],
  [
    'IN8',
    'never tried on readers',
    () => set('not-1', { triedOnReaders: 'no' }),
    [
      'NOT-1 was not tried on readers or not found accessible.',
      '2026-01-31',
      'Try NOT-1 on readers → edit triedOnReaders of not-1',
    ],
  ],
  [
    'IN8',
    'it is not accessible',
    () => set('not-1', { accessible: 'not-stated' }),
    [
      'NOT-1 was not tried on readers or not found accessible.',
      '2026-01-31',
      'Try NOT-1 on readers → edit accessible of not-1',
    ],
  ],
  [
    'IN8',
    'two were not tried',
    () => pair('not-1', { fields: { triedOnReaders: null, givenSince: null } }),
    [
      'NOT-1 and NOT-1-B were not tried on readers or not found accessible.',
      '2026-03-01',
      'Try NOT-1 on readers → edit triedOnReaders of not-1',
    ],
  ],
];
