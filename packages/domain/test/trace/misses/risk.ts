/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { bound, pair, set, twoAssessments } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, without } from '../world.ts';

export const riskMisses: readonly Miss[] = [
  [
    'RI2',
    'the use changed after its assessment was approved',
    () => changed('ia-1', { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] }),
    [
      'IA-1 was approved before the use case changed, so nothing shows that the risks carry what is found today.',
      '2026-03-01',
      'falls with impact',
    ],
  ],
  [
    'RI2',
    'the uses of two changed after their assessments were approved',
    () => twoAssessments({ approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] }),
    [
      'Finding 1 of IA-1-B (serious) is carried into no risk.',
      '2026-03-10',
      'Make it a risk → new risk with system sys-1, carries ia-1-b, carriedEffects 1, name Late help',
    ],
    [
      'IA-1 and IA-1-B were approved before the use case changed, so nothing shows that the risks carry what is found today.',
      '2026-03-01',
      'falls with impact',
    ],
  ],
  [
    'RI2',
    'no assessment is in force',
    () => without(['ia-1']),
    [
      'SYS-1 has no impact assessment in force, so no finding can be carried into a risk.',
      '2026-02-01',
      'falls with impact',
    ],
  ],
  [
    'RI2',
    'a serious finding goes nowhere',
    () => set('rsk-1', { carriedEffects: ['7'] }),
    [
      'Finding 1 of IA-1 (serious) is carried into no risk.',
      '2026-03-10',
      'Make it a risk → new risk with system sys-1, carries ia-1, carriedEffects 1, name Late help',
    ],
  ],
  [
    'RI2',
    'no reason stands beside "no risk"',
    () =>
      set('ia-1', {
        effects: [
          {
            number: 4,
            level: 'groups',
            polarity: 'harmful',
            severity: 'severe',
            effect: 'Refused',
            answer: 'no-risk',
          },
        ],
      }),
    [
      'Finding 4 of IA-1 (severe) is carried into no risk.',
      '2026-03-10',
      'Make it a risk → new risk with system sys-1, carries ia-1, carriedEffects 4, name Refused',
    ],
  ],
  [
    'RI2',
    'findings of two assessments go nowhere',
    () => changed('rsk-1', { fields: { carriedEffects: [] } }, twoAssessments({})),
    [
      '2 findings of IA-1 and IA-1-B are carried into no risk.',
      '2026-03-10',
      'Make it a risk → new risk with system sys-1, carries ia-1, carriedEffects 1, name Late help',
    ],
  ],
  [
    'RI2',
    'two findings of one go nowhere',
    () =>
      set(
        'ia-1',
        {
          effects: [
            { level: 'groups', polarity: 'harmful', severity: 'severe', effect: 'Refused' },
            { level: 'groups', polarity: 'harmful', severity: 'serious', effect: 'Delayed' },
          ],
        },
        set('rsk-1', { carriedEffects: null }),
      ),
    [
      '2 findings of IA-1 are carried into no risk.',
      '2026-03-10',
      'Make it a risk → new risk with system sys-1, carries ia-1, carriedEffects 1, name Refused',
    ],
  ],
  [
    'RI3',
    'not scored for society',
    () => set('rsk-1', { currentSociety: null }),
    ['RSK-1 is not scored for society.', '2026-03-01', 'Rate RSK-1 → edit currentSociety of rsk-1'],
  ],
  [
    'RI3',
    'the owner left',
    () => changed('rsk-1', { owner: 'gone' }),
    ['RSK-1 has no active owner.', '2026-10-30', 'Name an owner of RSK-1 → edit owner of rsk-1'],
  ],
  [
    'RI3',
    'a risk is not scored at all',
    () => set('rsk-1', { currentOrganisation: null, currentIndividuals: null, currentSociety: null }),
    [
      'RSK-1 is not scored for the organisation, people and society.',
      '2026-03-01',
      'Rate RSK-1 → edit currentOrganisation of rsk-1',
    ],
  ],
  [
    'RI3',
    'two risks are not scored for people',
    () => pair('rsk-1', { fields: { currentIndividuals: null } }),
    [
      'RSK-1 and RSK-1-B are not scored for people.',
      '2026-03-01',
      'Rate RSK-1 → edit currentIndividuals of rsk-1',
    ],
  ],
  [
    'RI3',
    'two risks have no owner',
    () => pair('rsk-1', { owner: 'nobody' }),
    ['RSK-1 and RSK-1-B have no active owner.', '2026-03-01', 'Name an owner of RSK-1 → edit owner of rsk-1'],
  ],
  [
    'RI7',
    'no risk looks at health',
    () => bound('OB-9', set('rsk-1', { protects: ['safety'] })),
    [
      'No risk of SYS-1 looks at health and fundamental rights.',
      '2026-02-01',
      'Add a risk → new risk with system sys-1, protects health and fundamental-rights',
    ],
  ],
  [
    'RI7',
    'no risk is on record',
    () => bound('OB-9', without(['rsk-1'])),
    [
      'No risk of SYS-1 looks at health, safety and fundamental rights.',
      '2026-02-01',
      'Add a risk → new risk with system sys-1, protects health and safety and fundamental-rights',
    ],
  ],
];
