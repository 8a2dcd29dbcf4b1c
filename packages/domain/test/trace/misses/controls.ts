/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { home, moved, movedAgain, pair, set, state, twoControls } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, duty, goodWorld, having, unapproved, without } from '../world.ts';

export const controlsMisses: readonly Miss[] = [
  [
    'CO2',
    'two treatments call for two that are excluded',
    () => {
      const excluded = { decision: 'excluded', justification: 'It is the role of others' };
      const both = set('apl-2', excluded, set('apl-1', { ...excluded, decidedOn: '2026-05-05' }));
      return pair('trt-1', { links: { controls: ['ctl-1', 'ctl-2'] } }, both);
    },
    [
      'TRT-1 and TRT-1-B call for what APL-1 and APL-2 exclude. One of the two is wrong.',
      '2026-05-05',
      'Open both → open apl-1',
    ],
  ],
  [
    'CO1',
    'no risk shows what is needed',
    () => without(['rsk-1', 'trt-1']),
    [
      'No risk of SYS-1 is on record, so nothing shows which controls it needs.',
      '2026-02-01',
      'falls with risk',
    ],
  ],
  [
    'CO1',
    'not decided',
    () => without(['apl-1']),
    [
      'Called for and not decided in the Statement of Applicability: CTL-1.',
      '2026-03-01',
      'Decide on Title of ctl-1 → new applicability with control ctl-1',
    ],
  ],
  [
    'CO1',
    'decided and not approved',
    () => changed('apl-1', unapproved),
    [
      'CTL-1 is called for, and the decision in the Statement of Applicability is not approved.',
      '2026-03-01',
      'Approve APL-1 → approve apl-1',
    ],
  ],
  [
    'CO1',
    'two are called for and not decided',
    () => changed('trt-1', { links: { controls: ['ctl-1', 'ctl-2'] } }, without(['apl-1', 'apl-2'])),
    [
      'Called for and not decided in the Statement of Applicability: CTL-1 and CTL-2.',
      '2026-03-01',
      'Decide on Title of ctl-1 → new applicability with control ctl-1',
    ],
  ],
  [
    'CO1',
    'the decision was withdrawn',
    () => state('apl-1', 'withdrawn'),
    [
      'Called for and not decided in the Statement of Applicability: CTL-1.',
      '2026-03-01',
      'Decide on Title of ctl-1 → new applicability with control ctl-1',
    ],
  ],
  [
    'CO1',
    'the decisions on two are not approved',
    () =>
      changed(
        'trt-1',
        { links: { controls: ['ctl-1', 'ctl-2'] } },
        changed('apl-2', unapproved, changed('apl-1', unapproved)),
      ),
    [
      'CTL-1 and CTL-2 are called for, and the decision in the Statement of Applicability is not approved.',
      '2026-03-01',
      'Approve APL-1 → approve apl-1',
    ],
  ],
  [
    'CO2',
    'treatment and statement contradict',
    () => set('apl-1', { decision: 'excluded', justification: 'It is the role of others' }),
    ['TRT-1 calls for what APL-1 excludes. One of the two is wrong.', '2026-04-01', 'Open both → open apl-1'],
  ],
  [
    'CO2',
    'an exclusion without a reason',
    () => set('apl-2', { decision: 'excluded' }),
    ['APL-2 excludes a control without a reason.', null, 'falls with 6.1.3'],
  ],
  [
    'CO2',
    'two exclusions are contradicted',
    () =>
      changed(
        'trt-1',
        { links: { controls: ['ctl-1', 'ctl-2'] } },
        set(
          'apl-2',
          { decision: 'excluded', justification: 'It is the role of others' },
          set('apl-1', {
            decision: 'excluded',
            justification: 'It is the role of others',
            decidedOn: '2026-05-05',
          }),
        ),
      ),
    [
      'TRT-1 calls for what APL-1 and APL-2 exclude. One of the two is wrong.',
      '2026-05-05',
      'Open both → open apl-1',
    ],
  ],
  [
    'CO2',
    'two treatments call for what is excluded',
    () =>
      pair('trt-1', {}, set('apl-1', { decision: 'excluded', justification: 'It is the role of others' })),
    [
      'TRT-1 and TRT-1-B call for what APL-1 excludes. One of the two is wrong.',
      '2026-04-01',
      'Open both → open apl-1',
    ],
  ],
  [
    'CO2',
    'two exclusions have no reason',
    () =>
      changed(
        'trt-1',
        { links: { controls: [] } },
        set(
          'apl-2',
          { decision: 'excluded' },
          set('apl-1', { decision: 'excluded', justification: '.', decidedOn: '2026-05-05' }),
        ),
      ),
    ['APL-1 and APL-2 exclude a control without a reason.', '2026-05-05', 'falls with 6.1.3'],
  ],
  [
    'CO2',
    'two lines in force decide about one control',
    () => pair('apl-2', {}, goodWorld()),
    [
      'APL-2 and APL-2-B decide about one control, and only one line can be in force.',
      '2026-04-01',
      'Open both → open apl-2',
    ],
  ],
  [
    'CO3',
    'no control is applicable',
    () => without(['apl-1', 'apl-2']),
    [
      'The Statement of Applicability has no applicable control, so SYS-1 shows none.',
      '2026-02-01',
      'falls with 6.1.3',
    ],
  ],
  [
    'CO3',
    'not put in place',
    () => without(['imp-1']),
    [
      'CTL-1 is applicable and not put in place on SYS-1.',
      '2026-03-01',
      'Put Title of ctl-1 in place → new implementation with system sys-1, control ctl-1',
    ],
  ],
  [
    'CO3',
    'in place from a day that is still to come',
    () => set('imp-1', { inPlaceSince: '2035-01-01' }),
    [
      'IMP-1 is not in place, and no accepted interim risk stands for the time until then.',
      '2026-03-01',
      'Correct IMP-1 → edit inPlaceSince of imp-1',
    ],
  ],
  [
    'CO3',
    'planned with no interim risk accepted',
    () => moved({ firstPlannedOn: '2027-01-31' }),
    [
      'IMP-1 is not in place, and no accepted interim risk stands for the time until then.',
      '2026-03-01',
      'Complete IMP-1 → complete imp-1',
    ],
  ],
  [
    'CO3',
    'the organisation has not put it in place',
    () => without(['imp-org']),
    ['CTL-2 is applicable and not put in place by the organisation.', '2026-03-01', 'falls with 8.1'],
  ],
  [
    'CO3',
    'two are not put in place',
    () => without(['imp-1', 'imp-1-b'], twoControls()),
    [
      'CTL-1 and CTL-1-B are applicable and not put in place on SYS-1.',
      '2026-03-01',
      'Put Title of ctl-1 in place → new implementation with system sys-1, control ctl-1',
    ],
  ],
  [
    'CO3',
    'two are planned and no risk is accepted',
    () => twoControls({ state: 'planned', fields: { inPlaceSince: null } }),
    [
      'IMP-1 and IMP-1-B are not in place, and no accepted interim risk stands for the time until then.',
      '2026-03-01',
      'Complete IMP-1 → complete imp-1',
    ],
  ],
  [
    'CO3',
    'two are not put in place by the organisation',
    () =>
      without(
        ['imp-org'],
        changed('apl-2-b', { links: { control: ['ctl-2-b'] } }, pair('apl-2', {}, pair('ctl-2'))),
      ),
    [
      'CTL-2 and CTL-2-B are applicable and not put in place by the organisation.',
      '2026-03-01',
      'falls with 8.1',
    ],
  ],
  [
    'CO3',
    'the interim acceptance has run out',
    () =>
      changed(
        'rsk-1',
        { fields: { acceptanceType: 'interim', acceptanceUntil: '2026-11-20' } },
        moved({ firstPlannedOn: '2026-12-31' }, { interimRisk: ['rsk-1'] }),
      ),
    [
      'IMP-1 is not in place, and no accepted interim risk stands for the time until then.',
      '2026-03-01',
      'Complete IMP-1 → complete imp-1',
    ],
  ],
  [
    'CO4',
    'a duty in force demands a control that is planned',
    () =>
      having(
        [{ ...duty('OB-8'), links: { ...home, controls: ['ctl-1'], metBy: ['uc-1'] } }],
        moved({ plannedOn: '2027-01-31' }),
      ),
    [
      'CTL-1 is demanded by law or a gate and not in place. Planned does not count.',
      '2026-03-01',
      'Put Title of ctl-1 in place → new implementation with system sys-1, control ctl-1',
    ],
  ],
  [
    'CO4',
    'the law demands two',
    () => {
      const world = without(['imp-1', 'imp-1-b'], twoControls());
      return having(
        [{ ...duty('OB-8'), links: { ...home, controls: ['ctl-1', 'ctl-1-b'], metBy: ['uc-1'] } }],
        world,
      );
    },
    [
      'CTL-1 and CTL-1-B are demanded by law or a gate and not in place. Planned does not count.',
      '2026-03-01',
      'Put Title of ctl-1 in place → new implementation with system sys-1, control ctl-1',
    ],
  ],
  [
    'CO4',
    'an accepted interim risk does not stand in for it',
    () =>
      changed(
        'rsk-1',
        { fields: { acceptanceType: 'interim' } },
        having(
          [{ ...duty('OB-8'), links: { ...home, controls: ['ctl-1'], metBy: ['uc-1'] } }],
          moved({ firstPlannedOn: '2027-01-31' }, { interimRisk: ['rsk-1'] }),
        ),
      ),
    [
      'CTL-1 is demanded by law or a gate and not in place. Planned does not count.',
      '2026-03-01',
      'Put Title of ctl-1 in place → new implementation with system sys-1, control ctl-1',
    ],
  ],
  [
    'CO5',
    'a moved date without a new acceptance',
    () => moved({ firstPlannedOn: '2026-12-01', plannedOn: '2027-01-31' }),
    [
      'IMP-1 was moved without a reason or a new acceptance of the interim risk.',
      null,
      'Name the interim risk → edit movedBecause of imp-1',
    ],
  ],
  [
    'CO5',
    'a reason stands without an accepted risk',
    () => moved({ firstPlannedOn: '2026-12-01', plannedOn: '2027-01-31', movedBecause: 'Supplier' }),
    [
      'IMP-1 was moved without a reason or a new acceptance of the interim risk.',
      null,
      'Name the interim risk → edit interimRisk of imp-1',
    ],
  ],
  [
    'CO5',
    'a date was moved again after the interim risk was accepted',
    () => movedAgain('2026-05-01T09:00:00Z'),
    [
      'IMP-1 was moved more than once, and nobody accepted the interim risk since.',
      '2026-05-01',
      'Accept RSK-1 anew → open rsk-1',
    ],
  ],
  [
    'CO5',
    'two were moved again after it was accepted',
    () => pair('imp-1', {}, movedAgain('2026-05-01T09:00:00Z')),
    [
      'IMP-1 and IMP-1-B were moved more than once, and nobody accepted the interim risk since.',
      '2026-05-01',
      'Accept RSK-1 anew → open rsk-1',
    ],
  ],
  [
    'CO5',
    'two were moved',
    () => pair('imp-1', {}, moved({ firstPlannedOn: '2026-12-01', plannedOn: '2027-01-31' })),
    [
      'IMP-1 and IMP-1-B were moved without a reason or a new acceptance of the interim risk.',
      null,
      'Name the interim risk → edit movedBecause of imp-1',
    ],
  ],
  [
    'CO6',
    'no way of working',
    () => set('imp-1', { howItWorks: null }),
    ['IMP-1 has no way of working.', '2026-08-01', 'Complete IMP-1 → edit howItWorks of imp-1'],
  ],
  [
    'CO6',
    'nothing is described',
    () =>
      changed('imp-1', { fields: { owner: null, howItWorks: null, occurrences: null, inPlaceSince: null } }),
    [
      'IMP-1 has no owner, way of working and occurrences expected.',
      '2026-03-01',
      'Complete IMP-1 → edit owner of imp-1',
    ],
  ],
  [
    'CO6',
    'two say no occurrences',
    () => pair('imp-1', { fields: { occurrences: null } }),
    [
      'IMP-1 and IMP-1-B have no occurrences expected.',
      '2026-08-01',
      'Complete IMP-1 → edit occurrences of imp-1',
    ],
  ],
];
