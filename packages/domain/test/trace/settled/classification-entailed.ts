/** Where the register holds what a signed-off class leads to, or nothing signed off leads to it. */
import { all, kept, leading } from '../entailing.ts';
import type { Settled } from '../outcome.ts';
import { changed, havingShared, unapproved } from '../world.ts';

export const classificationEntailedSettled: readonly Settled[] = [
  ['CL8', 'the register holds every duty that the class leads to', () => leading(all()), 'holds', null],
  [
    'CL8',
    'a duty is kept once for all systems',
    () =>
      havingShared([{ ...kept('OB-4', { links: { system: [] } }), system: null }], leading(all().slice(1))),
    'holds',
    null,
  ],
  [
    'CL8',
    'a duty binds earlier than the class says',
    () => leading(all([kept('OB-50-1', { fields: { appliesFrom: '2026-01-01' } })])),
    'holds',
    null,
  ],
  [
    'IN3',
    'the duty was ended, and no class that is signed off leads to it',
    () =>
      changed(
        'cla-1',
        unapproved,
        leading(all([kept('OB-50-1', { state: 'ended', fields: { appliesTo: '2026-11-01' } })])),
      ),
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
];
