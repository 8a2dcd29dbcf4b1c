/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { graded, noUse, pair, set, state, twin } from '../breaks.ts';
import { act, approved, record } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, unapproved, voided, without } from '../world.ts';

/** Approved on a use case that was another one then. */
const stale = { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] };

/** Answers that lead to no class at all. */
const notAi = [{ fact: 'meets_ai_definition', answer: 'no' }];

/** A scheme of a regulator that is asked of the system, and the organisation's own tiers. */
const scheme = (fields: Parameters<typeof set>[1]) =>
  record('classification-scheme', 'sch-1', {
    ...approved,
    title: 'Device class',
    state: 'kept-up',
    system: null,
    fields: fields ?? {},
  });
const withScheme = (fields: Parameters<typeof set>[1]) => {
  const world = goodWorld();
  return { ...world, records: [...world.records, scheme(fields)] };
};
const given = (askedWhere: string[]) => withScheme({ method: 'given', askedWhere });
/** Tiers whose version in force gives another level than the one that was signed off. */
const tiered = (values: string) =>
  changed(
    'cla-2',
    {
      fields: { tierName: 'Mild', answers: [{ fact: 'use-case.autonomy', answer: 'action' }] },
      links: { useCase: ['uc-1'], byScheme: ['sch-1'] },
    },
    withScheme({
      method: 'table',
      levels: [{ level: 'Mild' }, { level: 'Hard' }],
      rules: [
        { row: '1', level: 'Hard' },
        { row: '2', level: 'Mild' },
      ],
      conditions: [{ row: '1', fact: 'use-case.autonomy', test: 'any', values }],
    }),
  );

/** A second class of the same use beside the first, which finds it minimal. */
const apart = (patch: Parameters<typeof changed>[1]) =>
  changed('cla-1-b', { fields: { outcomes: ['high-risk-annex-iii'] }, ...patch }, pair('cla-1'));

export const classificationMisses: readonly Miss[] = [
  [
    'CL1',
    'no class in law',
    () => without(['cla-1']),
    [
      'UC-1 has no class under the EU AI Act.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
  [
    'CL1',
    'two uses have no class',
    () => without(['cla-1', 'cla-2'], pair('uc-1')),
    [
      'UC-1 and UC-1-B have no class under the EU AI Act.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
  [
    'CL1',
    'the class was withdrawn',
    () => state('cla-1', 'withdrawn'),
    [
      'UC-1 has no class under the EU AI Act.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
  [
    'CL1',
    'a scheme of others is asked under a law of the overlay and gave no class',
    () => given(['eu-ai-act']),
    [
      'UC-1 has no class under SCH-1.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, byScheme sch-1, scheme other, schemeName Device class',
    ],
  ],
  [
    'CL1',
    'two uses have no class under a scheme of others',
    () => pair('uc-1', {}, given(['eu-ai-act'])),
    [
      'UC-1-B has no class under the EU AI Act.',
      '2026-02-01',
      'Classify UC-1-B → new classification with useCase uc-1-b, scheme eu-ai-act',
    ],
    [
      'UC-1 and UC-1-B have no class under SCH-1.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, byScheme sch-1, scheme other, schemeName Device class',
    ],
  ],
  [
    'CL2',
    'no use case',
    noUse,
    [
      'No use case of SYS-1 that goes on is on record, so there is nothing to judge by.',
      '2026-02-01',
      'falls with use-cases',
    ],
  ],
  [
    'CL2',
    'no tier',
    () => without(['cla-2']),
    [
      'UC-1 has no tier of your own.',
      '2026-02-01',
      'Set the tier of UC-1 → new classification with useCase uc-1, scheme own-tier',
    ],
  ],
  [
    'CL2',
    'a class says no tier',
    () => set('cla-2', { tier: null }),
    [
      'UC-1 has no tier of your own.',
      '2026-02-01',
      'Set the tier of UC-1 → new classification with useCase uc-1, scheme own-tier',
    ],
  ],
  [
    'CL2',
    'the tier was typed, and a table is in force',
    () => withScheme({ method: 'table' }),
    [
      'UC-1 has a tier that was not read from the table of SCH-1.',
      '2026-04-01',
      'Answer for the tier of UC-1 → new classification with useCase uc-1, byScheme sch-1, scheme own-tier',
    ],
  ],
  [
    'CL2',
    'the tiers of two were typed, and a table is in force',
    () => {
      const two = pair('uc-1');
      const other = { ...twin('cla-2', 'cla-2-b'), links: { useCase: ['uc-1-b'] } };
      return { ...two, records: [...two.records, other, scheme({ method: 'table' })] };
    },
    [
      'UC-1 and UC-1-B have a tier that was not read from the table of SCH-1.',
      '2026-04-01',
      'Answer for the tier of UC-1 → new classification with useCase uc-1, byScheme sch-1, scheme own-tier',
    ],
  ],
  [
    'CL2',
    'two uses have no tier',
    () => without(['cla-1', 'cla-2'], pair('uc-1')),
    [
      'UC-1 and UC-1-B have no tier of your own.',
      '2026-02-01',
      'Set the tier of UC-1 → new classification with useCase uc-1, scheme own-tier',
    ],
  ],
  [
    'CL3',
    'undetermined',
    () => set('cla-1', { outcomes: ['undetermined'] }),
    [
      'CLA-1 is undetermined: answers are missing.',
      '2026-03-01',
      'Answer the open facts → edit answers of cla-1',
    ],
  ],
  [
    'CL3',
    'still open',
    () => changed('cla-1', { state: 'open', ...unapproved }),
    ['CLA-1 is not final.', '2026-03-01', 'Make CLA-1 final → conclude cla-1'],
  ],
  [
    'CL3',
    'undetermined and without a day',
    () => set('cla-1', { outcomes: ['undetermined'], classifiedOn: null }),
    [
      'CLA-1 is undetermined: answers are missing.',
      '2026-03-01',
      'Answer the open facts → edit answers of cla-1',
    ],
  ],
  [
    'CL3',
    'two are undetermined',
    () => pair('cla-1', { fields: { outcomes: ['undetermined', 'high-risk-annex-iii'] } }),
    [
      'CLA-1 and CLA-1-B are undetermined: answers are missing.',
      '2026-03-01',
      'Answer the open facts → edit answers of cla-1',
    ],
  ],
  [
    'CL3',
    'two are open',
    () => pair('cla-1', { state: 'open', ...unapproved }),
    ['CLA-1 and CLA-1-B are not final.', '2026-03-01', 'Make CLA-1 final → conclude cla-1'],
  ],
  [
    'CL3',
    'two signed-off classes of one use contradict each other',
    () => apart({ approvals: [act('approve', { at: '2026-05-02T09:00:00Z' })] }),
    [
      'UC-1 has signed-off classes in law that contradict each other: CLA-1 and CLA-1-B. The stricter of them counts until one is withdrawn or classified again.',
      '2026-05-02',
      'Settle the class of UC-1 → open uc-1 at classes',
    ],
  ],
  [
    'CL3',
    'the classes of two uses contradict each other',
    () => {
      const uses = pair('uc-1');
      const both = { links: { useCase: ['uc-1', 'uc-1-b'] } };
      return changed('cla-1-b', { fields: { outcomes: ['prohibited'] } }, pair('cla-1', both, uses));
    },
    [
      'UC-1 and UC-1-B have signed-off classes in law that contradict each other: CLA-1 and CLA-1-B. The stricter of them counts until one is withdrawn or classified again.',
      '2026-04-01',
      'Settle the class of UC-1 → open uc-1 at classes',
    ],
  ],
  [
    'CL4',
    'prohibited',
    () => set('cla-1', { outcomes: ['prohibited'] }),
    [
      'CLA-1 has a prohibited practice as outcome, and SYS-1 is live.',
      '2026-03-01',
      'Take SYS-1 out of use → retire sys-1',
    ],
  ],
  [
    'CL4',
    'prohibited, whatever laws are named for the system since',
    () => set('cla-1', { outcomes: ['prohibited'] }, set('sys-1', { legalOverlay: null })),
    [
      'CLA-1 has a prohibited practice as outcome, and SYS-1 is live.',
      '2026-03-01',
      'Take SYS-1 out of use → retire sys-1',
    ],
  ],
  [
    'CL4',
    'prohibited since a day that has come',
    () => set('cla-1', { outcomes: ['prohibited-soon'], prohibitedFrom: '2026-11-21' }),
    [
      'CLA-1 has a prohibited practice as outcome, and SYS-1 is live.',
      '2026-11-21',
      'Take SYS-1 out of use → retire sys-1',
    ],
  ],
  [
    'CL4',
    'prohibited soon, and nobody knows from when',
    () => set('cla-1', { outcomes: ['prohibited-soon'] }),
    [
      'CLA-1 has a prohibited practice as outcome, and SYS-1 is live.',
      '2026-03-01',
      'Take SYS-1 out of use → retire sys-1',
    ],
  ],
  [
    'CL4',
    'two are prohibited',
    () => pair('cla-1', { fields: { outcomes: ['prohibited'], classifiedOn: null } }),
    [
      'CLA-1 and CLA-1-B have a prohibited practice as outcome, and SYS-1 is live.',
      '2026-03-01',
      'Take SYS-1 out of use → retire sys-1',
    ],
  ],
  [
    'CL5',
    'not signed off',
    () => changed('cla-1', unapproved),
    ['CLA-1 is not signed off.', '2026-03-01', 'Sign off CLA-1 → approve cla-1'],
  ],
  [
    'CL5',
    'signed off before the use case changed',
    () => changed('cla-1', { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] }),
    [
      'CLA-1 was signed off before the use case changed.',
      '2026-03-01',
      'Classify again: CLA-1 → reopen cla-1',
    ],
  ],
  [
    'CL5',
    'the sign-off is void',
    () => changed('cla-1', voided),
    ['CLA-1 is not signed off.', '2026-03-01', 'Sign off CLA-1 → approve cla-1'],
  ],
  [
    'CL5',
    'two are not signed off',
    () => pair('cla-1', unapproved),
    ['CLA-1 and CLA-1-B are not signed off.', '2026-03-01', 'Sign off CLA-1 → approve cla-1'],
  ],
  [
    'CL5',
    'two were signed off before the use changed',
    () => pair('cla-1', stale),
    [
      'CLA-1 and CLA-1-B were signed off before the use case changed.',
      '2026-03-01',
      'Classify again: CLA-1 → reopen cla-1',
    ],
  ],
  [
    'CL5',
    'the rules moved on and lead elsewhere',
    () => set('cla-1', { ruleVersion: 'an older one', answers: notAi }),
    [
      'CLA-1 was signed off on other rules, and rule set 2026-11-21.2 leads to another outcome.',
      null,
      'Classify again: CLA-1 → reopen cla-1',
    ],
  ],
  [
    'CL5',
    'the rules of two moved on and lead elsewhere',
    () => pair('cla-1', { fields: { ruleVersion: 'an older one', answers: notAi } }),
    [
      'CLA-1 and CLA-1-B were signed off on other rules, and rule set 2026-11-21.2 leads to another outcome.',
      null,
      'Classify again: CLA-1 → reopen cla-1',
    ],
  ],
  [
    'CL5',
    'the use that it rested on is gone',
    () => changed('cla-1', { approvals: [act('approve', { basis: [{ record: 'uc-0', digest: 'x' }] })] }),
    ['CLA-1 was signed off before the use case changed.', null, 'Classify again: CLA-1 → reopen cla-1'],
  ],
  [
    'CL5',
    'the decision table in force gives another tier',
    () => tiered('action'),
    [
      'CLA-2 was signed off on an earlier version of the decision table, and the one in force gives another tier.',
      null,
      'Classify again: CLA-2 → reopen cla-2',
    ],
  ],
  [
    'CL5',
    'the decision table in force gives two of them another tier',
    () => pair('cla-2', {}, tiered('action')),
    [
      'CLA-2 and CLA-2-B were signed off on an earlier version of the decision table, and the one in force gives another tier.',
      null,
      'Classify again: CLA-2 → reopen cla-2',
    ],
  ],
  [
    'CL5',
    'the scheme in force does not have the level of a class from outside',
    () => graded('S2'),
    [
      'CLA-3 has a level that the scheme in force does not have.',
      null,
      'Classify again: CLA-3 → reopen cla-3',
    ],
  ],
  [
    'CL5',
    'nor those of two',
    () => pair('cla-3', {}, graded('S2')),
    [
      'CLA-3 and CLA-3-B have a level that the scheme in force does not have.',
      null,
      'Classify again: CLA-3 → reopen cla-3',
    ],
  ],
];
