/** Each way in which the ground of an acceptance is gone: its sentence, since when, and what to do. */
import { pair, set, state, twin } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, inForceAs, unapproved, withdrawn, without } from '../world.ts';

const tested = (id: string, fields: Record<string, string>, links = {}) => ({
  ...twin('tst-1', id),
  state: 'concluded',
  fields,
  links: { ...twin('tst-1', id).links, ...links },
});
const failing = { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-02' };
/** Two risks that one plan treats. */
const twoTreated = () => changed('trt-1', { links: { risks: ['rsk-1', 'rsk-1-b'] } }, pair('rsk-1'));
const planAgain = 'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1';

export const riskGroundMisses: readonly Miss[] = [
  [
    'RI5',
    'only a draft of a plan treats the risk',
    () => inForceAs('trt-1', {}, { links: { risks: [] } }),
    [
      'RSK-1 was accepted at a lower level than today, and no treatment leads there.',
      '2026-04-01',
      planAgain,
    ],
  ],
  [
    'RI5',
    'the treatment was given up',
    () => state('trt-1', 'given-up'),
    ['RSK-1 was accepted on treatment that was given up: TRT-1.', '2026-03-01', planAgain],
  ],
  [
    'RI5',
    'the treatment of two was given up',
    () => state('trt-1', 'given-up', twoTreated()),
    ['RSK-1 and RSK-1-B were accepted on treatment that was given up: TRT-1.', '2026-03-01', planAgain],
  ],
  [
    'RI5',
    'two were accepted for good while their treatment runs',
    () => state('trt-1', 'under-way', twoTreated()),
    [
      'RSK-1 and RSK-1-B were accepted for good on treatment that is not done: TRT-1. Until then, what there is today is borne for the meantime.',
      '2026-04-01',
      'Bear RSK-1 for the meantime → edit acceptanceType of rsk-1',
    ],
  ],
  [
    'RI5',
    'two were accepted lower than today, without treatment',
    () => without(['trt-1'], pair('rsk-1')),
    [
      'RSK-1 and RSK-1-B were accepted at a lower level than today, and no treatment leads there.',
      '2026-04-01',
      planAgain,
    ],
  ],
  [
    'RI5',
    'a control does not work, and a test recorded later on that day says that it does',
    () =>
      having([
        tested('tst-2', failing),
        { ...tested('tst-3', { ...failing, conclusion: 'effective' }), createdAt: '2026-11-02T16:00:00Z' },
      ]),
    [
      'RSK-1 was accepted on a control that does not work, as TST-2 found.',
      '2026-11-02',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'a control that two rest on does not work',
    () => having([tested('tst-2', failing)], twoTreated()),
    [
      'RSK-1 and RSK-1-B were accepted on a control that does not work, as TST-2 found.',
      '2026-11-02',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'one treatment of two was given up after the acceptance',
    () => changed('trt-1-b', { state: 'given-up', updatedAt: '2026-09-07T09:00:00Z' }, pair('trt-1')),
    ['RSK-1 was accepted on treatment that was given up: TRT-1-B.', '2026-09-07', planAgain],
  ],
  [
    'RI5',
    'the approval of the treatment was withdrawn',
    () => changed('trt-1', withdrawn),
    [
      'RSK-1 was accepted on treatment that is not approved: TRT-1.',
      '2026-09-01',
      'Approve TRT-1 → approve trt-1',
    ],
  ],
  [
    'RI5',
    'the treatment of two was never approved, and what they are borne for is the meantime',
    () =>
      changed(
        'trt-1',
        { ...unapproved, state: 'under-way', links: { risks: ['rsk-1', 'rsk-1-b'] } },
        pair('rsk-1', { fields: { acceptanceType: 'interim' } }),
      ),
    [
      'RSK-1 and RSK-1-B were accepted on treatment that is not approved: TRT-1.',
      '2026-03-01',
      'Approve TRT-1 → approve trt-1',
    ],
    [
      'RSK-1 and RSK-1-B were accepted, and no table of authority says who may bear that.',
      '2026-04-01',
      'falls with 5.3',
    ],
  ],
  [
    'RI5',
    'accepted for good while the treatment runs',
    () => state('trt-1', 'under-way'),
    [
      'RSK-1 was accepted for good on treatment that is not done: TRT-1. Until then, what there is today is borne for the meantime.',
      '2026-04-01',
      'Bear RSK-1 for the meantime → edit acceptanceType of rsk-1',
    ],
  ],
  [
    'RI5',
    'accepted lower than today for people alone, without treatment',
    () =>
      without(
        ['trt-1'],
        set('rsk-1', {
          ...{ currentLevel: 'moderate', residualLevel: 'moderate' },
          ...{ currentIndividuals: 'moderate', residualIndividuals: 'low' },
        }),
      ),
    [
      'RSK-1 was accepted at a lower level than today, and no treatment leads there.',
      '2026-04-01',
      planAgain,
    ],
  ],
  [
    'RI5',
    'the newest test of a control says that it does not work',
    () => having([tested('tst-2', failing)]),
    [
      'RSK-1 was accepted on a control that does not work, as TST-2 found.',
      '2026-11-02',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'a later test looked at another place of the control',
    () =>
      having([
        tested('tst-2', { ...failing, testedOn: '2026-09-02' }, { implementation: ['imp-9'] }),
        tested('tst-3', { ...failing, conclusion: 'effective', testedOn: '2026-11-05' }),
      ]),
    [
      'RSK-1 was accepted on a control that does not work, as TST-2 found.',
      '2026-09-02',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
];
