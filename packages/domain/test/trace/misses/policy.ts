/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { set, state } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, voided, without } from '../world.ts';

/** Approved a day longer ago than the interval. */
const long = { approvals: [act('approve', { at: '2025-11-20T09:00:00Z' })] };

export const policyMisses: readonly Miss[] = [
  [
    'PO1',
    'no policy is in force',
    () => without(['doc-policy']),
    ['No approved AI policy is in force.', '2026-03-01', 'falls with 5.2'],
  ],
  [
    'PO1',
    'the policy lost its approval',
    () => changed('doc-policy', voided),
    ['No approved AI policy is in force.', '2026-03-01', 'falls with 5.2'],
  ],
  [
    'PO1',
    'approved below the top',
    () => changed('doc-policy', { approvals: [act('approve', { by: 'ann' })] }),
    [
      'DOC-POLICY was approved by ann, who does not hold the top-management role.',
      '2026-04-01',
      'falls with 5.2',
    ],
  ],
  [
    'PO1',
    'the policy was withdrawn',
    () => state('doc-policy', 'withdrawn'),
    ['No approved AI policy is in force.', '2026-03-01', 'falls with 5.2'],
  ],
  [
    'PO2',
    'an element is not marked',
    () => set('doc-policy', { framesObjectives: 'no' }),
    ['DOC-POLICY does not have marked in it: frame for objectives.', '2026-04-01', 'falls with 5.2'],
  ],
  [
    'PO2',
    'three elements are not marked',
    () =>
      set('doc-policy', {
        fitForPurpose: null,
        commitsToRequirements: 'not-stated',
        commitsToImprovement: 'no',
      }),
    [
      'DOC-POLICY does not have marked in it: fit for purpose, commitment to requirements and commitment to improvement.',
      '2026-04-01',
      'falls with 5.2',
    ],
  ],
  [
    'PO3',
    'not made known inside',
    () => set('doc-policy', { communicatedInside: 'no' }),
    ['DOC-POLICY was not made known inside the organisation.', '2026-04-01', 'falls with 5.2'],
  ],
  [
    'PO3',
    'outside not decided',
    () => set('doc-policy', { availableOutside: 'not-stated' }),
    ['Whether DOC-POLICY is available outside is not decided.', '2026-04-01', 'falls with 5.2'],
  ],
  [
    'PO3',
    'neither inside nor outside is settled',
    () => set('doc-policy', { communicatedInside: null, availableOutside: null }),
    ['DOC-POLICY was not made known inside the organisation.', '2026-04-01', 'falls with 5.2'],
  ],
  [
    'PO4',
    'review is over',
    () => set('doc-policy', { nextReview: '2026-10-31' }),
    ['The review of DOC-POLICY was due on 2026-10-31.', '2026-10-31', 'falls with A.2.4'],
  ],
  [
    'PO4',
    'it was approved more than the interval ago and never reviewed',
    () => changed('doc-policy', long),
    ['The review of DOC-POLICY was due on 2026-11-20.', '2026-11-20', 'falls with A.2.4'],
  ],
  [
    'PO5',
    'no overlap is listed',
    () => set('doc-policy', { overlaps: [] }),
    ['The overlaps of DOC-POLICY with other policies are not listed.', '2026-04-01', 'falls with A.2.3'],
  ],
  [
    'PO5',
    'a conflict stands open past its date',
    () => set('doc-policy', { overlaps: [{ policy: 'X', alignment: 'conflict', resolveBy: '2026-11-01' }] }),
    [
      'A conflict of DOC-POLICY with another policy stands open past its date.',
      '2026-11-01',
      'falls with A.2.3',
    ],
  ],
  [
    'PO5',
    'a conflict has no date',
    () => set('doc-policy', { overlaps: [{ policy: 'X', alignment: 'conflict' }] }),
    ['A conflict of DOC-POLICY with another policy stands open past its date.', null, 'falls with A.2.3'],
  ],
  [
    'PO5',
    'of two conflicts past their day the older one counts',
    () =>
      set('doc-policy', {
        overlaps: [
          { policy: 'X', alignment: 'conflict', resolveBy: '2026-11' },
          { policy: 'Y', alignment: 'conflict', resolveBy: '2026-10' },
          { policy: 'Z', alignment: 'conflict', resolveBy: '2026-09-15' },
        ],
      }),
    [
      'A conflict of DOC-POLICY with another policy stands open past its date.',
      '2026-09-15',
      'falls with A.2.3',
    ],
  ],
  [
    'PO5',
    'a conflict without a date stands beside one that has time',
    () =>
      set('doc-policy', {
        overlaps: [
          { policy: 'X', alignment: 'conflict' },
          { policy: 'Y', alignment: 'conflict', resolveBy: '2027-01-31' },
        ],
      }),
    ['A conflict of DOC-POLICY with another policy stands open past its date.', null, 'falls with A.2.3'],
  ],
  [
    'PO6',
    'the impact process is not named',
    () => set('doc-policy', { namesImpactProcess: 'no' }),
    ['DOC-POLICY does not name the impact assessment process.', '2026-04-01', 'falls with A.2.2'],
  ],
  [
    'PO6',
    'the unit is not covered',
    () => set('doc-policy', { reach: 'units', units: ['Sales'] }),
    [
      'DOC-POLICY does not cover the part of the organisation that runs SYS-1.',
      '2026-04-01',
      'falls with A.2.2',
    ],
  ],
  [
    'PO6',
    'it neither names the process nor reaches the unit',
    () => set('doc-policy', { namesImpactProcess: null, reach: 'units', units: ['Sales'] }),
    [
      'DOC-POLICY does not cover the part of the organisation that runs SYS-1.',
      '2026-04-01',
      'falls with A.2.2',
    ],
  ],
];
