/** Where the rules of supply are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { before, bound, noIntervals, noUse, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { goodWorld, without } from '../world.ts';

export const supplySettled: readonly Settled[] = [
  [
    'SU1',
    'everything is built in-house',
    () => set('uc-1', { sourcing: 'in-house' }, without(['sup-1', 'rsp-1'])),
    'not-applicable',
    'Every use of SYS-1 states that it is built in-house.',
  ],
  [
    'SU1',
    'nobody says where it comes from',
    () => set('uc-1', { sourcing: null }, without(['sup-1', 'rsp-1'])),
    'unverifiable',
    'Where SYS-1 comes from is not stated, so suppliers cannot be ruled out.',
  ],
  [
    'SU1',
    'a catch-up with a reason has time',
    () => set('sup-1', { diligenceOn: null, catchUpReason: 'Taken over', catchUpBy: '2027-01' }),
    'holds',
    '2027-01',
  ],
  [
    'SU1',
    'late diligence has its reason',
    () => set('sup-1', { diligenceOn: '2026-05-01', catchUpReason: 'Taken over' }),
    'holds',
    null,
  ],
  [
    'SU1',
    'diligence in the month of first use is in time',
    () => set('sup-1', { diligenceOn: '2026-02-28', firstUsedOn: '2026-02' }),
    'holds',
    null,
  ],
  [
    'SU2',
    'a bought use names no supplier',
    () => without(['sup-1', 'rsp-1']),
    'not-applicable',
    'No supplier is named.',
  ],
  [
    'SU2',
    'an agreement without stages covers all of them',
    () => set('rsp-1', { stages: null }),
    'holds',
    '2027-12-31',
  ],
  [
    'SU3',
    'everything is built in-house',
    () => set('uc-1', { sourcing: 'in-house' }, without(['sup-1', 'rsp-1'])),
    'not-applicable',
    'Every use of SYS-1 states that it is built in-house.',
  ],
  [
    'SU3',
    'nobody says where it comes from',
    () => set('uc-1', { sourcing: null }, without(['sup-1', 'rsp-1'])),
    'unverifiable',
    'Where SYS-1 comes from is not stated, so suppliers cannot be ruled out.',
  ],
  [
    'SU4',
    'no data set is in use',
    () => without(['dat-1']),
    'not-applicable',
    'No data set in use is on record for SYS-1.',
  ],
  [
    'SU5',
    'a service stands for a tool, and no version before go-live',
    () =>
      before('verification-validation', set('res-tool', { type: 'service' }, without(['ver-1', 'gat-1']))),
    'holds',
    null,
  ],
  [
    'SU6',
    'a bought use names no supplier',
    () => without(['sup-1', 'rsp-1']),
    'not-applicable',
    'No supplier is named.',
  ],
  [
    'SU6',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Supplier review.',
  ],
  [
    'SU6',
    'a demand is due before the review',
    () =>
      set('sup-1', {
        demands: [
          { demand: 'Logs', due: '2026-12-15' },
          { demand: 'Cards', due: '2026-11-01', answered: '2026-11-02' },
        ],
      }),
    'holds',
    '2026-12-15',
  ],
  [
    'SU8',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'SU8',
    'everything is built in-house',
    () => bound('OB-25-4', set('uc-1', { sourcing: 'in-house' }, without(['sup-1', 'rsp-1']))),
    'not-applicable',
    'Every use of SYS-1 states that it is built in-house.',
  ],
  [
    'SU9',
    'there is no use',
    () => bound('OB-26-4', noUse()),
    'not-applicable',
    'No use case that goes on is on record.',
  ],
  [
    'SU9',
    'the input is not the deployer’s to choose',
    () => bound('OB-26-4', set('uc-1', { inputDataRelevant: 'not-applicable', inputDataCheckedOn: null })),
    'holds',
    null,
  ],
];
