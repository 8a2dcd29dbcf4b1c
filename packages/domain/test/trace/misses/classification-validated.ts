/** Each way in which a signed-off class was not looked at again in time (CL6): its sentence, since when, and what to do. */
import type { TraceRecord } from '../../../src/trace/inputs.ts';
import { pair, set, systemChanged } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed } from '../world.ts';

/** The class in law as it was signed off, where the working version says other days. */
const signed = (fields: TraceRecord['fields']): TraceRecord['inForce'] => ({
  version: 1,
  fields: {
    ...{ scheme: 'eu-ai-act', outcomes: ['minimal'], classifiedOn: '2026-03-01', validatedOn: '2026-09-01' },
    ...fields,
  },
  links: { useCase: ['uc-1'] },
});

export const classificationValidatedMisses: readonly Miss[] = [
  [
    'CL6',
    'validation over',
    () => set('cla-1', { nextValidation: '2026-11-20' }),
    ['CLA-1 was not validated in time.', '2026-11-20', 'Look at CLA-1 again → validate cla-1'],
  ],
  [
    'CL6',
    'validation over by what was signed off, and a later day written since by whoever classifies',
    () =>
      changed('cla-1', {
        version: 2,
        fields: { nextValidation: '2027-08-31' },
        inForce: signed({ nextValidation: '2026-11-20' }),
      }),
    ['CLA-1 was not validated in time.', '2026-11-20', 'Look at CLA-1 again → validate cla-1'],
  ],
  [
    'CL6',
    'validation over by what the last look set, and a later day written since',
    () =>
      changed('cla-1', {
        version: 2,
        fields: {
          ...{ validatedOn: '2026-09-01', validatedAt: '2026-09-01T12:00:00Z' },
          ...{ validatedUntil: '2026-11-20', nextValidation: '2027-08-31' },
        },
        inForce: signed({ validatedOn: null, nextValidation: '2026-09-30' }),
      }),
    ['CLA-1 was not validated in time.', '2026-11-20', 'Look at CLA-1 again → validate cla-1'],
  ],
  [
    'CL6',
    'neither validated nor classified within the interval',
    () => set('cla-1', { validatedOn: null, classifiedOn: '2025-11-20' }),
    ['CLA-1 was not validated in time.', '2026-11-20', 'Look at CLA-1 again → validate cla-1'],
  ],
  [
    'CL6',
    'two are past the interval',
    () =>
      pair('cla-1', {
        fields: { validatedOn: '2025-11', classifiedOn: '2025-10', nextValidation: '2026-10-31' },
      }),
    ['CLA-1 and CLA-1-B were not validated in time.', '2026-10-31', 'Look at CLA-1 again → validate cla-1'],
  ],
  [
    'CL6',
    'the system changed since, later on the day of the last look',
    () =>
      changed(
        'cla-2',
        { fields: { validatedAt: '2026-09-01T12:00:00Z' } },
        changed(
          'cla-1',
          { fields: { validatedAt: '2026-09-01T07:00:00Z' } },
          systemChanged('2026-09-01T09:00:00Z'),
        ),
      ),
    [
      'CLA-1 was not validated since SYS-1 changed on 2026-09-01.',
      '2026-09-01',
      'Look at CLA-1 again → validate cla-1',
    ],
  ],
  [
    'CL6',
    'it changed on the day of the last look, and no moment of that is on record',
    () => systemChanged('2026-09-01T05:00:00Z'),
    [
      'CLA-1 and CLA-2 were not validated since SYS-1 changed on 2026-09-01.',
      '2026-09-01',
      'Look at CLA-1 again → validate cla-1',
    ],
  ],
  [
    'CL6',
    'its data changed since, and its model after that',
    () =>
      changed(
        'mdl-1',
        { materialAt: '2026-10-05T09:00:00Z' },
        changed('dat-1', { materialAt: '2026-09-20T09:00:00Z' }),
      ),
    [
      'CLA-1 and CLA-2 were not validated since MDL-1 changed on 2026-10-05.',
      '2026-09-20',
      'Look at CLA-1 again → validate cla-1',
    ],
  ],
];
