/** Each way in which a risk no longer rests on what the assessment finds: its sentence, since when, and what to do. */
import { pair, set } from '../breaks.ts';
import { act } from '../kit.ts';
import type { Miss } from '../outcome.ts';
import { reassessed, reassessedAt } from '../reassessed.ts';
import { changed, inForceAs, unapproved, without } from '../world.ts';

const worse = { severity: 'severe', likelihood: 'almost-certain', effect: 'No help' };

const early = { approvals: [act('approve', { at: '2026-06-10T09:00:00Z' })] };
const closed = { ...unapproved, state: 'closed', closedAt: '2026-05-01T09:00:00Z' };
/** The one risk was closed while its assessment was a draft. */
const closedEarly = () => changed('ia-1', early, changed('rsk-1', closed));

const left = { from: 'IA-1/1', answer: 'no-risk', reason: 'Nobody waits for help that is not due.' };
/** The finding is in no risk, and a run left it. */
const run = (
  said: object,
  state: string,
  world = reassessed({ answer: null }),
  materialAt = '2026-07-02T09:00:00Z',
) =>
  changed(
    'rra-1',
    { fields: { considered: [{ ...left, ...said }] }, state, materialAt },
    set('rsk-1', { carriedEffects: [] }, world),
  );
const opened = (severity = 'serious', since = '2026-03-10'): readonly [string, string, string] => [
  `Finding 1 of IA-1 (${severity}) is carried into no risk.`,
  since,
  'Make it a risk → new risk with system sys-1, carries ia-1, carriedEffects 1, name Late help',
];

export const riskFindingMisses: readonly Miss[] = [
  ['RI2', 'a run that is not done says that a finding is no risk', () => run({}, 'planned'), opened()],
  ['RI2', 'a run leaves a finding with a word', () => run({ reason: 'ok' }, 'done'), opened()],
  [
    'RI2',
    'a later run made it a risk, which is gone, and an earlier one had left it',
    () =>
      set(
        'rra-1-b',
        { heldOn: '2026-08-01', considered: [{ ...left, answer: 'risk' }] },
        pair('rra-1', {}, run({}, 'done')),
      ),
    opened(),
  ],
  [
    'RI2',
    'so where both were held on one day, and the later one is the one written later',
    () =>
      changed(
        'rra-1-b',
        { materialAt: '2026-07-02T15:00:00Z', fields: { considered: [{ ...left, answer: 'risk' }] } },
        pair('rra-1', {}, run({}, 'done')),
      ),
    opened(),
  ],
  [
    'RI2',
    'a run leaves what the assessment in force carries into a risk',
    () => run({}, 'done', reassessed({ answer: 'risk' })),
    opened(),
  ],
  [
    'RI2',
    'a finding was judged anew since a run left it',
    () => run({}, 'done', reassessed({ severity: 'severe', answer: null }), '2026-06-30T09:00:00Z'),
    opened('severe'),
  ],
  [
    'RI2',
    'a carried effect was judged worse since the risk was accepted',
    () => reassessed(worse),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious, likelihood almost certain instead of nothing and it is described otherwise.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'no criteria rate the risk whose effect was judged anew',
    () => without(['rcr-1'], reassessed({ severity: 'severe' })),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious.',
      '2026-07-01',
      'Rate RSK-1 anew → edit currentOrganisation of rsk-1',
    ],
  ],
  [
    'RI2',
    'the assessment dropped the effect that the risk carries',
    () => reassessed(null),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: it is no longer named.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'an effect that came later was only written beside the others',
    () =>
      set(
        'rsk-1',
        { carriedEffects: ['1', '5'] },
        changed(
          'ia-1',
          {
            fields: {
              effects: [
                {
                  number: 1,
                  level: 'individuals',
                  polarity: 'harmful',
                  severity: 'serious',
                  effect: 'Late help',
                },
                { number: 5, level: 'groups', polarity: 'harmful', severity: 'severe', effect: 'Refused' },
              ],
            },
          },
          reassessed({}),
        ),
      ),
    [
      'RSK-1 was rated before IA-1 judged effect 5 anew: it was not named then.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'the day of assessment is that of the new version, which a day cannot tell apart',
    () =>
      changed(
        'rsk-1',
        { fields: { assessedOn: '2026-07-01' }, updatedAt: '2026-07-02T08:00:00Z' },
        reassessed(worse),
      ),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious, likelihood almost certain instead of nothing and it is described otherwise.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'the rating names a version that was never approved',
    () => set('rsk-1', { findingsUsed: ['IA-1 v9', 'IA-2 v2'] }, reassessed({ severity: 'severe' })),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'two risks carry what was judged anew',
    () => pair('rsk-1', {}, reassessed({ severity: 'severe' })),
    [
      '2 findings were judged anew since RSK-1 and RSK-1-B were rated, the first of them effect 1 of IA-1: severity severe instead of serious.',
      '2026-07-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI2',
    'the one risk that carries it was closed before',
    () =>
      changed(
        'rsk-1',
        {
          ...unapproved,
          state: 'closed',
          closedAt: '2026-05-01T09:00:00Z',
          updatedAt: '2026-08-01T09:00:00Z',
        },
        reassessed(worse),
      ),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious, likelihood almost certain instead of nothing and it is described otherwise.',
      '2026-07-01',
      'Open RSK-1 again → reopen rsk-1',
    ],
  ],
  [
    'RI2',
    'the one risk that carries it was closed before anybody had approved the assessment',
    closedEarly,
    [
      'RSK-1 was closed before anybody had approved IA-1, and nothing else carries findings of it.',
      '2026-06-10',
      'Open RSK-1 again → reopen rsk-1',
    ],
  ],
  [
    'RI2',
    'two closed ones carry what no open one does',
    () => pair('rsk-1', {}, closedEarly()),
    [
      'RSK-1 and RSK-1-B were closed before anybody had approved IA-1, and nothing else carries findings of it.',
      '2026-06-10',
      'Open RSK-1 again → reopen rsk-1',
    ],
  ],
  [
    'RI2',
    'the acceptance came before the second version, and the approval of that was given twice',
    () =>
      changed(
        'ia-1',
        {
          approvals: [
            act('approve'),
            act('approve', { version: 2, at: reassessedAt }),
            act('withdraw', { version: 2, at: '2026-08-01T09:00:00Z' }),
            act('approve', { version: 2, at: '2026-09-01T09:00:00Z' }),
          ],
        },
        reassessed({ severity: 'severe' }),
      ),
    [
      'RSK-1 was rated before IA-1 judged effect 1 anew: severity severe instead of serious.',
      '2026-09-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI5',
    'a carried effect was judged anew since, and the same levels were rated on it',
    () => set('rsk-1', { findingsUsed: ['IA-1 v2'] }, reassessed(worse)),
    [
      'RSK-1 was accepted without findings of IA-1 that were taken in, approved or judged anew since.',
      '2026-07-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'nobody had approved the assessment when it was accepted',
    () => changed('ia-1', early),
    [
      'RSK-1 was accepted without findings of IA-1 that were taken in, approved or judged anew since.',
      '2026-06-10',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI4',
    'nobody had approved the assessment when the plan was approved',
    () => changed('ia-1', early),
    [
      'TRT-1 was approved before findings of IA-1 were approved or judged anew.',
      '2026-06-10',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
  [
    'RI5',
    'it took in another effect since',
    () => inForceAs('rsk-1', { fields: { carriedEffects: ['1', '2'] } }),
    [
      'RSK-1 was accepted without findings of IA-1 that were taken in, approved or judged anew since.',
      '2026-03-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI5',
    'it took in findings of another assessment since, beside a second risk',
    () => pair('rsk-1', {}, inForceAs('rsk-1', {}, { links: { carries: [] } })),
    [
      'RSK-1 and RSK-1-B were accepted without findings of IA-1 that were taken in, approved or judged anew since.',
      '2026-03-01',
      'Decide on RSK-1 → approve rsk-1',
    ],
  ],
  [
    'RI4',
    'an effect that its risk carries was judged anew since the plan was approved',
    () => reassessed(worse),
    [
      'TRT-1 was approved before findings of IA-1 were approved or judged anew.',
      '2026-07-01',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
  [
    'RI4',
    'and the risk was changed before that as well: one step answers both, and one gap asks for it',
    () =>
      changed(
        'trt-1',
        { approvals: [act('approve', { basis: [{ record: 'rsk-1', digest: 'as-it-was' }] })] },
        reassessed(worse),
      ),
    [
      'TRT-1 was approved before findings of IA-1 were approved or judged anew.',
      '2026-03-01',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
  [
    'RI4',
    'so of two plans',
    () => pair('trt-1', {}, reassessed(worse)),
    [
      'TRT-1 and TRT-1-B were approved before findings of IA-1 were approved or judged anew.',
      '2026-07-01',
      'Approve TRT-1 anew → approve trt-1',
    ],
  ],
];
