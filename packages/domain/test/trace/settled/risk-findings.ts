/** Where a risk rests on what the assessment finds, though that was approved anew since. */
import { pair, set, state } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { reassessed, reassessedAt } from '../reassessed.ts';
import { changed, inForceAs, unapproved } from '../world.ts';

const worse = { severity: 'severe', likelihood: 'almost-certain' };
const after = '2026-07-01T09:00:01Z';

const early = { approvals: [act('approve', { at: '2026-06-10T09:00:00Z' })] };
const closed = { ...unapproved, state: 'closed', closedAt: '2026-05-01T09:00:00Z' };

const left = { from: 'IA-1/1', answer: 'no-risk', reason: 'Nobody waits for help that is not due.' };
const run = (materialAt: string, world: ReturnType<typeof reassessed>) =>
  changed(
    'rra-1',
    { fields: { considered: [left] }, materialAt },
    set('rsk-1', { carriedEffects: [] }, world),
  );

export const riskFindingSettled: readonly Settled[] = [
  [
    'RI2',
    'a run that is done left the finding with a reason, as it is judged today',
    () => run(after, reassessed({ ...worse, answer: null })),
    'holds',
    null,
  ],
  [
    'RI2',
    'an earlier run made it a risk, which is gone, and a later one left it',
    () =>
      set(
        'rra-1-b',
        { heldOn: '2026-01-05', considered: [{ ...left, answer: 'risk' }] },
        pair('rra-1', {}, run(after, reassessed({ answer: null }))),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'a later run names it and says nothing of it',
    () =>
      set(
        'rra-1-b',
        { heldOn: '2026-08-01', considered: [{ ...left, answer: null }] },
        pair('rra-1', {}, run(after, reassessed({ answer: null }))),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'the version approved since judges as before what the run left',
    () => run('2026-06-30T09:00:00Z', reassessed({ basis: 'A second test', answer: null })),
    'holds',
    null,
  ],
  [
    'RI2',
    'a new version leaves the effect as it was',
    () => reassessed({ basis: 'A second test' }),
    'holds',
    null,
  ],
  [
    'RI2',
    'an effect that the risk does not carry was judged anew',
    () =>
      set(
        'rsk-1',
        { carriedEffects: ['1'] },
        changed(
          'ia-1',
          {
            earlier: [
              {
                version: 1,
                fields: {
                  effects: [
                    {
                      number: 1,
                      level: 'individuals',
                      polarity: 'harmful',
                      severity: 'serious',
                      effect: 'Late help',
                    },
                  ],
                },
              },
            ],
          },
          reassessed({}),
        ),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'levels changed since',
    () => changed('rsk-1', { materialAt: after }, reassessed(worse)),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was accepted anew since',
    () => changed('rsk-1', { approvals: [act('approve', { at: after })] }, reassessed(worse)),
    'holds',
    null,
  ],
  [
    'RI2',
    'the rating says that it looked at the new version, at the same levels',
    () => set('rsk-1', { findingsUsed: ['IA-1 v2'] }, reassessed(worse)),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was assessed on a later day, as a register from elsewhere says',
    () =>
      changed(
        'rsk-1',
        { fields: { assessedOn: '2026-07-02' }, updatedAt: '2026-07-02T08:00:00Z' },
        reassessed(worse),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'one that nobody rated yet looks at what is found today',
    () =>
      changed(
        'rsk-1',
        { ...unapproved, state: 'identified', fields: { currentLevel: null, residualLevel: null } },
        reassessed(worse),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was rated before any version was approved',
    () => changed('rsk-1', { ...unapproved, state: 'assessed' }, reassessed(worse, changed('ia-1', {}))),
    'holds',
    null,
  ],
  [
    'RI2',
    'a closed risk whose finding another one carries, rated since',
    () =>
      state(
        'rsk-1-b',
        'closed',
        changed('rsk-1', { materialAt: after }, pair('rsk-1', {}, reassessed(worse))),
      ),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was closed after the new version',
    () => changed('rsk-1', { state: 'closed', closedAt: after }, reassessed(worse)),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was closed before anybody had approved the assessment, and an open one carries what it finds',
    () => changed('rsk-1', closed, pair('rsk-1', {}, changed('ia-1', early))),
    'holds',
    null,
  ],
  [
    'RI2',
    'it was closed once the assessment was approved',
    () => changed('ia-1', early, changed('rsk-1', { ...closed, closedAt: '2026-06-10T09:00:01Z' })),
    'holds',
    null,
  ],
  [
    'RI2',
    'what an earlier version said was erased',
    () => changed('ia-1', { earlier: [] }, reassessed(worse)),
    'holds',
    null,
  ],
  [
    'RI2',
    'the version that was accepted on is in force again',
    () =>
      changed(
        'ia-1',
        {
          approvals: [
            act('approve'),
            act('approve', { version: 2, at: reassessedAt }),
            act('approve', { at: after }),
          ],
          fields: { effects: reassessed({}).own.find(({ id }) => id === 'ia-1')?.fields.effects ?? [] },
          earlier: [{ version: 2, fields: { effects: [] } }],
        },
        reassessed(worse),
      ),
    'holds',
    null,
  ],
  [
    'RI5',
    'a new version of the assessment leaves the effect that it carries as it was',
    () => reassessed({ basis: 'A second test' }),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'it was accepted anew once an effect was judged anew',
    () => changed('rsk-1', { approvals: [act('approve', { at: after })] }, reassessed(worse)),
    'holds',
    '2027-03-31',
  ],
  [
    'RI5',
    'it was accepted once the assessment was approved',
    () => changed('rsk-1', { approvals: [act('approve', { at: after })] }, changed('ia-1', early)),
    'holds',
    '2027-03-31',
  ],
  [
    'RI4',
    'the plan was approved once the assessment was',
    () => changed('trt-1', { approvals: [act('approve', { at: after })] }, changed('ia-1', early)),
    'holds',
    null,
  ],
  [
    'RI5',
    'it carries fewer effects than when it was accepted',
    () => inForceAs('rsk-1', {}, { fields: { carriedEffects: ['1', '2'] } }),
    'holds',
    '2027-03-31',
  ],
  [
    'RI4',
    'a new version of the assessment leaves the effect that the risk of the plan carries as it was',
    () => reassessed({ basis: 'A second test' }),
    'holds',
    null,
  ],
  [
    'RI4',
    'the plan was approved anew once an effect was judged anew',
    () => changed('trt-1', { approvals: [act('approve', { at: after })] }, reassessed(worse)),
    'holds',
    null,
  ],
];
