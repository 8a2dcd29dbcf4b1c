/** Each way in which a question of clauses 4 to 6 is a gap of the organisation: its sentence, since when, and what to do. */
import { limitless, noIntervals, set } from '../breaks.ts';
import { act, record } from '../kit.ts';
import { document, role, shared } from '../organisation.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, havingShared, unapproved, without } from '../world.ts';

const past = { source: 'law', appliesTo: '2026-10-31', howMet: 'By the procedure of the works council.' };
const bound = { state: 'taken-on', owner: 'ann' } as const;

export const planningMisses: readonly Miss[] = [
  [
    '4.1',
    'a system states no purpose',
    () => set('sys-1', { purpose: null }),
    ['SYS-1 does not state purpose and roles.', null, 'Complete SYS-1 → edit purpose of sys-1'],
  ],
  [
    '4.1',
    'a system states no roles',
    () => set('sys-1', { organisationRoles: null }),
    ['SYS-1 does not state purpose and roles.', null, 'Complete SYS-1 → edit organisationRoles of sys-1'],
  ],
  [
    '4.2',
    'one obligation is open',
    () => shared(record('obligation', 'obl-1', { state: 'open' })),
    ['OBL-1 is neither taken on nor declined.', '2026-03-01', 'Decide on OBL-1 → takeOn obl-1'],
  ],
  [
    '4.2',
    'two obligations are open, the older one first',
    () =>
      shared(
        record('obligation', 'obl-1', { state: 'open' }),
        record('obligation', 'obl-2', { state: 'open', createdAt: '2026-02-27T23:30:00Z' }),
      ),
    ['OBL-2 and OBL-1 are neither taken on nor declined.', '2026-02-28', 'Decide on OBL-2 → takeOn obl-2'],
  ],
  [
    '4.2',
    'one was declined without a reason',
    () => shared(record('obligation', 'obl-1', { state: 'declined' })),
    ['OBL-1 is declined without a reason.', null, 'Give the reason in OBL-1 → edit declineReason of obl-1'],
  ],
  [
    '4.2',
    'two were declined without a reason',
    () =>
      shared(
        record('obligation', 'obl-1', { state: 'declined' }),
        record('obligation', 'obl-2', { state: 'declined' }),
      ),
    [
      'OBL-1 and OBL-2 are declined without a reason.',
      null,
      'Give the reason in OBL-1 → edit declineReason of obl-1',
    ],
  ],
  [
    '4.2',
    'the last day of a law is over, and nobody else ended it',
    () => shared(record('obligation', 'obl-1', { ...bound, fields: past })),
    [
      'OBL-1 names a last day that is over, and is not ended by somebody else than who wrote it: law binds until then.',
      '2026-10-31',
      'End OBL-1 → end obl-1',
    ],
  ],
  [
    '4.2',
    'the last days of two laws are over',
    () => shared(...['obl-1', 'obl-2'].map((id) => record('obligation', id, { ...bound, fields: past }))),
    [
      'OBL-1 and OBL-2 name a last day that is over, and are not ended by somebody else than who wrote it: law binds until then.',
      '2026-10-31',
      'End OBL-1 → end obl-1',
    ],
  ],
  [
    '4.2',
    'nobody sees to a law, which nothing meets either',
    () => shared(record('obligation', 'obl-1', { state: 'taken-on', fields: { source: 'law' } })),
    [
      'Nobody active sees to OBL-1, and law binds the organisation.',
      '2026-03-01',
      'Name who sees to OBL-1 → edit owner of obl-1',
    ],
  ],
  [
    '4.2',
    'nobody sees to the requirement with which a law is seen to',
    () =>
      shared(
        record('obligation', 'obl-1', {
          ...bound,
          fields: { source: 'law' },
          links: { refersTo: ['obl-2'] },
        }),
        record('obligation', 'obl-2', { state: 'taken-on', fields: { source: 'house' } }),
      ),
    [
      'Nobody active sees to OBL-1, and law binds the organisation.',
      '2026-03-01',
      'Name who sees to OBL-2 → edit owner of obl-2',
    ],
  ],
  [
    '4.2',
    'nothing says how a law in force is met',
    () =>
      shared(
        record('obligation', 'obl-1', {
          ...bound,
          fields: { source: 'law', appliesFrom: '2026-08-02', howMet: 'ok' },
        }),
      ),
    [
      'Nothing on record says how OBL-1 is met, which is in force.',
      '2026-08-02',
      'Name what meets OBL-1 → edit metBy of obl-1',
    ],
  ],
  [
    '4.3',
    'there is no scope',
    () => without(['doc-scope']),
    [
      'No scope statement is on record.',
      null,
      'Write the scope statement → new document with type scope-statement, covers MD-01',
    ],
  ],
  [
    '4.3',
    'the scope is a draft',
    () => changed('doc-scope', unapproved),
    [
      'DOC-SCOPE is meant to be the scope statement and is not approved.',
      '2026-03-01',
      'Approve DOC-SCOPE → approve doc-scope',
    ],
  ],
  [
    '4.3',
    'a system is left undecided',
    () => set('doc-scope', { reach: 'units', units: ['Sales'] }),
    [
      'DOC-SCOPE leaves SYS-1 undecided.',
      '2026-04-01',
      'Decide in DOC-SCOPE → edit coversSystems of doc-scope',
    ],
  ],
  [
    '4.3',
    'a system is excluded without a reason',
    () => changed('doc-scope', { links: { excludesSystems: ['sys-1'] } }),
    ['SYS-1 is excluded without a reason.', '2026-04-01', 'Give the reason → edit exclusions of doc-scope'],
  ],
  [
    '4.3',
    'the review is over',
    () => set('doc-scope', { nextReview: '2026-10' }),
    [
      'The review of DOC-SCOPE was due on 2026-10-31.',
      '2026-10-31',
      'Record the review of DOC-SCOPE → edit reviewedOn of doc-scope',
    ],
  ],
  [
    '4.3',
    'no interval is adopted',
    () => noIntervals(),
    [
      'No interval is adopted and no next day is set for: AI policy and scope review.',
      null,
      'Set the next review → edit nextReview of doc-scope',
    ],
  ],
  [
    '5.2',
    'there is no policy',
    () => without(['doc-policy']),
    [
      'No AI policy is on record.',
      null,
      'Write the AI policy → new document with type ai-policy, covers MD-02',
    ],
  ],
  [
    '5.2',
    'it came from below the top',
    () => changed('doc-policy', { approvals: [act('approve', { by: 'ann' })] }),
    [
      'DOC-POLICY was approved by ann, who does not hold the top-management role.',
      '2026-04-01',
      'Have top management approve DOC-POLICY → approve doc-policy',
    ],
  ],
  [
    '5.2',
    'everything is missing at once',
    () =>
      set('doc-policy', {
        fitForPurpose: 'no',
        commitsToImprovement: null,
        communicatedInside: 'no',
        availableOutside: 'not-stated',
        nextReview: '2026-11-20',
      }),
    [
      'DOC-POLICY does not have marked in it: fit for purpose and commitment to improvement.',
      '2026-04-01',
      'Mark them in DOC-POLICY → edit fitForPurpose of doc-policy',
    ],
    [
      'DOC-POLICY was not made known inside the organisation.',
      '2026-04-01',
      'Record how it was made known → edit communicatedInside of doc-policy',
    ],
    [
      'Whether DOC-POLICY is available outside is not decided.',
      '2026-04-01',
      'Decide on it → edit availableOutside of doc-policy',
    ],
    [
      'The review of DOC-POLICY was due on 2026-11-20.',
      '2026-11-20',
      'Record the review of DOC-POLICY → edit reviewedOn of doc-policy',
    ],
  ],
  [
    '5.3',
    'nobody holds anything',
    () => limitless(goodWorld()),
    [
      'Nobody who accepted it holds the duty of running the AIMS and answering for the AIMS at the top.',
      null,
      'Assign the role → new role-assignment with role aims-manager',
    ],
    [
      'No limit of authority is set: whoever has a role that may approve accepts and releases at every level.',
      null,
      'no action',
    ],
  ],
  [
    '5.3',
    'one duty is left',
    () => limitless(shared(role('rol-a', 'aims-manager', 'ann', { acceptedOn: '2026-01-10' }))),
    [
      'Nobody who accepted it holds the duty of answering for the AIMS at the top.',
      null,
      'Assign the role → new role-assignment with role top-management',
    ],
    [
      'No limit of authority is set: whoever has a role that may approve accepts and releases at every level.',
      null,
      'no action',
    ],
  ],
  [
    '5.3',
    'nobody active stands at the highest level',
    () => {
      const world = shared(
        role('rol-a', 'aims-manager', 'ann', { acceptedOn: '2026-01-10' }),
        role('rol-b', 'top-management', 'boss', { acceptedOn: '2026-01-10' }),
      );
      const row = {
        id: 'a',
        dimension: 'residual_risk',
        level: 'high',
        member: null,
        role: 'top-management',
        validFrom: '2026-01-01',
        validTo: null,
      };
      return {
        ...world,
        organisation: {
          ...world.organisation,
          authority: [
            row,
            { ...row, id: 'b', dimension: 'use_case' },
            { ...row, id: 'c', dimension: 'release', level: 'severe' },
          ],
        },
      };
    },
    [
      'No limit of authority is set over interim risks and waivers: whoever has a role that may approve decides there at every level.',
      null,
      'no action',
    ],
    ['Nobody active holds the highest authority over residual risks and uses.', null, 'no action'],
  ],
  [
    '6.1.1',
    'no risk of the AIMS is on record',
    goodWorld,
    ['No risk of the AIMS itself is on record.', null, 'Add a risk → new risk'],
  ],
  [
    '6.1.1',
    'one risk has no plan',
    () => shared(record('risk', 'rsk-8', { state: 'identified' })),
    [
      'RSK-8 has no plan built into the work.',
      '2026-03-01',
      'Plan treatment of RSK-8 → new treatment with risks rsk-8',
    ],
  ],
  [
    '6.1.1',
    'two risks have no plan',
    () =>
      shared(
        record('risk', 'rsk-8', { state: 'identified' }),
        record('risk', 'rsk-9', { state: 'identified' }),
        record('treatment', 'trt-9', { state: 'given-up', links: { risks: ['rsk-8'] } }),
      ),
    [
      'RSK-8 and RSK-9 have no plan built into the work.',
      '2026-03-01',
      'Plan treatment of RSK-8 → new treatment with risks rsk-8',
    ],
  ],
  [
    '6.1.2',
    'there is no method',
    goodWorld,
    [
      'No risk assessment process is on record.',
      null,
      'Write the risk assessment process → new document with type method, covers MD-03',
    ],
  ],
  [
    '6.1.2',
    'no criteria are in force',
    () => havingShared([document('doc-3', { type: 'method', covers: ['MD-03'] })], without(['rcr-1'])),
    [
      'No risk criteria with a whole matrix are approved and kept up.',
      null,
      'Write the criteria → new risk-criteria',
    ],
  ],
  [
    '6.1.2',
    'the criteria are a draft',
    () =>
      havingShared([document('doc-3', { type: 'method', covers: ['MD-03'] })], changed('rcr-1', unapproved)),
    [
      'No risk criteria with a whole matrix are approved and kept up.',
      '2026-03-01',
      'Open RCR-1 → open rcr-1',
    ],
  ],
  [
    '6.1.2',
    'nobody tried the method',
    () => shared(document('doc-3', { type: 'method', covers: ['MD-03'], trial: 'Two people' })),
    [
      'DOC-3 has no trial by two people on record.',
      '2026-04-01',
      'Record the trial by two people → edit trial of doc-3',
    ],
  ],
  [
    '6.1.4',
    'the method asks for nothing',
    () => shared(document('doc-5', { type: 'method', covers: ['MD-05'] })),
    [
      'DOC-5 does not ask about: individuals and groups, society, misuse, jurisdictions and when it is due.',
      '2026-04-01',
      'Complete DOC-5 → edit asksIndividuals of doc-5',
    ],
  ],
  [
    '6.1.4',
    'the method leaves out society',
    () =>
      shared(
        document('doc-5', {
          type: 'method',
          covers: ['MD-05'],
          asksIndividuals: 'yes',
          asksMisuse: 'yes',
          asksJurisdictions: 'yes',
          saysWhenDue: 'yes',
        }),
      ),
    ['DOC-5 does not ask about: society.', '2026-04-01', 'Complete DOC-5 → edit asksSociety of doc-5'],
  ],
];
