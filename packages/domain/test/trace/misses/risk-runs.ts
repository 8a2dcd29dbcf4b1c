/** Each way in which the rules of runs and of criteria are missed: its sentence, since when, and what to do. */
import { gone, pair, reclassified, retiered, set, state, systemChanged } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, unapproved, without } from '../world.ts';

/** One point more, whose steps were read from other criteria than those that the risk names. */
const olderPoint = (point: string) => ({
  rated: [{ point, bearer: 'society', likelihood: 'Often', consequence: 'Hard', criteria: 'RCR-0 v4' }],
});

export const riskRunMisses: readonly Miss[] = [
  [
    'RI1',
    'no run',
    () => without(['rra-1']),
    [
      'No dated run of the risk assessment is on record for SYS-1.',
      '2026-02-01',
      'Plan a run → new risk-assessment with system sys-1',
    ],
  ],
  [
    'RI1',
    'the run is planned and was not held',
    () => state('rra-1', 'planned'),
    [
      'No dated run of the risk assessment is on record for SYS-1.',
      '2026-02-01',
      'Plan a run → new risk-assessment with system sys-1',
    ],
  ],
  [
    'RI1',
    'the system changed after the run',
    () => systemChanged('2026-06-05T08:00:00Z'),
    [
      'SYS-1 changed on 2026-06-05, after RRA-1.',
      '2026-06-05',
      'Plan a run → new risk-assessment with system sys-1, trigger significant-system-change',
    ],
  ],
  [
    'RI1',
    'a use changed after the run, and after the system did',
    () => changed('uc-1', { materialAt: '2026-07-05T08:00:00Z' }, systemChanged('2026-06-05T08:00:00Z')),
    [
      'UC-1 changed on 2026-07-05, after RRA-1.',
      '2026-07-05',
      'Plan a run → new risk-assessment with system sys-1, trigger significant-system-change',
    ],
  ],
  [
    'RI1',
    'a use was classified otherwise after the run',
    () => reclassified(['minimal'], ['high-risk-annex-iii'], '2026-06-05T08:00:00Z'),
    [
      'CLA-1 was signed off on 2026-06-05 with another class than RRA-1 could look at.',
      '2026-06-05',
      'Plan a run → new risk-assessment with system sys-1, trigger system-reclassified',
    ],
  ],
  [
    'RI1',
    'another tier was signed off in place of one that was withdrawn',
    () => retiered('high'),
    [
      'CLA-2-B was signed off on 2026-06-05 with another class than RRA-1 could look at.',
      '2026-06-05',
      'Plan a run → new risk-assessment with system sys-1, trigger system-reclassified',
    ],
  ],
  [
    'RI1',
    'a risk that the run names was archived or erased',
    () => ({ ...without(['rsk-1']), gone: [gone('rsk-1')] }),
    [
      'RRA-1 is done and names RSK-1, which was archived or erased since. Bring back what still counts, or open the run again.',
      '2026-06-05',
      'Open RRA-1 again → reopen rra-1',
    ],
  ],
  [
    'RI1',
    'risks that the run names were archived or erased',
    () => ({
      ...changed('rra-1', { links: { risks: ['rsk-1', 'rsk-2'] } }, without(['rsk-1'])),
      gone: [gone('rsk-2'), gone('rsk-1')],
    }),
    [
      'RRA-1 is done and names RSK-1 and RSK-2, which were archived or erased since. Bring back what still counts, or open the run again.',
      '2026-06-05',
      'Open RRA-1 again → reopen rra-1',
    ],
  ],
  [
    'RI1',
    'the method was never approved',
    () => changed('doc-plan', unapproved),
    ['RRA-1 names no method in force.', '2026-03-12', 'Plan a run → new risk-assessment with system sys-1'],
  ],
  [
    'RI1',
    'the run is older than the interval',
    () => set('rra-1', { heldOn: '2025-10-01' }),
    [
      'RRA-1 is older than the interval allows.',
      '2026-10-01',
      'Plan a run → new risk-assessment with system sys-1',
    ],
  ],
  [
    'RI6',
    'the criteria lost their approval, and no others are in force',
    () => changed('rcr-1', unapproved),
    ['RSK-1 was rated by criteria that are no longer in force, and no others are.', null, 'falls with 6.1.2'],
  ],
  [
    'RI6',
    'one point was read from older criteria, and another one from those in force',
    () => set('rsk-1', olderPoint('inherent')),
    [
      'RSK-1 is rated by RCR-1 in part alone: inherent by older criteria.',
      '2026-04-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'so were points of two risks, and the transition is over',
    () => pair('rsk-1', { fields: olderPoint('target') }, set('rcr-1', { transitionUntil: '2026-11-20' })),
    [
      'RSK-1 and RSK-1-B are rated by RCR-1 in part alone: target by older criteria.',
      '2026-11-20',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'the criteria name no transition',
    () => set('rsk-1', { criteriaVersion: 'RCR-0 v4' }),
    [
      'RSK-1 is not rated by RCR-1, which names no day until which older ratings count.',
      '2026-04-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'the transition is over',
    () => set('rsk-1', { criteriaVersion: null }, set('rcr-1', { transitionUntil: '2026-11-20' })),
    [
      'RSK-1 is not rated by RCR-1, and the transition is over.',
      '2026-11-20',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'two risks are rated by none',
    () => pair('rsk-1', { fields: { criteriaVersion: null } }),
    [
      'RSK-1 and RSK-1-B are not rated by RCR-1, which names no day until which older ratings count.',
      '2026-04-01',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'two were rated before a transition that is over',
    () =>
      pair('rsk-1', { fields: { criteriaVersion: null } }, set('rcr-1', { transitionUntil: '2026-11-20' })),
    [
      'RSK-1 and RSK-1-B are not rated by RCR-1, and the transition is over.',
      '2026-11-20',
      'Rate RSK-1 anew → edit rated of rsk-1',
    ],
  ],
  [
    'RI6',
    'a level was set by hand beside the steps',
    () => set('rsk-1', { currentIndividuals: 'low', currentLevel: 'moderate' }),
    ['RSK-1 has another level than RCR-1 gives.', '2026-03-12', 'Rate RSK-1 anew → edit rated of rsk-1'],
  ],
];
