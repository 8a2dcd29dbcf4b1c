/** Where the rules of release are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { set, swapped, twin } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, having, without } from '../world.ts';

const built = () => set('uc-1', { sourcing: 'in-house' });

export const releaseSettled: readonly Settled[] = [
  [
    'RE1',
    'a continuation is asked for ahead and was never passed',
    () =>
      changed(
        'gat-2',
        { state: 'asked', fields: { type: 'continuation-decision' } },
        having([twin('gat-1', 'gat-2')]),
      ),
    'holds',
    null,
  ],
  ['RE1', 'decided in the month of go-live', () => set('gat-1', { decidedOn: '2026-02' }), 'holds', null],
  [
    'RE3',
    'no version is live',
    () => without(['ver-1']),
    'not-applicable',
    'SYS-1 has no live version to look behind.',
  ],
  [
    'RE3',
    'a later verdict stands before an earlier one',
    () =>
      changed(
        'vfy-2',
        { fields: { verdict: 'not-passed', decidedOn: '2026-01-10' } },
        having([twin('vfy-1', 'vfy-2')]),
      ),
    'holds',
    null,
  ],
  [
    'RE3',
    'the version was changed after its verdict and changed back',
    () => changed('ver-1', { alike: ['digest-before'] }, swapped('vfy-1', 'ver-1')),
    'holds',
    null,
  ],
  [
    'RE3',
    'another verdict was given on the changed version',
    () => swapped('vfy-1', 'ver-1', having([twin('vfy-1', 'vfy-2')])),
    'holds',
    null,
  ],
  [
    'RE4',
    'no version is live',
    () => without(['ver-1']),
    'not-applicable',
    'SYS-1 has no live version to look behind.',
  ],
  [
    'RE4',
    'requirements name the version',
    () => changed('req-1', { links: { versions: ['ver-1'] } }),
    'holds',
    null,
  ],
  [
    'RE4',
    'what is built here has its design on record',
    () =>
      having(
        [twin('req-1', 'dsg-1')].map((item) => ({ ...item, kind: 'design-record' })),
        built(),
      ),
    'holds',
    null,
  ],
  ['RE2', 'no gate was passed', () => without(['gat-1']), 'not-applicable', 'No release gate was passed.'],
];
