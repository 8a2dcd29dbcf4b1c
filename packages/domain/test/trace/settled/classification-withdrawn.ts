/** Where a class that no longer stands, or that calls something prohibited, takes nothing down with it. */
import { home, pair, set, state } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, duty, having, shownBy, unapproved, voided, withdrawn } from '../world.ts';

const writtenFrom = (classes: readonly string[], world: ReturnType<typeof changed>) =>
  having([{ ...duty('OB-4'), links: { ...home, metBy: [shownBy('OB-4')], followsFrom: classes } }], world);

export const classificationWithdrawnSettled: readonly Settled[] = [
  [
    'CL8',
    'another class that the duty was written from stands',
    () => writtenFrom(['cla-1', 'cla-2'], changed('cla-1', withdrawn)),
    'holds',
    null,
  ],
  [
    'CL8',
    'the class was never signed off: that is a gap of its own',
    () => writtenFrom(['cla-1'], changed('cla-1', unapproved)),
    'holds',
    null,
  ],
  ['IM1', 'a class fell that it was not filled in from', () => changed('cla-1', withdrawn), 'holds', null],
  [
    'IM1',
    'a class that it was filled in from was never signed off: that is a gap of its own',
    () => changed('ia-1', { links: { classes: ['cla-1'] } }, changed('cla-1', unapproved)),
    'holds',
    null,
  ],
  [
    'IM1',
    'the class asks for an assessment of rights, and it is due',
    () => set('cla-1', { outcomes: ['fria-required'] }, set('ia-1', { fria: 'due' })),
    'holds',
    null,
  ],
  [
    'IM1',
    'the class that asks for an assessment of rights is not signed off',
    () => set('cla-1', { outcomes: ['fria-required'] }, changed('cla-1', voided)),
    'holds',
    null,
  ],
  [
    'IM10',
    'it becomes prohibited on a later day',
    () => set('cla-1', { outcomes: ['prohibited-soon'], prohibitedFrom: '2027-02-02' }),
    'holds',
    '2027-02-01',
  ],
  [
    'IM10',
    'the prohibited use is suspended, and another one goes on',
    () =>
      changed(
        'cla-1-b',
        { links: { useCase: ['uc-1-b'] } },
        state(
          'uc-1',
          'suspended',
          set('cla-1', { outcomes: ['prohibited'] }, pair('cla-1', {}, pair('uc-1'))),
        ),
      ),
    'holds',
    null,
  ],
  [
    'IM10',
    'nobody signed off that it is prohibited',
    () => changed('cla-1', { ...unapproved, fields: { outcomes: ['prohibited'] } }),
    'not-applicable',
    'No class in law of a use is signed off.',
  ],
];
