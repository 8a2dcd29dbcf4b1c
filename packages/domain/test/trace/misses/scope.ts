/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { concernOf, excluding, pair, set, state, twin } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, unapproved, without } from '../world.ts';

/** Approved a day longer ago than the interval. */
const long = { approvals: [act('approve', { at: '2025-11-20T09:00:00Z' })] };

export const scopeMisses: readonly Miss[] = [
  [
    'SC1',
    'no scope version is in force',
    () => without(['doc-scope']),
    [
      'No scope version is in force, so SYS-1 is neither inside nor excluded.',
      '2026-03-01',
      'falls with 4.3',
    ],
  ],
  [
    'SC1',
    'the scope version was never approved',
    () => changed('doc-scope', unapproved),
    [
      'No scope version is in force, so SYS-1 is neither inside nor excluded.',
      '2026-03-01',
      'falls with 4.3',
    ],
  ],
  [
    'SC1',
    'the scope version was withdrawn',
    () => state('doc-scope', 'withdrawn'),
    [
      'No scope version is in force, so SYS-1 is neither inside nor excluded.',
      '2026-03-01',
      'falls with 4.3',
    ],
  ],
  [
    'SC1',
    'the version in force reaches other units',
    () => set('doc-scope', { reach: 'units', units: ['Sales'] }),
    [
      'DOC-SCOPE neither covers SYS-1 nor excludes it.',
      '2026-03-01',
      'Decide in DOC-SCOPE → edit coversSystems of doc-scope',
    ],
  ],
  [
    'SC1',
    'an exclusion has no reason',
    () => changed('doc-scope', { links: { excludesSystems: ['sys-1'] } }),
    [
      'DOC-SCOPE excludes SYS-1 without a reason.',
      '2026-03-01',
      'Give the reason → edit scopeReason of sys-1',
    ],
  ],
  [
    'SC1',
    'the register contradicts the scope',
    () => set('sys-1', { inScope: 'no' }),
    [
      'SYS-1 is marked out of scope, and DOC-SCOPE has it in scope. One of the two is wrong.',
      '2026-03-01',
      'Correct the answer → edit inScope of sys-1',
    ],
  ],
  [
    'SC1',
    'a valid exclusion stands against the register',
    excluding,
    [
      'SYS-1 is marked in scope, and DOC-SCOPE excludes it. One of the two is wrong.',
      '2026-03-01',
      'Correct the answer → edit inScope of sys-1',
    ],
  ],
  [
    'SC2',
    'an excluded system has no class in law',
    () => without(['cla-1'], excluding()),
    [
      'UC-1 is out of scope and has no class in law, which applies all the same.',
      '2026-02-01',
      'falls with classification',
    ],
  ],
  [
    'SC2',
    'a concern about an excluded system was put away open',
    () => having([concernOf({}, 'inquiry', true)], excluding()),
    [
      'CON-1 is put away and not closed; what somebody raised about a system out of scope stays on.',
      null,
      'Bring CON-1 back → open con-1',
    ],
  ],
  [
    'SC2',
    'two concerns about an excluded system were put away open',
    () => pair('con-1', {}, having([concernOf({}, 'inquiry', true)], excluding())),
    [
      'CON-1 and CON-1-B are put away and not closed; what somebody raised about a system out of scope stays on.',
      null,
      'Bring CON-1 back → open con-1',
    ],
  ],
  [
    'SC2',
    'two excluded uses have no class in law',
    () => having([twin('uc-1', 'uc-1-b')], without(['cla-1', 'cla-2'], excluding())),
    [
      'UC-1 and UC-1-B are out of scope and have no class in law, which applies all the same.',
      '2026-02-01',
      'falls with classification',
    ],
  ],
  [
    'SC3',
    'no role in ISO terms',
    () => set('uc-1', { organisationRoles: null }),
    [
      'UC-1 does not state the roles that the organisation holds.',
      '2026-02-01',
      'State the roles of UC-1 → edit organisationRoles of uc-1',
    ],
  ],
  [
    'SC3',
    'no role in law under the EU AI Act',
    () => set('uc-1', { lawRoles: null }),
    [
      'UC-1 does not state the roles that the organisation holds.',
      '2026-02-01',
      'State the roles of UC-1 → edit lawRoles of uc-1',
    ],
  ],
  [
    'SC3',
    'two uses state no role',
    () => pair('uc-1', { fields: { organisationRoles: null } }),
    [
      'UC-1 and UC-1-B do not state the roles that the organisation holds.',
      '2026-02-01',
      'State the roles of UC-1 → edit organisationRoles of uc-1',
    ],
  ],
  [
    'SC4',
    'the review of the scope is over',
    () => set('doc-scope', { nextReview: '2026-11-20' }),
    ['The review of DOC-SCOPE was due on 2026-11-20.', '2026-11-20', 'falls with 4.3'],
  ],
  [
    'SC4',
    'it was approved more than the interval ago and never reviewed',
    () => changed('doc-scope', long),
    ['The review of DOC-SCOPE was due on 2026-11-20.', '2026-11-20', 'falls with 4.3'],
  ],
  [
    'SC4',
    'the interval ran out before the day planned for the next review',
    () => changed('doc-scope', { ...long, fields: { nextReview: '2027-06-30' } }),
    ['The review of DOC-SCOPE was due on 2026-11-20.', '2026-11-20', 'falls with 4.3'],
  ],
  [
    'SC5',
    'no market is named',
    () => set('sys-1', { markets: null }),
    [
      'No market or jurisdiction is named for SYS-1.',
      '2026-03-01',
      'Name the markets → edit markets of sys-1',
    ],
  ],
  [
    'SC5',
    'no law is named',
    () => set('sys-1', { legalOverlay: null }),
    [
      'The laws that apply to SYS-1 are not named.',
      '2026-03-01',
      'Name the laws → edit legalOverlay of sys-1',
    ],
  ],
];
