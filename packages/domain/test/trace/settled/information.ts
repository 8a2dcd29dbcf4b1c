/** Where the rules of information are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { bound, concern, pair, set } from '../breaks.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, without } from '../world.ts';

export const informationSettled: readonly Settled[] = [
  ['IN1', 'there is no notice, and the card names the version', () => without(['not-1']), 'holds', null],
  [
    'IN1',
    'no version is live',
    () => without(['ver-1']),
    'not-applicable',
    'SYS-1 has no live version that a card or notice could name.',
  ],
  [
    'IN2',
    'a notice that ends holds until then',
    () => set('not-1', { givenUntil: '2026-12' }),
    'holds',
    '2026-12-31',
  ],
  [
    'IN2',
    'a record of proof stands for words about delivery',
    () => changed('not-1', { fields: { delivery: null }, links: { proof: ['evd-2026-09'] } }),
    'holds',
    null,
  ],
  [
    'IN3',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'IN4',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'IN4',
    'told in the month of go-live',
    () => bound('OB-26-7', set('not-1', { givenSince: '2026-02' })),
    'holds',
    null,
  ],
  ['IN8', 'there is no notice', () => without(['not-1']), 'not-applicable', 'SYS-1 has no notice in force.'],
  [
    'IN5',
    'a concern has no day for its answer',
    () => concern({}),
    'unverifiable',
    'CON-1 is not answered, and no day for it is on record.',
  ],
  [
    'IN5',
    'two concerns have no day for their answer',
    () => pair('con-1', {}, concern({})),
    'unverifiable',
    'CON-1 and CON-1-B are not answered, and no day for it is on record.',
  ],
  ['IN5', 'a concern has its day ahead', () => concern({ answerBy: '2026-12-10' }), 'holds', '2026-12-10'],
  [
    'IN5',
    'a concern was answered late',
    () => concern({ answerBy: '2026-11-01', answeredOn: '2026-11-05' }),
    'holds',
    null,
  ],
];
