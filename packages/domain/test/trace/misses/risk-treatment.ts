/** Each way in which a risk lacks its treatment (6.1.3, 8.3): its sentence, since when, and what to do or what it falls with. */
import { comparedBut } from '../../risk/compared.ts';
import { authority, gone, pair, set, state } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { changed, goodWorld, inForceAs, unapproved, without } from '../world.ts';

const owed = (due: string) => ({
  fields: { actions: [{ action: 'Second reading', owner: 'cid', due }] },
});
const second = (world = goodWorld()) => changed('trt-1', { links: { risks: ['rsk-1', 'rsk-1-b'] } }, world);

export const riskTreatmentMisses: readonly Miss[] = [
  [
    'RI4',
    'a draft puts off what is overdue',
    () => inForceAs('trt-1', owed('2090-01-01'), owed('2026-11-01')),
    ['An action of TRT-1 is past its date.', '2026-11-01', 'Answer for TRT-1 → edit actions of trt-1'],
  ],
  [
    'RI4',
    'a draft says that another action is done',
    () =>
      inForceAs(
        'trt-1',
        { fields: { actions: [{ action: 'Think', owner: 'cid', due: '2090-01-01', doneOn: '2026-11-02' }] } },
        owed('2026-11-01'),
      ),
    [
      'TRT-1 is done, and a draft puts away actions of the approved plan that were not.',
      '2026-03-01',
      'Answer for TRT-1 → edit actions of trt-1',
    ],
    ['An action of TRT-1 is past its date.', '2026-11-01', 'Answer for TRT-1 → edit actions of trt-1'],
  ],
  [
    'RI4',
    'drafts of two plans that are done leave out what is not',
    () => {
      const world = inForceAs('trt-1', { fields: { actions: [] } }, owed('2090-01-01'));
      return pair('trt-1', {}, world);
    },
    [
      'TRT-1 and TRT-1-B are done, and a draft puts away actions of the approved plan that were not.',
      '2026-03-01',
      'Answer for TRT-1 → edit actions of trt-1',
    ],
  ],
  [
    'RI4',
    'only a draft of a plan treats the risk',
    () => inForceAs('trt-1', {}, { links: { risks: [] } }),
    [
      'Only a draft of TRT-1 treats RSK-1, which stands above the threshold.',
      '2026-03-12',
      'Approve TRT-1 → approve trt-1',
    ],
  ],
  [
    'RI4',
    'only a draft of a plan treats two risks',
    () =>
      inForceAs(
        'trt-1',
        { links: { risks: ['rsk-1', 'rsk-1-b'] } },
        { links: { risks: [] } },
        second(pair('rsk-1')),
      ),
    [
      'Only a draft of TRT-1 treats RSK-1 and RSK-1-B, which stand above the threshold.',
      '2026-03-12',
      'Approve TRT-1 → approve trt-1',
    ],
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
    'the plan was approved by somebody whose authority ends below what it leaves',
    () => authority('treatment_plan', 'low', 'boss'),
    [
      'TRT-1 was approved by somebody who, by the roles they hold today, had no authority for the level that is left.',
      '2026-04-01',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
  [
    'RI4',
    'two plans were approved by somebody without authority',
    () => ({
      ...changed('trt-1-b', {}, pair('trt-1')),
      organisation: { ...authority('treatment_plan', 'low', 'boss').organisation },
    }),
    [
      'TRT-1 and TRT-1-B were approved by somebody who, by the roles they hold today, had no authority for the level that is left.',
      '2026-04-01',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
  [
    'RI4',
    'a risk that the plan treats was archived or erased',
    () => ({
      ...changed('trt-1', {
        links: { risks: ['rsk-1', 'rsk-9'] },
        approvals: [act('approve', { basis: [{ record: 'rsk-9', digest: 'as-it-was' }] })],
      }),
      gone: [gone('rsk-9')],
    }),
    [
      'TRT-1 treats also what was archived or erased since: RSK-9. Bring back what still counts, or take it out of the plan.',
      '2026-06-05',
      'Look at TRT-1 again → edit risks of trt-1',
    ],
  ],
  [
    'RI4',
    'two plans treat what was archived or erased',
    () => {
      const links = { risks: ['rsk-1', 'rsk-9'] };
      return {
        ...changed('trt-1-b', { links }, changed('trt-1', { links }, pair('trt-1'))),
        gone: [gone('rsk-9')],
      };
    },
    [
      'TRT-1 and TRT-1-B treat also what was archived or erased since: RSK-9. Bring back what still counts, or take it out of the plan.',
      '2026-06-05',
      'Look at TRT-1 again → edit risks of trt-1',
    ],
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
];
