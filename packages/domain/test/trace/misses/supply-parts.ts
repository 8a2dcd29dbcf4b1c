/** How the rules of supply on data sets, parts and input data are missed. */
import { bound, pair, set, state } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { without } from '../world.ts';

export const supplyPartMisses: readonly Miss[] = [
  [
    'SU4',
    'no provenance',
    () => set('dat-1', { provenance: null }),
    ['DAT-1 has no provenance on record.', '2026-03-01', 'Complete DAT-1 → edit provenance of dat-1'],
  ],
  [
    'SU4',
    'nothing is known of the data',
    () => set('dat-1', { provenance: [], rights: null, qualityResults: null }),
    [
      'DAT-1 has no provenance, rights and quality results on record.',
      '2026-03-01',
      'Complete DAT-1 → edit provenance of dat-1',
    ],
  ],
  [
    'SU4',
    'two data sets have no rights',
    () => pair('dat-1', { fields: { rights: null } }),
    ['DAT-1 and DAT-1-B have no rights on record.', '2026-03-01', 'Complete DAT-1 → edit rights of dat-1'],
  ],
  [
    'SU5',
    'no computing is documented',
    () => state('res-computing', 'withdrawn'),
    [
      'SYS-1 does not document its computing.',
      '2026-02-01',
      'Name the computing → edit usesResource of sys-1',
    ],
  ],
  [
    'SU5',
    'no live version',
    () => without(['ver-1', 'gat-1']),
    [
      'No version of SYS-1 is recorded as live.',
      '2026-02-01',
      'Record the version → new system-version with system sys-1',
    ],
  ],
  [
    'SU5',
    'nothing is documented',
    () => without(['mdl-1', 'dat-1', 'res-tool', 'res-computing', 'res-people', 'ver-1']),
    [
      'SYS-1 does not document its models, data, tools, computing and people.',
      '2026-02-01',
      'Name the models → edit usesModel of sys-1',
    ],
    [
      'No version of SYS-1 is recorded as live.',
      '2026-02-01',
      'Record the version → new system-version with system sys-1',
    ],
  ],
  [
    'SU5',
    'the only version is no longer live',
    () => set('ver-1', { liveTo: '2026-11-20' }),
    [
      'No version of SYS-1 is recorded as live.',
      '2026-02-01',
      'Record the version → new system-version with system sys-1',
    ],
  ],
  [
    'SU5',
    'the version goes live tomorrow',
    () => set('ver-1', { liveFrom: '2026-11-22' }),
    [
      'No version of SYS-1 is recorded as live.',
      '2026-02-01',
      'Record the version → new system-version with system sys-1',
    ],
  ],
  [
    'SU9',
    'input was not checked',
    () => bound('OB-26-4', set('uc-1', { inputDataCheckedOn: null })),
    [
      'The input data of UC-1 was not checked for relevance and representation.',
      '2026-02-01',
      'Check the input of UC-1 → edit inputDataRelevant of uc-1',
    ],
  ],
  [
    'SU9',
    'the input does not fit',
    () => bound('OB-26-4', set('uc-1', { inputDataRelevant: 'no' })),
    [
      'The input data of UC-1 was not checked for relevance and representation.',
      '2026-02-01',
      'Check the input of UC-1 → edit inputDataRelevant of uc-1',
    ],
  ],
  [
    'SU9',
    'the input of two uses was not checked',
    () => bound('OB-26-4', pair('uc-1', { fields: { inputDataRelevant: null } })),
    [
      'The input data of UC-1 and UC-1-B were not checked for relevance and representation.',
      '2026-02-01',
      'Check the input of UC-1 → edit inputDataRelevant of uc-1',
    ],
  ],
];
