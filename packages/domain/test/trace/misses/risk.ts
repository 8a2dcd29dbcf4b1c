/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */

import { comparedBut } from '../../risk/compared.ts';
import { authority, bound, limitless, pair, set, state, twoAssessments } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, unapproved, voided, withdrawn, without } from '../world.ts';

/** Nothing is done yet of the one plan. */
const underWay = (world: ReturnType<typeof goodWorld>) => state('trt-1', 'under-way', world);

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
    'RI4',
    'no plan',
    () => without(['trt-1']),
    [
      'RSK-1 stands above the threshold and has no treatment plan.',
      '2026-03-12',
      'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1',
    ],
  ],
  [
    'RI4',
    'a target of its own lies above what the criteria bear, and nothing treats the risk',
    () => set('rsk-1', { targetLevel: 'severe' }, without(['trt-1'])),
    [
      'RSK-1 stands above the threshold and has no treatment plan.',
      '2026-03-12',
      'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1',
    ],
    [
      'RSK-1 has a target above what RCR-1 bears without treatment.',
      '2026-03-12',
      'Lower the target of RSK-1 → edit targetLevel of rsk-1',
    ],
  ],
  [
    'RI4',
    'targets for one bearer of two risks lie above it',
    () =>
      changed(
        'trt-1',
        { links: { risks: ['rsk-1', 'rsk-1-b'] } },
        pair('rsk-1', { fields: { targetIndividuals: 'high' } }),
      ),
    [
      'RSK-1 and RSK-1-B have a target above what RCR-1 bears without treatment.',
      '2026-03-12',
      'Lower the target of RSK-1 → edit targetLevel of rsk-1',
    ],
  ],
  [
    'RI4',
    'a stricter target of its own asks for treatment below the threshold',
    () =>
      set(
        'rcr-1',
        { thresholds: [{ level: 'high' }] },
        set('rsk-1', { targetIndividuals: 'low' }, without(['trt-1'])),
      ),
    [
      'RSK-1 stands above the threshold and has no treatment plan.',
      '2026-03-12',
      'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1',
    ],
  ],
  [
    'RI4',
    'more is rated to remain than the plan was approved for',
    () => set('trt-1', { expectedLevel: 'low' }, changed('rsk-1', unapproved)),
    [
      'TRT-1 was approved for less than is rated to remain of RSK-1.',
      '2026-03-12',
      'Say what TRT-1 leaves → edit expectedLevel of trt-1',
    ],
  ],
  [
    'RI4',
    'two plans were approved for less',
    () => pair('trt-1', { fields: { expectedLevel: 'low' } }, changed('rsk-1', unapproved)),
    [
      'TRT-1 and TRT-1-B were approved for less than is rated to remain of RSK-1.',
      '2026-03-12',
      'Say what TRT-1 leaves → edit expectedLevel of trt-1',
    ],
  ],
  [
    'RI4',
    'more remains of two for people alone, and one plan treats both',
    () =>
      changed(
        'trt-1',
        { fields: { expectedLevel: 'moderate' }, links: { risks: ['rsk-1', 'rsk-1-b'] } },
        pair('rsk-1', { ...unapproved, fields: { residualIndividuals: 'high' } }),
      ),
    [
      'TRT-1 was approved for less than is rated to remain of RSK-1 and RSK-1-B.',
      '2026-03-12',
      'Say what TRT-1 leaves → edit expectedLevel of trt-1',
    ],
  ],
  [
    'RI4',
    'the plan is not approved',
    () => changed('trt-1', unapproved),
    ['TRT-1 is not approved.', '2026-03-01', 'Approve TRT-1 → approve trt-1'],
  ],
  [
    'RI4',
    'the plan is not approved, and no criteria in force say how much is too much',
    () => changed('trt-1', unapproved, set('rsk-1', { targetLevel: null }, without(['rcr-1']))),
    ['TRT-1 is not approved.', '2026-03-01', 'Approve TRT-1 → approve trt-1'],
  ],
  [
    'RI4',
    'the approved plan says nothing of a control of Annex A',
    () => set('trt-1', { compared: comparedBut('A.6.2.6', 'A.9.2') }),
    [
      'TRT-1 leaves controls of Annex A without an answer.',
      '2026-04-01',
      'Hold TRT-1 against Annex A → edit compared of trt-1',
    ],
  ],
  [
    'RI4',
    'a control that the approved plan calls for was dropped since',
    () => state('ctl-1', 'dropped'),
    [
      'TRT-1 leaves controls of Annex A without an answer.',
      '2026-04-01',
      'Hold TRT-1 against Annex A → edit compared of trt-1',
    ],
  ],
  [
    'RI4',
    'two approved plans were never held against Annex A',
    () => pair('trt-1', { fields: { compared: null } }),
    [
      'TRT-1 and TRT-1-B leave controls of Annex A without an answer.',
      '2026-04-01',
      'Hold TRT-1 against Annex A → edit compared of trt-1',
    ],
  ],
  [
    'RI4',
    'an action is overdue',
    () => set('trt-1', { actions: [{ action: 'A', owner: 'cid', due: '2026-11-20' }] }),
    ['An action of TRT-1 is past its date.', '2026-11-20', 'Answer for TRT-1 → edit actions of trt-1'],
  ],
  [
    'RI4',
    'an action has no owner',
    () => set('trt-1', { actions: [{ action: 'A', due: '2027-11-20' }] }),
    [
      'TRT-1 has no actions, or actions without owner or date.',
      '2026-03-01',
      'Complete TRT-1 → edit actions of trt-1',
    ],
  ],
  [
    'RI4',
    'two risks have no plan',
    () => without(['trt-1'], pair('rsk-1')),
    [
      'RSK-1 and RSK-1-B stand above the threshold and have no treatment plan.',
      '2026-03-12',
      'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1',
    ],
  ],
  [
    'RI4',
    'two plans are not approved',
    () => pair('trt-1', unapproved),
    ['TRT-1 and TRT-1-B are not approved.', '2026-03-01', 'Approve TRT-1 → approve trt-1'],
  ],
  [
    'RI4',
    'two plans are late',
    () =>
      pair('trt-1', {
        fields: {
          actions: [
            { action: 'A', owner: 'cid', due: '2026-11-20' },
            { action: 'B', owner: 'cid', due: '2026-10' },
            { action: 'C', owner: 'cid', due: '2026-01-01', doneOn: '2026-01-01' },
          ],
        },
      }),
    [
      'An action of TRT-1 and TRT-1-B is past its date.',
      '2026-10',
      'Answer for TRT-1 → edit actions of trt-1',
    ],
  ],
  [
    'RI4',
    'two plans have no actions',
    () => pair('trt-1', { fields: { actions: [] } }),
    [
      'TRT-1 and TRT-1-B have no actions, or actions without owner or date.',
      '2026-03-01',
      'Complete TRT-1 → edit actions of trt-1',
    ],
  ],
  [
    'RI4',
    'the plan was given up',
    () => state('trt-1', 'given-up'),
    [
      'RSK-1 stands above the threshold and has no treatment plan.',
      '2026-03-12',
      'Plan treatment of RSK-1 → new treatment with system sys-1, risks rsk-1',
    ],
  ],
  [
    'RI4',
    'the day first named counts where the later one is missing',
    () => set('trt-1', { actions: [{ action: 'A', owner: 'cid', firstDue: '2026-11-20' }] }),
    ['An action of TRT-1 is past its date.', '2026-11-20', 'Answer for TRT-1 → edit actions of trt-1'],
  ],
  [
    'RI5',
    'nobody accepted',
    () => changed('rsk-1', unapproved),
    ['Nobody accepted what remains of RSK-1.', '2026-03-12', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the rating changed',
    () => changed('rsk-1', voided),
    [
      'The acceptance of RSK-1 ended: the rating or its terms changed.',
      '2026-09-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'the acceptance was withdrawn',
    () => changed('rsk-1', withdrawn),
    ['The acceptance of RSK-1 was withdrawn.', '2026-09-01', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance of two was withdrawn',
    () => pair('rsk-1', withdrawn),
    ['The acceptance of RSK-1 and RSK-1-B was withdrawn.', '2026-09-01', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance ran out',
    () => set('rsk-1', { acceptanceUntil: '2026-11-20' }),
    ['The acceptance of RSK-1 has run out.', '2026-11-20', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'accepted beyond authority',
    () => authority('residual_risk', 'low', 'boss'),
    [
      'RSK-1 was accepted by somebody whose authority did not reach the level.',
      '2026-04-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI4',
    'the plan was approved before what it treats changed',
    () =>
      changed('trt-1', {
        approvals: [act('approve', { basis: [{ record: 'rsk-1', digest: 'as-it-was' }] })],
      }),
    ['TRT-1 was approved before RSK-1 changed.', '2026-03-01', 'Approve TRT-1 anew → approve trt-1'],
  ],
  [
    'RI4',
    'closed above what is borne, and never accepted',
    () => changed('rsk-1', { ...unapproved, state: 'closed', updatedAt: '2026-05-01T09:00:00Z' }),
    [
      'RSK-1 was closed above what is borne without treatment, and nobody accepted that.',
      '2026-05-01',
      'Open RSK-1 again → reopen rsk-1',
    ],
  ],
  [
    'RI4',
    'two were closed above what is borne, beside one that is open',
    () =>
      changed(
        'rsk-1-b',
        { state: 'closed' },
        pair('rsk-1', { ...unapproved, state: 'closed', updatedAt: '2026-05-01T09:00:00Z' }),
      ),
    [
      'RSK-1 and RSK-1-B were closed above what is borne without treatment, and nobody accepted that.',
      '2026-05-01',
      'Open RSK-1 again → reopen rsk-1',
    ],
  ],
  [
    'RI5',
    'treated and never rated again',
    () =>
      changed(
        'trt-1',
        { state: 'done' },
        changed('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    [
      'Treatment of RSK-1 is done, and what remains is not rated.',
      '2026-03-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'what remains was accepted and never rated',
    () => underWay(changed('rsk-1', { state: 'identified', fields: { residualLevel: null } })),
    [
      'RSK-1 was accepted before anybody rated what remains.',
      '2026-04-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'what remains of two was accepted and never rated',
    () => underWay(pair('rsk-1', { state: 'identified', fields: { residualLevel: null } })),
    [
      'RSK-1 and RSK-1-B were accepted before anybody rated what remains.',
      '2026-04-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'two were never accepted',
    () => pair('rsk-1', unapproved),
    ['Nobody accepted what remains of RSK-1 and RSK-1-B.', '2026-03-12', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'the acceptance of two is void',
    () => pair('rsk-1', voided),
    [
      'The acceptance of RSK-1 and RSK-1-B ended: the rating or its terms changed.',
      '2026-09-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'the acceptance of two has run out',
    () => pair('rsk-1', { fields: { acceptanceUntil: '2026-10' } }),
    ['The acceptance of RSK-1 and RSK-1-B has run out.', '2026-10', 'Decide on RSK-1 → approve rsk-1'],
  ],
  [
    'RI5',
    'two were accepted beyond authority',
    () => ({ ...pair('rsk-1'), organisation: { ...authority('residual_risk', 'low', 'boss').organisation } }),
    [
      'RSK-1 and RSK-1-B were accepted by somebody whose authority did not reach the level.',
      '2026-04-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'no table says who may bear it',
    () => limitless(goodWorld()),
    ['RSK-1 was accepted, and no table of authority says who may bear that.', '2026-04-01', 'falls with 5.3'],
  ],
  [
    'RI5',
    'no table says who may bear two',
    () => limitless(changed('trt-1', { links: { risks: ['rsk-1', 'rsk-1-b'] } }, pair('rsk-1'))),
    [
      'RSK-1 and RSK-1-B were accepted, and no table of authority says who may bear that.',
      '2026-04-01',
      'falls with 5.3',
    ],
  ],
  [
    'RI5',
    'the table speaks of something else alone',
    () => authority('waiver', 'severe', 'boss'),
    ['RSK-1 was accepted, and no table of authority says who may bear that.', '2026-04-01', 'falls with 5.3'],
  ],
  [
    'RI5',
    'what remains of two is not rated',
    () =>
      changed(
        'trt-1',
        { state: 'done', links: { risks: ['rsk-1', 'rsk-1-b'] } },
        pair('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    [
      'Treatment of RSK-1 and RSK-1-B is done, and what remains is not rated.',
      '2026-03-01',
      'Rate what remains of RSK-1 → edit residualOrganisation of rsk-1',
    ],
  ],
  [
    'RI5',
    'a risk is borne and nothing remains rated',
    () => underWay(changed('rsk-1', { ...unapproved, fields: { residualLevel: null, assessedOn: null } })),
    ['Nobody accepted what remains of RSK-1.', '2026-03-01', 'Decide on RSK-1 → approve rsk-1'],
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
