/** What falls with a class that no longer stands, or that calls a use prohibited: duties, the assessment, the use. */
import { before, home, pair, set, state, twoAssessments } from '../breaks.ts';
import { approved } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, duty, goodWorld, having, shownBy, withdrawn } from '../world.ts';

type Made = ReturnType<typeof goodWorld>;
const writtenFrom = (classes: readonly string[], world: Made) =>
  having([{ ...duty('OB-4'), links: { ...home, metBy: [shownBy('OB-4')], followsFrom: classes } }], world);
const readFrom = (classes: readonly string[], world: Made) => changed('ia-1', { links: { classes } }, world);
/** Signed off as prohibited, taken back by another person, and withdrawn; its draft says something milder by now. */
const takenBack = (world: Made) =>
  changed(
    'cla-1',
    {
      ...withdrawn,
      state: 'withdrawn',
      updatedAt: '2026-09-01T09:00:00Z',
      earlier: [{ version: 1, fields: { scheme: 'eu-ai-act', outcomes: ['prohibited'] } }],
      fields: { outcomes: ['minimal'] },
    },
    world,
  );
const ended = { state: 'withdrawn', updatedAt: '2026-09-02T09:00:00Z' };

export const classificationWithdrawnMisses: readonly Miss[] = [
  [
    'CL8',
    'the sign-off of the class that a duty was written from was withdrawn',
    () => writtenFrom(['cla-1'], changed('cla-1', withdrawn)),
    [
      'OBL-OB-4 was written from CLA-1, which no longer stands.',
      '2026-09-01',
      'Sign off CLA-1 → approve cla-1',
    ],
  ],
  [
    'CL8',
    'so was that of the class of two duties',
    () =>
      having(
        [{ ...duty('OB-5'), links: { ...home, metBy: [shownBy('OB-5')], followsFrom: ['cla-1'] } }],
        writtenFrom(['cla-1'], changed('cla-1', withdrawn)),
      ),
    [
      'OBL-OB-4 and OBL-OB-5 were written from CLA-1, which no longer stands.',
      '2026-09-01',
      'Sign off CLA-1 → approve cla-1',
    ],
  ],
  [
    'CL8',
    'both classes that a duty was written from were withdrawn',
    () => writtenFrom(['cla-1', 'cla-1-b'], pair('cla-1', ended)),
    [
      'OBL-OB-4 was written from CLA-1 and CLA-1-B, which no longer stand.',
      '2026-09-02',
      'Say what OBL-OB-4 follows from → edit followsFrom of obl-ob-4',
    ],
  ],
  [
    'IM1',
    'the sign-off of the class that it was filled in from was withdrawn',
    () => readFrom(['cla-1'], changed('cla-1', withdrawn)),
    ['IA-1 was filled in from CLA-1, which no longer stands.', '2026-09-01', 'falls with classification'],
  ],
  [
    'IM1',
    'classes that two were filled in from were withdrawn',
    () =>
      changed(
        'cla-1',
        ended,
        changed(
          'cla-2',
          { state: 'withdrawn', updatedAt: '2026-10-02T09:00:00Z' },
          twoAssessments({ links: { covers: ['uc-1'], classes: ['cla-1', 'cla-2'] } }),
        ),
      ),
    [
      'IA-1 and IA-1-B were filled in from CLA-1 and CLA-2, which no longer stand.',
      '2026-09-02',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM1',
    'the class asks for the assessment of rights that it calls not due',
    () => set('cla-1', { outcomes: ['high-risk-annex-iii', 'fria-required'] }),
    [
      'IA-1 calls a fundamental-rights assessment not due, and CLA-1 asks for one.',
      '2026-04-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM1',
    'two classes ask for what two assessments call not due',
    () =>
      changed(
        'cla-1-b',
        { links: { useCase: ['uc-1-b'] } },
        pair('cla-1', { fields: { outcomes: ['fria-required'] } }, twoAssessments({})),
      ),
    [
      'IA-1 and IA-1-B call a fundamental-rights assessment not due, and CLA-1 and CLA-1-B ask for one.',
      '2026-04-01',
      'Reassess IA-1 → reassess ia-1',
    ],
  ],
  [
    'IM10',
    'the class calls the use prohibited, and everything behind it is approved',
    () => set('cla-1', { outcomes: ['prohibited'] }),
    [
      'UC-1 is a prohibited practice by CLA-1: the use stops or the class is corrected, whatever was assessed and accepted.',
      '2026-04-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM10',
    'the law is not in the overlay of a system that is still being built',
    () =>
      changed(
        'sys-1',
        { fields: { legalOverlay: null } },
        state(
          'uc-1',
          'in-preparation',
          before('deployment', set('cla-1', { outcomes: ['prohibited'], prohibitedFrom: '2025-02-02' })),
        ),
      ),
    [
      'UC-1 is a prohibited practice by CLA-1: the use stops or the class is corrected, whatever was assessed and accepted.',
      '2025-02-02',
      'Reject UC-1 → reject uc-1',
    ],
  ],
  [
    'IM10',
    'two uses became prohibited',
    () =>
      changed(
        'cla-1-b',
        { links: { useCase: ['uc-1-b'] } },
        pair(
          'cla-1',
          { fields: { outcomes: ['prohibited-soon'], prohibitedFrom: '2026-11-01' } },
          pair('uc-1'),
        ),
      ),
    [
      'UC-1 and UC-1-B are a prohibited practice by CLA-1 and CLA-1-B: the use stops or the class is corrected, whatever was assessed and accepted.',
      '2026-11-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM10',
    'the class that called it prohibited was taken back, and only an older one stands beside it',
    () => takenBack(pair('cla-1', { fields: { outcomes: ['minimal'] } })),
    [
      'UC-1 was a prohibited practice by CLA-1, which no longer stands; no class was signed off since.',
      '2026-09-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'IM10',
    'so were those of two uses, one of them by its step alone',
    () =>
      changed(
        'cla-1-b',
        {
          ...{ ...ended, approvals: approved.approvals, links: { useCase: ['uc-1-b'] } },
          fields: { outcomes: ['prohibited'] },
        },
        takenBack(pair('cla-1', {}, pair('uc-1'))),
      ),
    [
      'UC-1 and UC-1-B were a prohibited practice by CLA-1 and CLA-1-B, which no longer stand; no class was signed off since.',
      '2026-09-01',
      'Suspend UC-1 → suspend uc-1',
    ],
  ],
  [
    'CL4',
    'the class that called a use prohibited was taken back, and no law with classes is named any more',
    () => changed('sys-1', { fields: { legalOverlay: null } }, takenBack(goodWorld())),
    [
      'CLA-1 called a use of SYS-1 a prohibited practice, and was taken back; no class was signed off since.',
      '2026-09-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
  [
    'CL4',
    'so were two, and what is left says nothing of the kind',
    () => pair('cla-1', {}, takenBack(goodWorld())),
    [
      'CLA-1 and CLA-1-B called a use of SYS-1 a prohibited practice, and were taken back; no class was signed off since.',
      '2026-09-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
  [
    'CL1',
    'a signed-off class was taken back, and then the law was taken out of the overlay',
    () => changed('sys-1', { fields: { legalOverlay: ['employment'] } }, changed('cla-1', ended)),
    [
      'UC-1 has no class under the EU AI Act.',
      '2026-02-01',
      'Classify UC-1 → new classification with useCase uc-1, scheme eu-ai-act',
    ],
  ],
];
