/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { bound, pair, people, set, state } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, without } from '../world.ts';

export const ownershipMisses: readonly Miss[] = [
  [
    'OW1',
    'nobody is named',
    () => changed('sys-1', { fields: { owner: null }, owner: null }),
    ['No accountable owner is named for SYS-1.', '2026-02-01', 'Name an owner → edit owner of sys-1'],
  ],
  [
    'OW1',
    'the owner left',
    () => set('sys-1', { owner: 'gone' }),
    [
      'The accountable owner, gone, left on 2026-10-30.',
      '2026-10-30',
      'Name a new owner → edit owner of sys-1',
    ],
  ],
  [
    'OW1',
    'the owner is unknown here',
    () => set('sys-1', { owner: 'nobody' }),
    ['No accountable owner is named for SYS-1.', '2026-02-01', 'Name an owner → edit owner of sys-1'],
  ],
  [
    'OW1',
    'the role was not accepted',
    () => set('rol-1', { acceptedOn: null }),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-03-01',
      'Record the acceptance → edit acceptedOn of rol-1',
    ],
  ],
  [
    'OW1',
    'the term ended',
    () => set('rol-1', { validTo: '2026-11-20' }),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-02-01',
      'Assign the role → new role-assignment with system sys-1, role system-owner, person ann',
    ],
  ],
  [
    'OW1',
    'the owner has no access any more',
    () => people('ann', { active: false }),
    ['The accountable owner, ann, is no longer active.', null, 'Name a new owner → edit owner of sys-1'],
  ],
  [
    'OW1',
    'yesterday was the owner’s last day',
    () => people('ann', { leftOn: '2026-11-20' }),
    [
      'The accountable owner, ann, left on 2026-11-20.',
      '2026-11-20',
      'Name a new owner → edit owner of sys-1',
    ],
  ],
  [
    'OW1',
    'the role was never assigned',
    () => without(['rol-1']),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-02-01',
      'Assign the role → new role-assignment with system sys-1, role system-owner, person ann',
    ],
  ],
  [
    'OW1',
    'the role waits to be accepted',
    () => changed('rol-1', { state: 'assigned', fields: { acceptedOn: null } }),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-03-01',
      'Accept the role → accept rol-1',
    ],
  ],
  [
    'OW1',
    'the term begins tomorrow',
    () => set('rol-1', { validFrom: '2026-11-22' }),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-02-01',
      'Assign the role → new role-assignment with system sys-1, role system-owner, person ann',
    ],
  ],
  [
    'OW1',
    'the assignment has ended',
    () => state('rol-1', 'ended'),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-02-01',
      'Assign the role → new role-assignment with system sys-1, role system-owner, person ann',
    ],
  ],
  [
    'OW1',
    'somebody else holds the role',
    () => set('rol-1', { person: 'ben' }),
    [
      'ann is named as owner of SYS-1 and has not accepted the role.',
      '2026-02-01',
      'Assign the role → new role-assignment with system sys-1, role system-owner, person ann',
    ],
  ],
  [
    'OW2',
    'no deputy',
    () => set('sys-1', { deputy: null }),
    ['No deputy is named for SYS-1.', '2026-02-01', 'Name a deputy → edit deputy of sys-1'],
  ],
  [
    'OW2',
    'the deputy left',
    () => set('sys-1', { deputy: 'gone' }),
    ['The deputy, gone, is no longer active.', '2026-10-30', 'Name a deputy → edit deputy of sys-1'],
  ],
  [
    'OW2',
    'the deputy has no access any more',
    () => people('ben', { active: false }),
    ['The deputy, ben, is no longer active.', null, 'Name a deputy → edit deputy of sys-1'],
  ],
  [
    'OW3',
    'nobody holds the duty for suppliers',
    () => without(['rol-5']),
    [
      'Nobody who accepted it holds the duty for suppliers of SYS-1.',
      '2026-02-01',
      'Assign suppliers → new role-assignment with system sys-1, role procurement-lead',
    ],
  ],
  [
    'OW3',
    'nobody oversees a recommendation',
    () => without(['rol-3']),
    [
      'Nobody who accepted it holds the duty for human oversight of SYS-1.',
      '2026-02-01',
      'Assign human oversight → new role-assignment with system sys-1, role human-overseer',
    ],
  ],
  [
    'OW3',
    'nobody holds any duty',
    () => without(['rol-2', 'rol-3', 'rol-4', 'rol-5']),
    [
      'Nobody who accepted it holds the duty for data, human oversight, impact assessment and suppliers of SYS-1.',
      '2026-02-01',
      'Assign data → new role-assignment with system sys-1, role data-steward',
    ],
  ],
  [
    'OW3',
    'the holder for data has left',
    () => set('rol-2', { person: 'gone' }),
    [
      'Nobody who accepted it holds the duty for data of SYS-1.',
      '2026-02-01',
      'Assign data → new role-assignment with system sys-1, role data-steward',
    ],
  ],
  [
    'OW4',
    'no need is stated',
    () => without(['cmp-1']),
    [
      'No competence is stated for the role in ROL-1.',
      '2026-01-10',
      'State the need → new competence with role system-owner',
    ],
  ],
  [
    'OW4',
    'proof ran out',
    () => set('cmp-1', { validUntil: '2026-11-20' }),
    [
      'Not shown by the holder in ROL-1: AI basics.',
      '2026-11-20',
      'Record the competence → new competence with name AI basics, role system-owner, person ann',
    ],
  ],
  [
    'OW4',
    'the level is too low',
    () => set('cmp-1', { levelShown: 'aware' }),
    [
      'Not shown by the holder in ROL-1: AI basics.',
      '2026-01-10',
      'Record the competence → new competence with name AI basics, role system-owner, person ann',
    ],
  ],
  [
    'OW4',
    'no need is stated for two roles',
    () => without(['cmp-1', 'cmp-2']),
    [
      'No competence is stated for the role in ROL-1 and ROL-2.',
      '2026-01-10',
      'State the need → new competence with role system-owner',
    ],
  ],
  [
    'OW4',
    'two holders lack the level',
    () => set('cmp-2', { levelShown: 'aware' }, set('cmp-1', { levelShown: 'aware' })),
    [
      'Not shown by the holder in ROL-1 and ROL-2: AI basics.',
      '2026-01-10',
      'Record the competence → new competence with name AI basics, role system-owner, person ann',
    ],
  ],
  [
    'OW4',
    'the action on the gap is over',
    () => set('cmp-1', { levelShown: null, gapAction: 'A course', gapDue: '2026-11-20', validUntil: null }),
    [
      'Not shown by the holder in ROL-1: AI basics.',
      '2026-01-10',
      'Record the competence → new competence with name AI basics, role system-owner, person ann',
    ],
  ],
  [
    'OW5',
    'nobody oversees where law asks for it',
    () => bound('OB-26-2', without(['rol-3'])),
    [
      'Nobody who accepted it holds human oversight of SYS-1.',
      '2026-02-01',
      'Assign oversight → new role-assignment with system sys-1, role human-overseer',
    ],
  ],
  [
    'OW5',
    'the overseer has no training',
    () => bound('OB-26-2', set('rol-3', { trainedOn: null })),
    ['ROL-3 has no record of training.', '2026-01-10', 'Complete ROL-3 → edit trainedOn of rol-3'],
  ],
  [
    'OW5',
    'two overseers lack training and support',
    () => bound('OB-26-2', pair('rol-3', { fields: { trainedOn: null, support: null } })),
    [
      'ROL-3 and ROL-3-B have no record of training and support.',
      '2026-01-10',
      'Complete ROL-3 → edit trainedOn of rol-3',
    ],
  ],
  [
    'OW5',
    'the overseer has no authority',
    () => bound('OB-26-2', set('rol-3', { authority: null })),
    ['ROL-3 has no record of authority.', '2026-01-10', 'Complete ROL-3 → edit authority of rol-3'],
  ],
];
