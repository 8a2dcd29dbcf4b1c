/** Where a class that no longer stands, or that calls something prohibited, takes nothing down with it. */
import { home, pair, set, state } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, duty, having, shownBy, unapproved, voided, withdrawn } from '../world.ts';

const writtenFrom = (classes: readonly string[], world: ReturnType<typeof changed>) =>
  having([{ ...duty('OB-4'), links: { ...home, metBy: [shownBy('OB-4')], followsFrom: classes } }], world);

/** Signed off as prohibited, and taken back by another person. */
const takenBack = () =>
  changed('cla-1', { ...withdrawn, state: 'withdrawn', fields: { outcomes: ['prohibited'] } });

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
  [
    'IM10',
    'another class was signed off after the one that called it prohibited was taken back',
    () =>
      changed(
        'cla-1-b',
        {
          ...{ state: 'final', fields: { outcomes: ['minimal'] } },
          approvals: [act('approve', { at: '2026-09-02T09:00:00Z' })],
        },
        pair('cla-1', {}, takenBack()),
      ),
    'holds',
    null,
  ],
  [
    'CL4',
    'the class itself was signed off anew, as something else',
    () =>
      changed(
        'cla-1',
        {
          ...{ state: 'final', version: 2, fields: { outcomes: ['minimal'] } },
          earlier: [{ version: 1, fields: { scheme: 'eu-ai-act', outcomes: ['prohibited'] } }],
          approvals: [...withdrawn.approvals, act('approve', { version: 2, at: '2026-09-02T09:00:00Z' })],
        },
        takenBack(),
      ),
    'holds',
    null,
  ],
  [
    'CL1',
    'a class was taken back, and another one is there, when the law was taken out of the overlay',
    () =>
      changed(
        'sys-1',
        { fields: { legalOverlay: ['employment'] } },
        pair('cla-1', {}, set('cla-1', { outcomes: ['minimal'] }, changed('cla-1', withdrawn))),
      ),
    'not-applicable',
    'No law with classes is named for SYS-1.',
  ],
];
