/** Each way in which a question of clauses 7 to 10 is a gap of the organisation: its sentence, since when, and what to do. */
import { noIntervals, set } from '../breaks.ts';
import { record } from '../kit.ts';
import { audit, shared } from '../organisation.ts';
import type { Miss } from '../outcome.ts';
import { goodWorld, without } from '../world.ts';

export const runningMisses: readonly Miss[] = [
  [
    '7.1',
    'no need is stated',
    goodWorld,
    [
      'No need in people, money, tools or infrastructure is stated for the present period.',
      null,
      'State a need → new resource',
    ],
  ],
  [
    '7.1',
    'one need is not covered',
    () =>
      shared(
        record('resource', 'res-8', { fields: { needed: 'Two people', covered: 'no', periodFrom: '2026' } }),
      ),
    [
      'RES-8 is not covered, and nothing says what gives way.',
      '2026',
      'Decide on RES-8 → edit decision of res-8',
    ],
  ],
  [
    '7.1',
    'two needs are not covered',
    () =>
      shared(...['res-8', 'res-9'].map((id) => record('resource', id, { fields: { needed: 'Two people' } }))),
    [
      'RES-8 and RES-9 are not covered, and nothing says what gives way.',
      null,
      'Decide on RES-8 → edit decision of res-8',
    ],
  ],
  [
    '7.2',
    'nobody has a role',
    goodWorld,
    ['No role in the AIMS is assigned.', null, 'Assign a role → new role-assignment'],
  ],
  [
    '7.5.2',
    'documents have neither author nor reviewer',
    goodWorld,
    [
      'DOC-PLAN, DOC-POLICY and DOC-SCOPE have no author or no reviewer.',
      null,
      'Complete DOC-PLAN → edit author of doc-plan',
    ],
  ],
  [
    '7.5.2',
    'one was approved by its author',
    () =>
      ['doc-scope', 'doc-plan'].reduce(
        (world, id) => set(id, { author: 'ann', reviewer: 'ben' }, world),
        set('doc-policy', { author: 'boss', reviewer: 'ben' }),
      ),
    ['DOC-POLICY was approved by the author.', '2026-04-01', 'Approve DOC-POLICY again → approve doc-policy'],
  ],
  [
    '7.5.2',
    'no document is in force',
    () => without(['doc-scope', 'doc-policy', 'doc-plan']),
    ['No document has a version in force.', null, 'no action'],
  ],
  [
    '7.5.3',
    'no document says how it is kept',
    goodWorld,
    [
      'DOC-PLAN, DOC-POLICY and DOC-SCOPE have no retention, disposal or sensitivity set.',
      null,
      'Complete DOC-PLAN → edit retention of doc-plan',
    ],
  ],
  [
    '7.5.3',
    'one says no sensitivity',
    () => set('doc-plan', { retention: 'P3Y', disposal: 'Erase' }, without(['doc-scope', 'doc-policy'])),
    [
      'DOC-PLAN has no retention, disposal or sensitivity set.',
      null,
      'Complete DOC-PLAN → edit sensitivity of doc-plan',
    ],
  ],
  [
    '9.1',
    'nothing is measured',
    goodWorld,
    ['No monitor watches the AIMS itself.', null, 'Add a monitor → new monitor with subject aims'],
  ],
  [
    '9.1',
    'a monitor is late',
    () =>
      shared(
        record('monitor', 'mon-9', {
          state: 'running',
          fields: { subject: 'aims', rhythm: 'quarterly', lastEvaluatedOn: '2026-Q2' },
        }),
      ),
    [
      'MON-9 was not evaluated on time.',
      '2026-09-30',
      'Record the evaluation of MON-9 → edit lastEvaluatedOn of mon-9',
    ],
  ],
  [
    '9.2.1',
    'there is no audit',
    goodWorld,
    ['No internal audit is on record.', null, 'Plan an audit → new audit'],
  ],
  [
    '9.2.1',
    'the audit lies too far back, says nothing and looked inside alone',
    () => shared(audit('aud-1', { reportIssuedOn: '2025-11-20', conclusion: '', populations: [] })),
    [
      'AUD-1 does not conclude whether the AIMS really runs.',
      '2025-11-20',
      'Complete AUD-1 → edit conclusion of aud-1',
    ],
    [
      'AUD-1 drew its sample from no population outside the register.',
      '2025-11-20',
      'Name the outside population → edit populations of aud-1',
    ],
    [
      'AUD-1 lies too far back: the next internal audit was due on 2026-11-20.',
      '2026-11-20',
      'Plan an audit → new audit',
    ],
  ],
  [
    '9.2.1',
    'no interval is adopted',
    () => noIntervals(shared(audit('aud-1', {}))),
    ['No interval is adopted and no next day is set for: Internal audit of the AIMS.', null, 'no action'],
  ],
  [
    '9.2.2',
    'there is no audit',
    () => shared(audit('aud-1', {}, 'cancelled')),
    ['No internal audit is on record.', null, 'Plan an audit → new audit'],
  ],
  [
    '9.2.2',
    'one audit has no check and no reader',
    () => shared(audit('aud-1', { independenceRows: [], recipients: [], plannedOn: '2026-05' })),
    [
      'AUD-1 has no check of independence.',
      '2026-05',
      'Check independence in AUD-1 → edit independenceRows of aud-1',
    ],
    [
      'AUD-1 names nobody who received the report.',
      '2026-06-01',
      'Name who received it → edit recipients of aud-1',
    ],
  ],
  [
    '9.2.2',
    'two audits have no check and no reader',
    () =>
      shared(
        audit('aud-1', { independenceRows: [], recipients: [] }),
        audit('aud-2', { independenceRows: [], recipients: [] }),
      ),
    [
      'AUD-1 and AUD-2 name nobody who received the report.',
      '2026-06-01',
      'Name who received it → edit recipients of aud-1',
    ],
    [
      'AUD-1 and AUD-2 have no check of independence.',
      null,
      'Check independence in AUD-1 → edit independenceRows of aud-1',
    ],
  ],
  [
    '10.2',
    'one case is late',
    () => shared(record('nonconformity', 'ncr-8', { fields: { grade: 'major', detectedOn: '2026-01-01' } })),
    ['NCR-8 is past a limit.', '2026-01-06', 'Go on with NCR-8 → open ncr-8'],
  ],
  [
    '10.2',
    'two cases in time touch controls in use',
    () =>
      shared(
        ...['ncr-8', 'ncr-9'].map((id) =>
          record('nonconformity', id, {
            fields: { detectedOn: '2026-11-20' },
            links: { controls: ['ctl-2'] },
          }),
        ),
      ),
    ['NCR-8 and NCR-9 are open on controls that systems use.', '2026-11-20', 'Go on with NCR-8 → open ncr-8'],
  ],
];
