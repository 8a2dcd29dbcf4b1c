/** How the rules of supply on suppliers, and what is agreed with them, are missed. */
import { bound, pair, set, state, twoSuppliers } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { without } from '../world.ts';

export const supplierMisses: readonly Miss[] = [
  [
    'SU1',
    'a bought use names no supplier',
    () => without(['sup-1', 'rsp-1']),
    [
      'UC-1 is sourced from outside, and SYS-1 names no supplier.',
      '2026-02-01',
      'Name the supplier → edit usesSupplier of sys-1',
    ],
  ],
  [
    'SU1',
    'no diligence',
    () => set('sup-1', { diligenceOn: null }),
    [
      'SUP-1 has no finished due diligence.',
      '2026-02-01',
      'Record diligence on SUP-1 → edit diligenceOn of sup-1',
    ],
  ],
  [
    'SU1',
    'the catch-up is past its day',
    () => set('sup-1', { diligenceOn: null, catchUpBy: '2026-11-01', catchUpReason: 'Bought in a hurry' }),
    [
      'SUP-1 has no finished due diligence.',
      '2026-02-01',
      'Record diligence on SUP-1 → edit diligenceOn of sup-1',
    ],
  ],
  [
    'SU1',
    'diligence after first use',
    () => set('sup-1', { diligenceOn: '2026-05-01' }),
    [
      'SUP-1 was used before due diligence was finished, with no reason on record.',
      '2026-02-01',
      'Say why SUP-1 came first → edit catchUpReason of sup-1',
    ],
  ],
  [
    'SU1',
    'found not suitable',
    () => set('sup-1', { diligenceResult: 'not-suitable' }),
    [
      'SUP-1 was found not suitable and is still in use.',
      '2026-01-15',
      'Decide on SUP-1 → edit diligenceResult of sup-1',
    ],
  ],
  [
    'SU1',
    'two uses from outside name no supplier',
    () => pair('uc-1', { fields: { sourcing: 'open-source' } }, without(['sup-1', 'rsp-1'])),
    [
      'UC-1 and UC-1-B are sourced from outside, and SYS-1 names no supplier.',
      '2026-02-01',
      'Name the supplier → edit usesSupplier of sys-1',
    ],
  ],
  [
    'SU1',
    'neither diligence nor first use is on record',
    () => set('sup-1', { diligenceOn: null, firstUsedOn: null }),
    [
      'SUP-1 has no finished due diligence.',
      '2026-02-01',
      'Record diligence on SUP-1 → edit diligenceOn of sup-1',
    ],
  ],
  [
    'SU1',
    'a catch-up has a day and no reason',
    () => set('sup-1', { diligenceOn: null, catchUpBy: '2027-01-31' }),
    [
      'SUP-1 has no finished due diligence.',
      '2026-02-01',
      'Record diligence on SUP-1 → edit diligenceOn of sup-1',
    ],
  ],
  [
    'SU1',
    'two suppliers have no diligence',
    () => twoSuppliers({ diligenceOn: null }),
    [
      'SUP-1 and SUP-1-B have no finished due diligence.',
      '2026-02-01',
      'Record diligence on SUP-1 → edit diligenceOn of sup-1',
    ],
  ],
  [
    'SU1',
    'two suppliers were used too early',
    () => twoSuppliers({ diligenceOn: '2026-03-01' }),
    [
      'SUP-1 and SUP-1-B were used before due diligence was finished, with no reason on record.',
      '2026-02-01',
      'Say why SUP-1 came first → edit catchUpReason of sup-1',
    ],
  ],
  [
    'SU1',
    'two suppliers are not suitable',
    () => twoSuppliers({ diligenceResult: 'not-suitable' }),
    [
      'SUP-1 and SUP-1-B were found not suitable and are still in use.',
      '2026-01-15',
      'Decide on SUP-1 → edit diligenceResult of sup-1',
    ],
  ],
  [
    'SU2',
    'nothing in writing',
    () => set('rsp-1', { inWriting: 'no' }),
    [
      'SUP-1 has no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU2',
    'the agreement ended',
    () => set('rsp-1', { validTo: '2026-11-20' }),
    [
      'SUP-1 has no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU2',
    'another stage alone is agreed',
    () => set('rsp-1', { stages: ['deployment'] }),
    [
      'SUP-1 has no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU2',
    'the agreement has ended',
    () => state('rsp-1', 'ended'),
    [
      'SUP-1 has no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU2',
    'the agreement begins tomorrow',
    () => set('rsp-1', { validFrom: '2026-11-22' }),
    [
      'SUP-1 has no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU2',
    'two suppliers have no agreement',
    () => without(['rsp-1'], twoSuppliers({})),
    [
      'SUP-1 and SUP-1-B have no duties in writing and in force for the present stage.',
      '2026-03-01',
      'Record the duties → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU3',
    'no right to logs',
    () => set('sup-1', { logAccess: 'no' }),
    [
      'No right to logs is on record towards SUP-1.',
      '2026-03-01',
      'Record the rights → edit logAccess of sup-1',
    ],
  ],
  [
    'SU3',
    'three rights are missing',
    () => set('sup-1', { changeNotice: 'no', logAccess: null, correctionRight: 'not-stated' }),
    [
      'No right to notice of change, logs and correction is on record towards SUP-1.',
      '2026-03-01',
      'Record the rights → edit changeNotice of sup-1',
    ],
  ],
  [
    'SU3',
    'two suppliers grant no notice of change',
    () => twoSuppliers({ changeNotice: 'no' }),
    [
      'No right to notice of change is on record towards SUP-1 and SUP-1-B.',
      '2026-03-01',
      'Record the rights → edit changeNotice of sup-1',
    ],
  ],
  [
    'SU6',
    'review over',
    () => set('sup-1', { nextReview: '2026-11-20' }),
    [
      'SUP-1 was not reviewed in time.',
      '2026-11-20',
      'Record the review of SUP-1 → edit reviewedOn of sup-1',
    ],
  ],
  [
    'SU6',
    'a demand is unanswered',
    () => set('sup-1', { demands: [{ demand: 'Logs', due: '2026-11-01' }] }),
    [
      'A demand on SUP-1 is past its date without an answer.',
      '2026-11-01',
      'Follow up with SUP-1 → edit demands of sup-1',
    ],
  ],
  [
    'SU6',
    'the interval has run out',
    () => set('sup-1', { reviewedOn: '2025-11-20' }),
    [
      'SUP-1 was not reviewed in time.',
      '2026-11-20',
      'Record the review of SUP-1 → edit reviewedOn of sup-1',
    ],
  ],
  [
    'SU6',
    'never reviewed counts from diligence',
    () => set('sup-1', { reviewedOn: null, diligenceOn: '2025-11-20', firstUsedOn: '2025-12-01' }),
    [
      'SUP-1 was not reviewed in time.',
      '2026-11-20',
      'Record the review of SUP-1 → edit reviewedOn of sup-1',
    ],
  ],
  [
    'SU6',
    'two suppliers were not reviewed',
    () => twoSuppliers({ nextReview: '2026-10' }),
    [
      'SUP-1 and SUP-1-B were not reviewed in time.',
      '2026-10-31',
      'Record the review of SUP-1 → edit reviewedOn of sup-1',
    ],
  ],
  [
    'SU6',
    'two suppliers owe an answer',
    () =>
      twoSuppliers({
        demands: [
          { demand: 'Logs', due: '2026-11-15' },
          { demand: 'Notice', due: '2026-10' },
          { demand: 'Cards', due: '2026-09-01', answered: '2026-09-01' },
          { demand: 'Later', due: '2027-01-31' },
        ],
      }),
    [
      'A demand on SUP-1 and SUP-1-B is past its date without an answer.',
      '2026-10',
      'Follow up with SUP-1 → edit demands of sup-1',
    ],
  ],
  [
    'SU8',
    'the agreement fixes no access',
    () => bound('OB-25-4', set('rsp-1', { informationAndAccess: 'no' })),
    [
      'No written agreement with SUP-1 fixes information, capability and access.',
      '2026-03-01',
      'Record the agreement → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
  [
    'SU8',
    'two suppliers have no agreement',
    () => bound('OB-25-4', without(['rsp-1'], twoSuppliers({}))),
    [
      'No written agreement with SUP-1 and SUP-1-B fixes information, capability and access.',
      '2026-03-01',
      'Record the agreement → new responsibility with system sys-1, supplier sup-1',
    ],
  ],
];
