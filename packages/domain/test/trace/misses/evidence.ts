/** Each way in which a rule of this station is missed: its sentence, since when, and what to do or what it falls with. */
import { home, set, twoControls } from '../breaks.ts';
import type { Miss } from '../outcome.ts';
import { changed, having, without } from '../world.ts';

export const evidenceMisses: readonly Miss[] = [
  [
    'EV1',
    'no control is in place',
    () => without(['imp-1']),
    ['No control is in place on SYS-1, so there is nothing to prove.', '2026-02-01', 'falls with controls'],
  ],
  [
    'EV1',
    'no evidence',
    () => without(['evd-2026-09', 'evd-2026-10', 'evd-2026-11']),
    [
      'IMP-1 has no evidence for any period.',
      '2026-08-01',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV1',
    'evidence ran out',
    () => without(['evd-2026-10', 'evd-2026-11']),
    [
      'The evidence for IMP-1 has run out.',
      '2026-10-15',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV1',
    'two have no evidence',
    () => twoControls(),
    [
      'IMP-1-B has no evidence for any period.',
      '2026-08-01',
      'Add evidence for IMP-1-B → new evidence with system sys-1, implementation imp-1-b, controls ctl-1-b',
    ],
  ],
  [
    'EV1',
    'statements and files that differ prove nothing',
    () =>
      set(
        'evd-2026-11',
        { integrity: 'differs' },
        set('evd-2026-10', { integrity: 'missing' }, set('evd-2026-09', { type: 'owner-statement' })),
      ),
    [
      'IMP-1 has no evidence for any period.',
      '2026-08-01',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV1',
    'a quarter of proof has run out',
    () =>
      set('evd-2026-09', { periodFrom: '2026-Q3', periodTo: null }, without(['evd-2026-10', 'evd-2026-11'])),
    [
      'The evidence for IMP-1 has run out.',
      '2026-10-31',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV1',
    'the evidence of two has run out',
    () => {
      const world = twoControls();
      const old = world.own.find((item) => item.id === 'evd-2026-09');
      return having(
        old ? [{ ...old, id: 'evd-b', ref: 'EVD-B', links: { ...home, implementation: ['imp-1-b'] } }] : [],
        without(['evd-2026-10', 'evd-2026-11'], world),
      );
    },
    [
      'The evidence for IMP-1 and IMP-1-B has run out.',
      '2026-10-15',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV2',
    'a month is missing',
    () => without(['evd-2026-10']),
    [
      'IMP-1 has no evidence from 2026-09-16 to 2026-10-31.',
      '2026-09-16',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV2',
    'a first piece is missing of two',
    () => {
      const world = without(['evd-2026-10'], twoControls());
      const own = world.own.map((item) =>
        item.kind === 'evidence'
          ? { ...item, links: { ...home, implementation: ['imp-1', 'imp-1-b'] } }
          : item,
      );
      return { ...world, own };
    },
    [
      'IMP-1 and IMP-1-B have occurrences without evidence.',
      '2026-09-16',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1, controls ctl-1',
    ],
  ],
  [
    'EV6',
    'a digest differs',
    () => set('evd-2026-10', { integrity: 'differs' }),
    [
      'EVD-2026-10 does not match the digest, or the file is missing.',
      null,
      'Look at EVD-2026-10 → open evd-2026-10',
    ],
  ],
  [
    'EV6',
    'no origin',
    () => set('evd-2026-10', { origin: null }),
    [
      'EVD-2026-10 has no origin or no digest.',
      '2026-03-01',
      'Complete EVD-2026-10 → edit origin of evd-2026-10',
    ],
  ],
  [
    'EV6',
    'no end of keeping',
    () => set('evd-2026-10', { keepUntil: null }),
    [
      'EVD-2026-10 has no day until which the evidence is kept.',
      '2026-03-01',
      'Set how long EVD-2026-10 is kept → edit keepUntil of evd-2026-10',
    ],
  ],
  [
    'EV6',
    'two files are missing',
    () =>
      set(
        'evd-2026-09',
        { integrity: 'missing', checkedAt: '2026-11-19T23:30:00Z' },
        set('evd-2026-10', { integrity: 'missing' }),
      ),
    [
      'EVD-2026-09 and EVD-2026-10 do not match the digest, or the file is missing.',
      '2026-11-20',
      'Look at EVD-2026-09 → open evd-2026-09',
    ],
  ],
  [
    'EV6',
    'the digest is missing',
    () => set('evd-2026-10', { digest: null }),
    [
      'EVD-2026-10 has no origin or no digest.',
      '2026-03-01',
      'Complete EVD-2026-10 → edit digest of evd-2026-10',
    ],
  ],
  [
    'EV6',
    'two have no origin',
    () => set('evd-2026-09', { origin: null }, set('evd-2026-10', { origin: null })),
    [
      'EVD-2026-09 and EVD-2026-10 have no origin or no digest.',
      '2026-03-01',
      'Complete EVD-2026-09 → edit origin of evd-2026-09',
    ],
  ],
  [
    'EV6',
    'two are kept for no set time',
    () => set('evd-2026-09', { keepUntil: null }, set('evd-2026-10', { keepUntil: null })),
    [
      'EVD-2026-09 and EVD-2026-10 have no day until which the evidence is kept.',
      '2026-03-01',
      'Set how long EVD-2026-09 is kept → edit keepUntil of evd-2026-09',
    ],
  ],
  [
    'EV7',
    'statements of the owner alone',
    () =>
      changed(
        'evd-2026-11',
        { fields: { type: 'owner-statement' } },
        without(['evd-2026-09', 'evd-2026-10']),
      ),
    [
      'IMP-1 has nothing but statements of the owner.',
      '2026-08-01',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1',
    ],
  ],
  [
    'EV7',
    'two have nothing but statements',
    () => {
      const world = twoControls({ fields: { inPlaceSince: '2026-07-01' } });
      const own = world.own.map((item) =>
        item.kind === 'evidence'
          ? {
              ...item,
              fields: { ...item.fields, type: 'owner-statement' },
              links: { ...home, implementation: ['imp-1', 'imp-1-b'] },
            }
          : item,
      );
      return { ...world, own };
    },
    [
      'IMP-1 and IMP-1-B have nothing but statements of the owner.',
      '2026-07-01',
      'Add evidence for IMP-1 → new evidence with system sys-1, implementation imp-1',
    ],
  ],
];
