/** Each way in which what remains of a risk is borne by nobody (6.1.3, 8.3): its sentence, since when, and what to do. */
import { authority, limitless, pair, set, state } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { reassessed } from '../reassessed.ts';
import { changed, goodWorld, unapproved, voided, withdrawn } from '../world.ts';

/** Nothing is done yet of the one plan. */
const underWay = (world: ReturnType<typeof goodWorld>) => state('trt-1', 'under-way', world);

/** Borne until the plan is done, which is under way: nobody rated what remains. */
const meantime = (fields: Record<string, string> = {}) =>
  underWay(
    changed('rsk-1', {
      state: 'in-treatment',
      fields: { residualLevel: null, acceptanceType: 'interim', ...fields },
    }),
  );

export const riskResidualMisses: readonly Miss[] = [
  [
    'RI5',
    'nobody accepted',
    () => changed('rsk-1', unapproved),
    ['Nobody accepted what remains of RSK-1.', '2026-03-12', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the rating changed',
    () => changed('rsk-1', voided),
    [
      'The acceptance of RSK-1 ended: the rating or its terms changed.',
      '2026-09-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'the acceptance was withdrawn',
    () => changed('rsk-1', withdrawn),
    ['The acceptance of RSK-1 was withdrawn.', '2026-09-01', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance of two was withdrawn',
    () => pair('rsk-1', withdrawn),
    ['The acceptance of RSK-1 and RSK-1-B was withdrawn.', '2026-09-01', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance ran out',
    () => set('rsk-1', { acceptanceUntil: '2026-11-20' }),
    ['The acceptance of RSK-1 has run out.', '2026-11-20', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'accepted beyond authority',
    () => authority('residual_risk', 'low', 'boss'),
    [
      'RSK-1 was accepted by somebody who, by the roles they hold today, had no authority for that level.',
      '2026-04-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'borne for the meantime, and a finding was judged anew before what remains was rated',
    () => reassessed({ severity: 'severe' }, meantime()),
    [
      'RSK-1 was accepted without findings of IA-1 that were taken in, approved or judged anew since.',
      '2026-07-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'borne for the meantime until a day that is over, and what remains was not rated',
    () => meantime({ acceptanceUntil: '2026-11-20' }),
    ['The acceptance of RSK-1 has run out.', '2026-11-20', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'treated and never rated again',
    () =>
      changed(
        'trt-1',
        { state: 'done' },
        changed('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    [
      'Treatment of RSK-1 is done, and what remains is not rated.',
      '2026-03-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'what remains was accepted and never rated',
    () => underWay(changed('rsk-1', { state: 'identified', fields: { residualLevel: null } })),
    [
      'RSK-1 was accepted before anybody rated what remains.',
      '2026-04-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'what remains of two was accepted and never rated',
    () => underWay(pair('rsk-1', { state: 'identified', fields: { residualLevel: null } })),
    [
      'RSK-1 and RSK-1-B were accepted before anybody rated what remains.',
      '2026-04-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'two were never accepted',
    () => pair('rsk-1', unapproved),
    ['Nobody accepted what remains of RSK-1 and RSK-1-B.', '2026-03-12', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance of two is void',
    () => pair('rsk-1', voided),
    [
      'The acceptance of RSK-1 and RSK-1-B ended: the rating or its terms changed.',
      '2026-09-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'the acceptance of two has run out',
    () => pair('rsk-1', { fields: { acceptanceUntil: '2026-10' } }),
    ['The acceptance of RSK-1 and RSK-1-B has run out.', '2026-10', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'two were accepted beyond authority',
    () => ({ ...pair('rsk-1'), organisation: { ...authority('residual_risk', 'low', 'boss').organisation } }),
    [
      'RSK-1 and RSK-1-B were accepted by somebody who, by the roles they hold today, had no authority for that level.',
      '2026-04-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'no table says who may bear it',
    () => limitless(goodWorld()),
    ['RSK-1 was accepted, and no table of authority says who may bear that.', '2026-04-01', 'falls with 5.3'],
  ],
  [
    'RI5',
    'no table says who may bear two',
    () => limitless(changed('trt-1', { links: { risks: ['rsk-1', 'rsk-1-b'] } }, pair('rsk-1'))),
    [
      'RSK-1 and RSK-1-B were accepted, and no table of authority says who may bear that.',
      '2026-04-01',
      'falls with 5.3',
    ],
  ],
  [
    'RI5',
    'the table speaks of something else alone',
    () => authority('waiver', 'severe', 'boss'),
    ['RSK-1 was accepted, and no table of authority says who may bear that.', '2026-04-01', 'falls with 5.3'],
  ],
  [
    'RI5',
    'what remains of two is not rated',
    () =>
      changed(
        'trt-1',
        { state: 'done', links: { risks: ['rsk-1', 'rsk-1-b'] } },
        pair('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    [
      'Treatment of RSK-1 and RSK-1-B is done, and what remains is not rated.',
      '2026-03-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'a risk is borne and nothing remains rated',
    () => underWay(changed('rsk-1', { ...unapproved, fields: { residualLevel: null, assessedOn: null } })),
    ['Nobody accepted what remains of RSK-1.', '2026-03-01', 'Decide on RSK-1 → approve rsk-1'],
  ],
];
