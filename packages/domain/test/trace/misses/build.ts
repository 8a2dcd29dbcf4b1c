/** Each way in which the rules on building, filing and logging are missed: sentence, since when, and what to do. */
import { bound, pair, set, state, swapped } from '../breaks.ts';
import { approved, record } from '../kit.ts';
import type { Miss, Outcome } from '../outcome.ts';
import { changed, having, unapproved, voided, without } from '../world.ts';

const verify: Outcome = [
  'VER-1 has no verification with a verdict in force.',
  '2026-02-01',
  'Verify VER-1 → new verification with system sys-1, version ver-1',
];
const again = 'Verify it again → new verification with system sys-1, version ver-1';
const write: Outcome = [
  'VER-1 has no approved requirements.',
  '2026-02-01',
  'Write the requirements → new requirement-spec with system sys-1',
];
const card: Outcome = [
  'VER-1 has no approved system card.',
  '2026-02-01',
  'Write the system card → new system-card with system sys-1, version ver-1',
];
const plan: Outcome = [
  'SYS-1 has no approved log plan.',
  '2026-02-01',
  'Write the log plan → new log-plan with system sys-1',
];
const missed = { results: [{ measure: 'Accuracy', value: 80 }] };
/** The bar is put where the result already was. */
const lowered = {
  fields: {
    measures: [{ measure: 'Accuracy', comparison: 'at-least', limit: 70 }],
    verdict: 'passed',
    decidedOn: '2026-02-25',
  },
};
const doubted = (id: string, version: string) =>
  record('verification', id, {
    ...{ state: 'under-way', doubted: '2026-03-01' },
    links: { system: ['sys-1'], version: [version] },
  });
const filing = (item: string, type: string): Outcome => [
  `OBL-${item} asks for a regulatory file, and none was made in time.`,
  '2026-08-02',
  `Prepare the file → new regulatory-file with system sys-1, obligations obl-${item.toLowerCase()}, type ${type}`,
];
const file = (fields: Parameters<typeof set>[1], at = 'made') =>
  record('regulatory-file', 'rgf-1', {
    ...approved,
    state: at,
    fields: { type: 'conformity-assessment', ...fields },
    links: { system: ['sys-1'], obligations: ['obl-ob-43'] },
  });

export const buildMisses: readonly Miss[] = [
  ['RE3', 'nothing was tested', () => without(['vfy-1']), verify],
  ['RE3', 'the test is not concluded', () => state('vfy-1', 'under-way'), verify],
  [
    'RE3',
    'a later verdict under conditions is open again',
    () => having([doubted('vfy-2', 'ver-1')]),
    [
      'VFY-2 passed VER-1 under conditions and is open again: no older verdict counts.',
      '2026-03-01',
      'Verify VER-1 → new verification with system sys-1, version ver-1',
    ],
  ],
  [
    'RE3',
    'so are two, and no other verdict was given',
    () => having([doubted('vfy-2', 'ver-1'), doubted('vfy-3', 'ver-1-b')], without(['vfy-1'], pair('ver-1'))),
    [
      'VFY-2 and VFY-3 passed VER-1 and VER-1-B under conditions and are open again: no older verdict counts.',
      '2026-03-01',
      'Verify VER-1 → new verification with system sys-1, version ver-1',
    ],
  ],
  ['RE3', 'the verdict was withdrawn', () => changed('vfy-1', voided), verify],
  ['RE3', 'it tested another version', () => changed('vfy-1', { links: { version: ['ver-0'] } }), verify],
  ['RE3', 'it belongs to another system', () => changed('vfy-1', { system: 'sys-2' }), verify],
  [
    'RE3',
    'two versions were not tested',
    () => without(['vfy-1'], pair('ver-1')),
    [
      'VER-1 and VER-1-B have no verification with a verdict in force.',
      '2026-02-01',
      'Verify VER-1 → new verification with system sys-1, version ver-1',
    ],
  ],
  [
    'RE3',
    'the version was changed after its verdict',
    () => swapped('vfy-1', 'ver-1'),
    [
      'VFY-1 was approved before VER-1 changed.',
      '2026-09-01',
      'Verify VER-1 → new verification with system sys-1, version ver-1',
    ],
  ],
  [
    'RE3',
    'one version was changed after its verdict, and one never tested',
    () => swapped('vfy-1', 'ver-1', pair('ver-1')),
    [
      'VER-1-B has no verification with a verdict in force.',
      '2026-02-01',
      'Verify VER-1-B → new verification with system sys-1, version ver-1-b',
    ],
    [
      'VFY-1 was approved before VER-1 changed.',
      '2026-09-01',
      'Verify VER-1 → new verification with system sys-1, version ver-1',
    ],
  ],
  [
    'RE3',
    'the version did not pass',
    () => set('vfy-1', { verdict: 'not-passed' }),
    ['VFY-1 was found not to pass, and VER-1 runs all the same.', '2026-01-25', again],
  ],
  [
    'RE3',
    'two versions did not pass',
    () =>
      changed(
        'vfy-1-b',
        { links: { version: ['ver-1-b'] } },
        pair('vfy-1', { fields: { verdict: 'not-passed' } }, pair('ver-1')),
      ),
    [
      'VFY-1 and VFY-1-B were found not to pass, and VER-1 and VER-1-B run all the same.',
      '2026-01-25',
      again,
    ],
  ],
  [
    'RE3',
    'a miss has no answer',
    () => set('vfy-1', { ...missed, verdict: 'passed-with-conditions' }),
    ['VFY-1 missed a threshold without an answer to it.', '2026-01-25', again],
  ],
  [
    'RE3',
    'a missed threshold was passed over',
    () => set('vfy-1', { results: [{ ...missed.results[0], answerToMiss: 'Handlers read every case' }] }),
    ['VFY-1 said that it passes, and a threshold was missed.', '2026-01-25', again],
  ],
  [
    'RE3',
    'a second test of the same version passes by less than the first one missed',
    () => changed('vfy-1-b', lowered, pair('vfy-1', { fields: { ...missed, verdict: 'not-passed' } })),
    [
      'VFY-1-B said that it passes, by less than the threshold that VFY-1 missed: Accuracy.',
      '2026-02-25',
      again,
    ],
  ],
  ['RE4', 'no requirements', () => without(['req-1']), write],
  ['RE4', 'requirements are not approved', () => changed('req-1', unapproved), write],
  [
    'RE4',
    'requirements stand for another version',
    () => changed('req-1', { links: { versions: ['ver-0'] } }),
    write,
  ],
  [
    'RE4',
    'two versions have none',
    () => without(['req-1'], pair('ver-1')),
    [
      'VER-1 and VER-1-B have no approved requirements.',
      '2026-02-01',
      'Write the requirements → new requirement-spec with system sys-1',
    ],
  ],
  [
    'RE4',
    'what is built here has no design on record',
    () => set('uc-1', { sourcing: 'in-house' }),
    [
      'VER-1 has no approved design record, and the organisation builds or adapts.',
      '2026-02-01',
      'Record the design → new design-record with system sys-1',
    ],
  ],
  [
    'RE4',
    'two versions of a producer have no design on record',
    () => set('sys-1', { organisationRoles: ['producer'] }, pair('ver-1')),
    [
      'VER-1 and VER-1-B have no approved design record, and the organisation builds or adapts.',
      '2026-02-01',
      'Record the design → new design-record with system sys-1',
    ],
  ],
  ['RE6', 'nothing is filed', () => bound('OB-43'), filing('OB-43', 'conformity-assessment')],
  [
    'RE6',
    'two duties have no file',
    () => bound('OB-47', bound('OB-43')),
    [
      'OBL-OB-43 and OBL-OB-47 ask for a regulatory file, and none was made in time.',
      '2026-08-02',
      'Prepare the file → new regulatory-file with system sys-1, obligations obl-ob-43, type conformity-assessment',
    ],
  ],
  [
    'RE6',
    'the file is in preparation',
    () => having([file({ doneOn: '2026-01-20' }, 'in-preparation')], bound('OB-43')),
    filing('OB-43', 'conformity-assessment'),
  ],
  [
    'RE6',
    'it was made after the system went live',
    () => having([file({ doneOn: '2026-03-01' })], bound('OB-43')),
    filing('OB-43', 'conformity-assessment'),
  ],
  [
    'RE6',
    'its validity is over',
    () => having([file({ doneOn: '2026-01-20', validUntil: '2026-10' })], bound('OB-43')),
    filing('OB-43', 'conformity-assessment'),
  ],
  ['RE7', 'the use is not registered', () => bound('OB-26-8'), filing('OB-26-8', 'registration')],
  ['IN1', 'no card', () => without(['crd-1']), card],
  ['IN1', 'the card is not approved', () => changed('crd-1', unapproved), card],
  ['IN1', 'the card names another version', () => changed('crd-1', { links: { version: ['ver-0'] } }), card],
  [
    'IN1',
    'two versions have no card',
    () => changed('not-1', { links: { version: ['ver-1-b'] } }, without(['crd-1'], pair('ver-1'))),
    [
      'VER-1 and VER-1-B have no approved system card.',
      '2026-02-01',
      'Write the system card → new system-card with system sys-1, version ver-1',
    ],
  ],
  ['OP3', 'no plan', () => without(['lgp-1']), plan],
  ['OP3', 'the plan is not approved', () => changed('lgp-1', unapproved), plan],
  ['OP3', 'the plan was withdrawn', () => state('lgp-1', 'withdrawn'), plan],
  [
    'OP3',
    'the supplier holds the logs, and nobody tried to get them',
    () => set('lgp-1', { heldBy: 'supplier', right: 'Section 9' }),
    [
      'LGP-1 leaves logs with a supplier, and the right to get them was not tried.',
      '2026-03-01',
      'Try the right → edit rightTriedOn of lgp-1',
    ],
  ],
  [
    'OP3',
    'two plans do not say who holds the logs',
    () => pair('lgp-1', { fields: { heldBy: null } }),
    [
      'LGP-1 and LGP-1-B leave logs with a supplier, and the right to get them was not tried.',
      '2026-03-01',
      'Try the right → edit rightTriedOn of lgp-1',
    ],
  ],
  [
    'OP3',
    'the next check is over',
    () => set('lgp-1', { nextCheck: '2026-11-20' }),
    [
      'LGP-1 was not held against the logs in time.',
      '2026-11-20',
      'Hold LGP-1 against the logs → edit checkedOn of lgp-1',
    ],
  ],
  [
    'OP3',
    'two plans were never checked',
    () => pair('lgp-1', { fields: { checkedOn: null, nextCheck: null } }),
    [
      'LGP-1 and LGP-1-B were not held against the logs in time.',
      '2026-03-01',
      'Hold LGP-1 against the logs → edit checkedOn of lgp-1',
    ],
  ],
  ['OP4', 'no plan', () => without(['lgp-1'], bound('OB-26-6')), plan],
  [
    'OP4',
    'logs go too early',
    () => set('lgp-1', { retentionMonths: 5 }, bound('OB-26-6')),
    [
      'LGP-1 does not keep logs for six months.',
      '2026-03-01',
      'Set how long logs are kept → edit retentionMonths of lgp-1',
    ],
  ],
  [
    'OP4',
    'two plans say nothing of it',
    () => pair('lgp-1', { fields: { retentionMonths: null } }, bound('OB-26-6')),
    [
      'LGP-1 and LGP-1-B do not keep logs for six months.',
      '2026-03-01',
      'Set how long logs are kept → edit retentionMonths of lgp-1',
    ],
  ],
  ['OP8', 'no plan is on file', () => bound('OB-72'), filing('OB-72', 'post-market-plan')],
];
