/** Where the rules of ownership are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { bound, pair, people, set } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, duty, goodWorld, having, havingShared, without } from '../world.ts';

export const ownershipSettled: readonly Settled[] = [
  [
    'OW1',
    'a second assignment without an end goes on',
    () =>
      changed('rol-1-b', { fields: { validTo: null } }, pair('rol-1', { fields: { validTo: '2026-12-31' } })),
    'holds',
    null,
  ],
  [
    'OW1',
    'of two terms the last to end counts',
    () =>
      changed(
        'rol-1-b',
        { fields: { validTo: '2027-Q1' } },
        pair('rol-1', { fields: { validTo: '2026-12-31' } }),
      ),
    'holds',
    '2027-Q1',
  ],
  [
    'OW2',
    'the deputy leaves and another is named with the role',
    () => set('rol-1', { deputy: 'cid' }, people('ben', { leftOn: '2026-12-31' })),
    'holds',
    null,
  ],
  [
    'OW2',
    'both deputies leave',
    () =>
      set(
        'rol-1',
        { deputy: 'cid' },
        people('cid', { leftOn: '2027-01-31' }, people('ben', { leftOn: '2026-12-31' })),
      ),
    'holds',
    '2027-01-31',
  ],
  [
    'OW3',
    'nothing on the system needs a duty',
    () => changed('sys-1', { links: { usesDataset: [] } }, without(['uc-1', 'dat-1', 'sup-1', 'rsp-1'])),
    'not-applicable',
    'SYS-1 has no data, use or supplier on record that needs a holder of a duty.',
  ],
  [
    'OW3',
    'a perception that nobody oversees asks for no overseer',
    () => set('uc-1', { autonomy: 'perception' }, without(['rol-3'])),
    'holds',
    null,
  ],
  [
    'OW3',
    'a duty with two holders lasts as long as the longer term',
    () =>
      changed(
        'rol-2-b',
        { fields: { validTo: '2027-03-31' } },
        pair('rol-2', { fields: { validTo: '2026-12-31' } }),
      ),
    'holds',
    '2027-03-31',
  ],
  [
    'OW3',
    'the whole organisation’s steward serves the system',
    () =>
      havingShared(
        [
          record('role-assignment', 'rol-9', {
            state: 'accepted',
            fields: { role: 'data-steward', person: 'cid', acceptedOn: '2026-01-10', validTo: '2027' },
          }),
        ],
        without(['rol-2']),
      ),
    'holds',
    '2027',
  ],
  [
    'OW4',
    'nobody holds a role',
    () => without(['rol-1', 'rol-2', 'rol-3', 'rol-4', 'rol-5']),
    'not-applicable',
    'No role on SYS-1 has a holder yet.',
  ],
  [
    'OW4',
    'a dated action on the gap runs',
    () => set('cmp-1', { levelShown: null, validUntil: null, gapAction: 'A course', gapDue: '2026-11-21' }),
    'holds',
    '2026-11-21',
  ],
  [
    'OW5',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'OW5',
    'the duty applies from next month',
    () => having([duty('OB-26-2', '2026-12-02')]),
    'not-applicable',
    'OBL-OB-26-2 applies from 2026-12-02.',
  ],
  [
    'OW5',
    'the overseer’s term ends',
    () => bound('OB-26-2', set('rol-3', { validTo: '2027-01-31' })),
    'holds',
    '2027-01-31',
  ],
];
