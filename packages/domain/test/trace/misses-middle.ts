/** Ways in which rules are missed: rule, what is wrong, the world, words of the sentence. */

import { authority, bound, home, moved, noUse, type Row, set, twin } from './breaks.ts';
import { act } from './kit.ts';
import { changed, duty, having, unapproved, voided, without } from './world.ts';
import { effects } from './world-records.ts';

export const middle: readonly Row[] = [
  [
    'IM1',
    'no assessment',
    () => without(['ia-1']),
    'no impact assessment. The system is live since 2026-02-01',
  ],
  ['IM1', 'no use case', noUse, 'nothing to judge by'],
  ['IM1', 'a draft alone', () => changed('ia-1', unapproved), 'is not approved'],
  ['IM1', 'the approval was lost', () => changed('ia-1', voided), 'no longer approved'],
  [
    'IM1',
    'another use is not covered',
    () => having([twin('uc-1', 'uc-2')]),
    'UC-2 has no impact assessment',
  ],
  [
    'IM1',
    'approved before the use case changed',
    () => changed('ia-1', { approvals: [act('approve', { basis: [{ record: 'uc-1', digest: 'older' }] })] }),
    'before the use case changed',
  ],
  ['IM2', 'society is left out', () => set('ia-1', { effects: effects.slice(0, 2) }), 'society'],
  ['IM2', 'misuse is left out', () => set('ia-1', { misuse: null }), 'misuse'],
  [
    'IM2',
    'no effect and no reason',
    () => set('ia-1', { effects: [...effects, { level: 'groups', polarity: 'none' }] }),
    'without a reason',
  ],
  ['IM3', 'out of the interval', () => set('ia-1', { assessedOn: '2025-11-20' }), 'past the interval'],
  ['IM5', 'no retention', () => set('ia-1', { retention: null }), 'no retention'],
  [
    'IM6',
    'no word on the fundamental-rights assessment',
    () => bound('OB-27', set('ia-1', { fria: 'not-decided' })),
    'nor says why',
  ],
  [
    'IM7',
    'done after first use',
    () => bound('OB-27', set('ia-1', { fria: 'done', friaOn: '2026-06-01', friaNotifiedOn: '2026-06-01' })),
    'before first use',
  ],
  [
    'IM8',
    'nobody was consulted on serious harm',
    () => set('ia-1', { consulted: 'no' }),
    'nobody affected was consulted',
  ],
  ['RI2', 'no assessment is in force', () => without(['ia-1']), 'no finding can be carried'],
  [
    'RI2',
    'a serious finding goes nowhere',
    () => set('rsk-1', { carriedEffects: ['7'] }),
    'Finding 1 of IA-1 (serious)',
  ],
  ['RI3', 'not scored for society', () => set('rsk-1', { currentSociety: null }), 'society'],
  ['RI3', 'the owner left', () => changed('rsk-1', { owner: 'gone' }), 'no active owner'],
  ['RI4', 'no plan', () => without(['trt-1']), 'no treatment plan'],
  ['RI4', 'the plan is not approved', () => changed('trt-1', unapproved), 'not approved'],
  [
    'RI4',
    'an action is overdue',
    () => set('trt-1', { actions: [{ action: 'A', owner: 'cid', due: '2026-11-20' }] }),
    'past its date',
  ],
  [
    'RI4',
    'an action has no owner',
    () => set('trt-1', { actions: [{ action: 'A', due: '2027-11-20' }] }),
    'without owner or date',
  ],
  ['RI5', 'nobody accepted', () => changed('rsk-1', unapproved), 'Nobody accepted'],
  ['RI5', 'the rating changed', () => changed('rsk-1', voided), 'rating or its terms changed'],
  ['RI5', 'the acceptance ran out', () => set('rsk-1', { acceptanceUntil: '2026-11-20' }), 'run out'],
  ['RI5', 'accepted beyond authority', () => authority('residual_risk', 'low', 'boss'), 'did not reach'],
  [
    'RI5',
    'treated and never rated again',
    () =>
      changed(
        'trt-1',
        { state: 'done' },
        changed('rsk-1', { state: 'in-treatment', fields: { residualLevel: null } }),
      ),
    'not rated',
  ],
  [
    'RI7',
    'no risk looks at health',
    () => bound('OB-9', set('rsk-1', { protects: ['safety'] })),
    'health and fundamental rights',
  ],
  ['CO1', 'no risk shows what is needed', () => without(['rsk-1', 'trt-1']), 'No risk'],
  ['CO1', 'not decided', () => without(['apl-1']), 'does not decide'],
  ['CO1', 'decided and not approved', () => changed('apl-1', unapproved), 'not approved'],
  [
    'CO2',
    'treatment and statement contradict',
    () => set('apl-1', { decision: 'excluded', justification: 'Role' }),
    'One of the two is wrong',
  ],
  ['CO2', 'an exclusion without a reason', () => set('apl-2', { decision: 'excluded' }), 'without a reason'],
  ['CO3', 'no control is applicable', () => without(['apl-1', 'apl-2']), 'no applicable control'],
  ['CO3', 'not put in place', () => without(['imp-1']), 'not put in place on SYS-1'],
  [
    'CO3',
    'planned with no interim risk accepted',
    () => moved({ firstPlannedOn: '2027-01-31' }),
    'no accepted interim risk',
  ],
  ['CO3', 'the organisation has not put it in place', () => without(['imp-org']), 'by the organisation'],
  [
    'CO4',
    'a duty in force demands a control that is planned',
    () =>
      having(
        [{ ...duty('OB-8'), links: { ...home, controls: ['ctl-1'], metBy: ['uc-1'] } }],
        moved({ plannedOn: '2027-01-31' }),
      ),
    'Planned does not count',
  ],
  [
    'CO5',
    'a moved date without a new acceptance',
    () => moved({ firstPlannedOn: '2026-12-01', plannedOn: '2027-01-31' }),
    'moved without a reason',
  ],
  ['CO6', 'no way of working', () => set('imp-1', { howItWorks: null }), 'way of working'],
  ['RE1', 'no version is live', () => without(['ver-1']), 'No version'],
  ['RE1', 'no gate', () => without(['gat-1']), 'no passed release gate'],
  ['RE1', 'the gate came after go-live', () => set('gat-1', { decidedOn: '2026-03-01' }), 'after go-live'],
  [
    'RE1',
    'what was left open is overdue',
    () =>
      set('gat-1', {
        decidedOn: '2026-03-01',
        retrospective: 'yes',
        retrospectiveReason: 'Ran before',
        missingBy: '2026-11-20',
      }),
    'past its date',
  ],
  ['RE2', 'nobody is named', () => set('gat-1', { decidedBy: null }), 'who decided'],
  ['RE2', 'decided by who asked', () => set('gat-1', { decidedBy: 'ben' }), 'by the person who asked'],
  ['RE2', 'decided beyond authority', () => authority('release', 'severe', 'ann'), 'without authority'],
  [
    'RE2',
    'a criterion is open',
    () => set('gat-1', { criteria: [{ criterion: 'Tested' }] }),
    'without an answer',
  ],
];
