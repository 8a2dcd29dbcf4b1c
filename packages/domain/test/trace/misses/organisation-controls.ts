/** Each way in which a question by control is a gap of the organisation: its sentence, since when, and what to do. */
import { noIntervals, set } from '../breaks.ts';
import { record } from '../kit.ts';
import { dataset, document, role, shared } from '../organisation.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, unapproved } from '../world.ts';

export const controls: readonly Miss[] = [
  [
    'A.2.2',
    'it handles no exceptions, names no process and reaches some units',
    () =>
      set('doc-policy', {
        handlesExceptions: 'no',
        namesImpactProcess: null,
        reach: 'units',
        units: ['Sales'],
      }),
    [
      'DOC-POLICY does not say how exceptions are handled.',
      '2026-04-01',
      'Complete DOC-POLICY → edit handlesExceptions of doc-policy',
    ],
    [
      'DOC-POLICY does not cover the whole organisation.',
      '2026-04-01',
      'Widen DOC-POLICY → edit reach of doc-policy',
    ],
    [
      'DOC-POLICY does not name the impact assessment process.',
      '2026-04-01',
      'Complete DOC-POLICY → edit namesImpactProcess of doc-policy',
    ],
  ],
  [
    'A.2.3',
    'no overlap is listed',
    () => set('doc-policy', { overlaps: [] }),
    [
      'The overlaps of DOC-POLICY with other policies are not listed.',
      '2026-04-01',
      'List the overlaps → edit overlaps of doc-policy',
    ],
  ],
  [
    'A.2.3',
    'a conflict without a day stands beside one that has time',
    () =>
      set('doc-policy', {
        overlaps: [
          { policy: 'X', alignment: 'conflict' },
          { policy: 'Y', alignment: 'conflict', resolveBy: '2027-01-31' },
        ],
      }),
    [
      'A conflict of DOC-POLICY with another policy stands open past its date.',
      null,
      'List the overlaps → edit overlaps of doc-policy',
    ],
  ],
  [
    'A.2.3',
    'a conflict is past its day',
    () => set('doc-policy', { overlaps: [{ policy: 'X', alignment: 'conflict', resolveBy: '2026-10' }] }),
    [
      'A conflict of DOC-POLICY with another policy stands open past its date.',
      '2026-10',
      'List the overlaps → edit overlaps of doc-policy',
    ],
  ],
  [
    'A.2.4',
    'no interval is adopted',
    () => noIntervals(),
    [
      'No interval is adopted and no next day is set for: AI policy and scope review.',
      null,
      'Set the next review → edit nextReview of doc-policy',
    ],
  ],
  [
    'A.3.2',
    'no role is assigned',
    goodWorld,
    ['No role in the AIMS is assigned.', null, 'Assign a role → new role-assignment'],
  ],
  [
    'A.3.2',
    'one role waits to be accepted',
    () => shared(role('rol-a', 'aims-manager', 'ann')),
    ['ROL-A has no active holder who accepted.', '2026-03-01', 'Accept ROL-A → accept rol-a'],
  ],
  [
    'A.3.2',
    'two roles wait to be accepted',
    () =>
      shared(
        role('rol-a', 'aims-manager', 'ann'),
        role('rol-b', 'dpo', 'gone', { acceptedOn: '2026-01-10' }),
      ),
    ['ROL-A and ROL-B have no active holder who accepted.', '2026-03-01', 'Accept ROL-A → accept rol-a'],
  ],
  [
    'A.4.6',
    'no need is stated',
    goodWorld,
    ['No need for people and skills is stated.', null, 'State a need → new resource with type people'],
  ],
  [
    'A.4.6',
    'a need is not covered',
    () => shared(record('resource', 'res-8', { fields: { type: 'people', covered: 'partly' } })),
    [
      'RES-8 is not covered, and nothing says what gives way.',
      '2026-03-01',
      'Decide on RES-8 → edit decision of res-8',
    ],
  ],
  [
    'A.5.2',
    'there is no process',
    goodWorld,
    [
      'No impact assessment process is on record.',
      null,
      'Write the impact assessment process → new document with type method, covers MD-05',
    ],
  ],
  [
    'A.6.1.3',
    'there is no procedure',
    goodWorld,
    [
      'No development procedure is on record.',
      null,
      'Write the development procedure → new document with type procedure, covers SD-07',
    ],
  ],
  [
    'A.7.2',
    'one set has an owner who left',
    () => shared(document('doc-5', { covers: ['SD-05'] }), { ...dataset('dat-9', {}), owner: 'gone' }),
    [
      'DAT-9 has no active steward or follows no procedure.',
      '2026-03-01',
      'Complete DAT-9 → edit owner of dat-9',
    ],
  ],
  [
    'A.7.2',
    'two sets follow no procedure',
    () => shared(document('doc-5', { covers: ['SD-05'] }), dataset('dat-8', {}), dataset('dat-9', {})),
    [
      'DAT-8 and DAT-9 have no active steward or follow no procedure.',
      '2026-03-01',
      'Complete DAT-8 → edit procedure of dat-8',
    ],
  ],
  [
    'A.7.5',
    'one set has a broken record',
    () => shared(document('doc-6', { covers: ['SD-06'] }), dataset('dat-9', {})),
    [
      'DAT-9 does not show an unbroken record of origin.',
      '2026-03-01',
      'Complete DAT-9 → edit provenance of dat-9',
    ],
  ],
  [
    'A.7.5',
    'two sets have a broken record',
    () =>
      shared(
        document('doc-6', { covers: ['SD-06'] }),
        dataset('dat-8', {}),
        dataset('dat-9', { provenanceComplete: 'no' }),
      ),
    [
      'DAT-8 and DAT-9 do not show an unbroken record of origin.',
      '2026-03-01',
      'Complete DAT-8 → edit provenance of dat-8',
    ],
  ],
  [
    'A.7.6',
    'one set was prepared without a reason',
    () =>
      shared(
        document('doc-6', { covers: ['SD-06'] }),
        dataset('dat-9', { preparation: [{ method: 'Cleaned' }] }),
      ),
    [
      'DAT-9 has preparation steps without method or reason.',
      '2026-03-01',
      'Complete DAT-9 → edit preparation of dat-9',
    ],
  ],
  [
    'A.7.6',
    'two sets were prepared somehow',
    () =>
      shared(
        document('doc-6', { covers: ['SD-06'] }),
        ...['dat-8', 'dat-9'].map((id) => dataset(id, { preparation: [{ reason: 'Noise' }] })),
      ),
    [
      'DAT-8 and DAT-9 have preparation steps without method or reason.',
      '2026-03-01',
      'Complete DAT-8 → edit preparation of dat-8',
    ],
  ],
  [
    'A.8.4',
    'the plan is a draft',
    () => changed('doc-plan', unapproved),
    [
      'DOC-PLAN is meant to be the plan for telling users about incidents and is not approved.',
      '2026-03-01',
      'Approve DOC-PLAN → approve doc-plan',
    ],
  ],
  [
    'A.8.5',
    'no duty is registered',
    goodWorld,
    ['No duty to inform is registered.', null, 'Register a duty → new obligation with duty inform'],
  ],
  [
    'A.8.5',
    'one duty leaves out the limit',
    () =>
      shared(
        record('obligation', 'obl-9', {
          state: 'taken-on',
          fields: { duty: 'inform', owedTo: 'Authority', content: 'What', trigger: 'When' },
        }),
      ),
    [
      'OBL-9 does not state party, content, trigger and limit.',
      '2026-03-01',
      'Complete OBL-9 → edit timeLimit of obl-9',
    ],
  ],
  [
    'A.8.5',
    'two duties say nothing',
    () =>
      shared(
        ...['obl-8', 'obl-9'].map((id) =>
          record('obligation', id, { state: 'taken-on', fields: { duty: 'report' } }),
        ),
      ),
    [
      'OBL-8 and OBL-9 do not state party, content, trigger and limit.',
      '2026-03-01',
      'Complete OBL-8 → edit owedTo of obl-8',
    ],
  ],
];
