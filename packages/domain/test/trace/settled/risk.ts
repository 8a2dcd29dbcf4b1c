/** Where the rules of risk are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { authority, pair, people, set, state, twin } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, having, inForceAs, unapproved, without } from '../world.ts';
import { effects } from '../world-records.ts';

/** The world in which whoever bears risks for good bears them for the meantime too. */
function mayBearForNow(): ReturnType<typeof goodWorld> {
  const world = goodWorld();
  const authority = world.organisation?.authority ?? [];
  const meanwhile = authority.map((row) => ({ ...row, id: `${row.id}-now`, dimension: 'interim_risk' }));
  return { ...world, organisation: { ...world.organisation, authority: [...authority, ...meanwhile] } };
}
/** The criteria with a second version on top of the one that rated. */
function succeeded(fields: Record<string, string>): ReturnType<typeof goodWorld> {
  const before = goodWorld().records.find(({ id }) => id === 'rcr-1');
  if (!before) throw new RangeError('The world has no criteria');
  return changed('rcr-1', {
    version: 2,
    approvals: [...before.approvals, act('approve', { version: 2 })],
    earlier: [{ version: 1, fields: before.fields }],
    fields,
  });
}
const retest = (id: string, conclusion: string, day: string) => ({
  ...twin('tst-1', id),
  fields: { conclusion, tester: 'ben', testedOn: `2026-11-${day}` },
  createdAt: `2026-11-${day}T09:00:00Z`,
});

export const riskSettled: readonly Settled[] = [
  [
    'RI4',
    'the authority of whoever approved the plan reaches what it leaves',
    () => authority('treatment_plan', 'severe', 'boss'),
    'holds',
    null,
  ],
  [
    'RI2',
    'a finding is no risk, with a reason',
    () =>
      set('ia-1', {
        effects: [
          {
            number: 9,
            level: 'groups',
            polarity: 'harmful',
            severity: 'severe',
            answer: 'no-risk',
            reason: 'A person decides',
          },
        ],
      }),
    'holds',
    null,
  ],
  [
    'RI2',
    'a finding without a number is carried by its place',
    () =>
      set(
        'rsk-1',
        { carriedEffects: ['2'] },
        set('ia-1', {
          effects: [...effects.slice(2), { level: 'groups', polarity: 'harmful', severity: 'severe' }],
        }),
      ),
    'holds',
    null,
  ],
  [
    'RI3',
    'no risk and no assessment',
    () => without(['rsk-1', 'ia-1', 'rra-1']),
    'not-applicable',
    'No open risk is on record.',
  ],
  [
    'RI3',
    'an assessment and no risk',
    () => without(['rsk-1', 'rra-1']),
    'unverifiable',
    'No risk is on record for SYS-1, and no dated run says that none was found.',
  ],
  ['RI3', 'a dated run that found no risk', () => without(['rsk-1']), 'holds', null],
  [
    'RI3',
    'the owner leaves at the end of the year',
    () => people('cid', { leftOn: '2026-12-31' }),
    'holds',
    '2026-12-31',
  ],
  [
    'RI4',
    'a later draft of the plan drops the risk and promises other actions',
    () => inForceAs('trt-1', { links: { risks: [] }, fields: { actions: [{ action: 'Think' }] } }),
    'holds',
    null,
  ],
  [
    'RI4',
    'what the plan in force promised is put on record as done later',
    () =>
      inForceAs(
        'trt-1',
        { fields: { actions: [{ action: 'Second  reading', due: '2026-03-31', doneOn: '2026-03-30' }] } },
        { fields: { actions: [{ action: 'Second reading', owner: 'cid', due: '2026-03-31' }] } },
      ),
    'holds',
    null,
  ],
  [
    'RI4',
    'what remains above the plan was accepted for good',
    () => set('trt-1', { expectedLevel: 'low' }),
    'holds',
    null,
  ],
  [
    'RI4',
    'as much is rated to remain as the plan was approved for',
    () => set('trt-1', { expectedLevel: 'moderate' }, changed('rsk-1', unapproved)),
    'holds',
    null,
  ],
  [
    'RI4',
    'the risk says the same as when its plan was approved, and was rated since',
    () =>
      changed(
        'trt-1',
        { approvals: [act('approve', { basis: [{ record: 'rsk-1', digest: 'as-it-was' }] })] },
        changed('rsk-1', { alike: ['as-it-was'] }),
      ),
    'holds',
    null,
  ],
  [
    'RI4',
    'closed within what is borne, by nobody’s leave',
    () =>
      changed('rsk-1', {
        ...unapproved,
        state: 'closed',
        fields: {
          currentOrganisation: 'low',
          currentIndividuals: 'low',
          currentSociety: 'low',
          currentLevel: 'low',
        },
      }),
    'not-applicable',
    'No open risk is on record.',
  ],
  [
    'RI4',
    'accepted when it was closed, until a day that has passed',
    () => changed('rsk-1', { state: 'closed', fields: { acceptanceUntil: '2026-10' } }),
    'not-applicable',
    'No open risk is on record.',
  ],
  ['RI4', 'no risk is open', () => state('rsk-1', 'closed'), 'not-applicable', 'No open risk is on record.'],
  [
    'RI4',
    'a risk has no threshold',
    () => set('rsk-1', { targetLevel: null }, without(['rcr-1'])),
    'unverifiable',
    'RSK-1 has no threshold to be measured against.',
  ],
  [
    'RI4',
    'two risks have no threshold',
    () => pair('rsk-1', { fields: { targetLevel: null } }, without(['rcr-1'])),
    'unverifiable',
    'RSK-1 and RSK-1-B have no threshold to be measured against.',
  ],
  [
    'RI4',
    'the threshold is that of the criteria in force',
    () => set('rsk-1', { targetLevel: null, currentIndividuals: 'moderate' }, without(['trt-1'])),
    'holds',
    null,
  ],
  [
    'RI4',
    'a risk at its threshold needs no plan',
    () =>
      set(
        'rcr-1',
        { thresholds: [{ level: 'high' }] },
        set('rsk-1', { targetLevel: 'high' }, without(['trt-1'])),
      ),
    'holds',
    null,
  ],
  [
    'RI5',
    'a later draft of the plan drops the risk that was accepted on it',
    () => inForceAs('trt-1', { links: { risks: [] } }),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'no residual risk is rated',
    () =>
      state(
        'trt-1',
        'under-way',
        changed('rsk-1', { ...unapproved, state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    'not-applicable',
    'No residual risk is rated yet.',
  ],
  [
    'RI5',
    'a risk that is borne for the meantime is not rated for what remains yet',
    () =>
      state(
        'trt-1',
        'under-way',
        changed('rsk-1', {
          state: 'in-treatment',
          fields: { residualLevel: null, acceptanceType: 'interim' },
        }),
      ),
    'not-applicable',
    'No residual risk is rated yet.',
  ],
  ['RI5', 'an acceptance without an end', () => set('rsk-1', { acceptanceUntil: null }), 'holds', null],
  [
    'RI5',
    'borne for the meantime while treatment runs',
    () => state('trt-1', 'under-way', set('rsk-1', { acceptanceType: 'interim' }, mayBearForNow())),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'what remains is what there is today, and needs no treatment',
    () => without(['trt-1'], set('rsk-1', { residualLevel: 'high' })),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'a plan given up before the acceptance, and another done',
    () => state('trt-1-b', 'given-up', pair('trt-1')),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'a control that failed works again on the next day',
    () => having([retest('tst-2', 'not-effective', '02'), retest('tst-3', 'effective', '03')]),
    'holds',
    '2027-03-31',
  ],
  ['RI6', 'rated by the criteria in force', goodWorld, 'holds', null],
  [
    'RI6',
    'a version that becomes valid later leaves the one before in force',
    () => succeeded({ validFrom: '2027-01-01' }),
    'holds',
    null,
  ],
  [
    'RI6',
    'one point counts by older criteria until the transition day',
    () =>
      set(
        'rsk-1',
        {
          rated: [
            {
              point: 'inherent',
              bearer: 'society',
              likelihood: 'Often',
              consequence: 'Hard',
              criteria: 'RCR-0 v4',
            },
          ],
        },
        set('rcr-1', { transitionUntil: '2026-12-31' }),
      ),
    'holds',
    '2026-12-31',
  ],
  [
    'RI6',
    'no criteria are in force, and nothing was rated by any',
    () => set('rsk-1', { criteriaVersion: null }, without(['rcr-1'])),
    'not-applicable',
    'No criteria are in force.',
  ],
  [
    'RI6',
    'criteria that become valid later rate nothing yet',
    () => set('rsk-1', { criteriaVersion: null }, set('rcr-1', { validFrom: '2027-01-01' })),
    'not-applicable',
    'No criteria are in force.',
  ],
  [
    'RI6',
    'criteria without a whole matrix rate nothing',
    () => set('rsk-1', { criteriaVersion: null }, set('rcr-1', { matrix: null })),
    'not-applicable',
    'No criteria are in force.',
  ],
  [
    'RI6',
    'older ratings count until the transition day',
    () => set('rsk-1', { criteriaVersion: 'RCR-0 v4' }, set('rcr-1', { transitionUntil: '2026-12-31' })),
    'holds',
    '2026-12-31',
  ],
  ['RI6', 'nothing is rated', () => without(['rsk-1']), 'not-applicable', 'No open risk is on record.'],
  [
    'RI7',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
];
