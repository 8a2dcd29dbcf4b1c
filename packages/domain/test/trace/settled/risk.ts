/** Where the rules of risk are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { pair, people, set, state } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, without } from '../world.ts';
import { effects } from '../world-records.ts';

export const riskSettled: readonly Settled[] = [
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
    () => without(['rsk-1', 'ia-1']),
    'not-applicable',
    'No open risk is on record.',
  ],
  [
    'RI3',
    'an assessment and no risk',
    () => without(['rsk-1']),
    'unverifiable',
    'No risk is on record for SYS-1, and no dated run says that none was found.',
  ],
  [
    'RI3',
    'the owner leaves at the end of the year',
    () => people('cid', { leftOn: '2026-12-31' }),
    'holds',
    '2026-12-31',
  ],
  ['RI4', 'no risk is open', () => state('rsk-1', 'closed'), 'not-applicable', 'No open risk is on record.'],
  [
    'RI4',
    'a risk has no threshold',
    () => set('rsk-1', { targetLevel: null }),
    'unverifiable',
    'RSK-1 has no threshold to be measured against.',
  ],
  [
    'RI4',
    'two risks have no threshold',
    () => pair('rsk-1', { fields: { targetLevel: null } }),
    'unverifiable',
    'RSK-1 and RSK-1-B have no threshold to be measured against.',
  ],
  [
    'RI4',
    'a risk at its threshold needs no plan',
    () => set('rsk-1', { targetLevel: 'high' }, without(['trt-1'])),
    'holds',
    null,
  ],
  [
    'RI5',
    'no residual risk is rated',
    () => changed('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
    'not-applicable',
    'No residual risk is rated yet.',
  ],
  ['RI5', 'an acceptance without an end', () => set('rsk-1', { acceptanceUntil: null }), 'holds', null],
  [
    'RI7',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
];
