/** Each way in which the register lets go of what a signed-off class leads to; it binds all the same. */
import type { TraceRecord } from '../../../src/trace/inputs.ts';
import { home } from '../breaks.ts';

import { all, kept, leading, leadingTwice } from '../entailing.ts';
import { record } from '../kit.ts';
import type { Miss, Outcome } from '../outcome.ts';
import { havingShared, shownBy } from '../world.ts';

const notice: Outcome = [
  'OBL-OB-50-1 asks for a notice at first contact, and none is in force.',
  '2026-08-02',
  'Write the notice → new notice with system sys-1, obligations obl-ob-50-1, moment first-contact, source law',
];
const meets = (items: readonly string[], ids: readonly string[]) =>
  all(items.map((item) => kept(item, { links: { metBy: ids } })));

/** Records of kinds that the law names for literacy, none of which shows any. */
const blank: readonly (readonly [string, TraceRecord])[] = [
  ['evidence that is a name alone', record('evidence', 'evd-9', { state: 'kept' })],
  [
    'evidence that was set aside',
    record('evidence', 'evd-8', {
      state: 'rejected',
      fields: { pointer: 'https://logs.example.org/course' },
    }),
  ],
  ['a competence that is a name alone', record('competence', 'cmp-9', { state: 'current' })],
  [
    'a competence of nobody',
    record('competence', 'cmp-8', { state: 'current', fields: { levelShown: 'basic' } }),
  ],
];

export const classificationEntailedMisses: readonly Miss[] = [
  [
    'CL8',
    'one of the duties is not in the register',
    () => leading([kept('OB-4'), kept('OB-5')]),
    [
      'CLA-1 leads to what is not in the register: Art. 50(1).',
      '2026-04-01',
      'Write what follows from CLA-1 into the register → open cla-1 at obligations',
    ],
  ],
  [
    'CL8',
    'two classes lead to duties, and the register holds one of them',
    () => leadingTwice([kept('OB-5')]),
    [
      'CLA-1 and CLA-1-B lead to what is not in the register: Art. 4 and Art. 50(1).',
      '2026-04-01',
      'Write what follows from CLA-1 into the register → open cla-1 at obligations',
    ],
  ],
  [
    'CL8',
    'a duty was cut from its item',
    () => leading([...all().slice(0, 2), kept('OB-50-1', { fields: { item: null } })]),
    [
      'CLA-1 leads to what is not in the register: Art. 50(1).',
      '2026-04-01',
      'Write what follows from CLA-1 into the register → open cla-1 at obligations',
    ],
  ],
  [
    'CL8',
    'a duty was ended',
    () => leading(all([kept('OB-50-1', { state: 'ended', fields: { appliesTo: '2026-11-01' } })])),
    [
      'OBL-OB-50-1 is not kept as law in force, and CLA-1 leads to it. It binds until another class is signed off.',
      '2026-11-01',
      'Take OBL-OB-50-1 on again → takeOn obl-ob-50-1',
    ],
  ],
  [
    'CL8',
    'one was turned into advice, and another one given a last day',
    () =>
      leadingTwice(
        all([
          kept('OB-4', { fields: { source: 'advice' } }),
          kept('OB-5', { fields: { appliesTo: '2026-10-01' } }),
        ]),
      ),
    [
      'OBL-OB-5 and OBL-OB-4 are not kept as law in force, and CLA-1 and CLA-1-B lead to it. It binds until another class is signed off.',
      '2026-10-01',
      'Correct OBL-OB-5 → edit appliesTo of obl-ob-5',
    ],
  ],
  [
    'CL8',
    'a duty was put off',
    () => leading(all([kept('OB-50-1', { fields: { appliesFrom: '2099-01-01' } })])),
    [
      'OBL-OB-50-1 names a later day than CLA-1 leads to. The earlier one counts.',
      '2026-08-02',
      'Correct the day of OBL-OB-50-1 → edit appliesFrom of obl-ob-50-1',
    ],
  ],
  [
    'CL8',
    'two were put off',
    () =>
      leading(
        all([
          kept('OB-4', { fields: { appliesFrom: '2099-01-01' } }),
          kept('OB-5', { fields: { appliesFrom: '2099-01-01' } }),
        ]),
      ),
    [
      'OBL-OB-4 and OBL-OB-5 name a later day than CLA-1 leads to. The earlier one counts.',
      '2025-02-02',
      'Correct the day of OBL-OB-4 → edit appliesFrom of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'a duty is said to be met by a kind of record that the law does not name',
    () => leading(meets(['OB-4'], ['rsk-1'])),
    [
      'OBL-OB-4 names RSK-1 as what meets the duty: blank, not in force, of another system, or of a kind that law does not name.',
      '2026-03-01',
      'Name what meets OBL-OB-4 → edit metBy of obl-ob-4',
    ],
  ],
  [
    'CL8',
    'two are said to be met by a record of another system',
    () => ({
      ...leading(meets(['OB-4', 'OB-50-1'], ['not-9'])),
      shared: [record('notice', 'not-9', { system: 'sys-9' })],
    }),
    [
      'OBL-OB-4 and OBL-OB-50-1 name NOT-9 as what meets the duty: blank, not in force, of another system, or of a kind that law does not name.',
      '2026-03-01',
      'Name what meets OBL-OB-4 → edit metBy of obl-ob-4',
    ],
  ],
  ...blank.map(
    ([what, shown]): Miss => [
      'CL8',
      `a duty is said to be met by ${what}`,
      () => havingShared([shown], leading(meets(['OB-4'], [shown.id]))),
      [
        `OBL-OB-4 names ${shown.ref} as what meets the duty: blank, not in force, of another system, or of a kind that law does not name.`,
        '2026-03-01',
        'Name what meets OBL-OB-4 → edit metBy of obl-ob-4',
      ],
    ],
  ),
  [
    'CL8',
    'two are said to be seen to with a requirement that asks for something else',
    () =>
      leading([
        ...all(
          ['OB-4', 'OB-5'].map((item) =>
            kept(item, { links: { metBy: [shownBy(item)], refersTo: ['obl-house'] } }),
          ),
        ),
        record('obligation', 'obl-house', {
          state: 'taken-on',
          owner: 'ann',
          fields: { source: 'house' },
          links: home,
        }),
      ]),
    [
      'OBL-OB-4 and OBL-OB-5 are seen to with OBL-HOUSE: not in force, of another system, referring on, or asking for something else.',
      '2026-03-01',
      'Say what OBL-OB-4 is seen to with → edit refersTo of obl-ob-4',
    ],
  ],
  [
    'IN3',
    'the duty to tell people was ended, and the class leads to it',
    () => leading(all([kept('OB-50-1', { state: 'ended', fields: { appliesTo: '2026-11-01' } })])),
    notice,
  ],
  [
    'IN3',
    'it was put off',
    () => leading(all([kept('OB-50-1', { fields: { appliesFrom: '2099-01-01' } })])),
    notice,
  ],
  [
    'IN3',
    'it was never written down',
    () => leading([]),
    [
      'CLA-1 leads to Art. 50(1), and nothing in the register shows that it is met.',
      '2026-08-02',
      'falls with classification',
    ],
  ],
];
