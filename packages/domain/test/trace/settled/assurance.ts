/** Where the rules of assurance are no gap: until when they hold, or why they cannot be judged or do not apply. */
import { concern, finding, incident, noIntervals, pair, set } from '../breaks.ts';
import { record } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { duty, goodWorld, having, without } from '../world.ts';

export const assuranceSettled: readonly Settled[] = [
  ['AS2', 'the system is not high-risk', goodWorld, 'not-applicable', 'SYS-1 is not high-risk.'],
  [
    'AS2',
    'nothing is classified',
    () => without(['cla-1', 'cla-2']),
    'unverifiable',
    'No use of SYS-1 is classified, so its interval is not known.',
  ],
  [
    'AS2',
    'no interval is adopted',
    () => noIntervals(set('cla-2', { tier: 'severe' })),
    'unverifiable',
    'No interval is adopted for: Walk or audit of each high-risk system.',
  ],
  [
    'AS2',
    'an audit of the system counts',
    () =>
      having(
        [
          record('audit', 'aud-1', {
            state: 'reported',
            fields: { reportIssuedOn: '2026-10-01' },
            links: { systems: ['sys-1'] },
          }),
        ],
        set('cla-2', { tier: 'high' }),
      ),
    'holds',
    '2027-10-01',
  ],
  ['AS3', 'no walk was concluded', () => without(['wlk-1']), 'not-applicable', 'No walk was concluded.'],
  ['AS4', 'nothing happened', goodWorld, 'not-applicable', 'SYS-1 has no incident on record.'],
  [
    'AS4',
    'an incident has no limit',
    () => incident({}),
    'unverifiable',
    'INC-1 is not triaged, and no limit for it is on record.',
  ],
  [
    'AS4',
    'two incidents have no limit',
    () => pair('inc-1', {}, incident({})),
    'unverifiable',
    'INC-1 and INC-1-B are not triaged, and no limit for it is on record.',
  ],
  [
    'AS4',
    'a drill is no incident to triage',
    () => incident({ drill: 'yes', triageBy: '2026-01-01T00:00:00Z' }),
    'holds',
    null,
  ],
  [
    'AS4',
    'a concern has no limit',
    () => concern({}, 'received'),
    'unverifiable',
    'CON-1 is not triaged, and no limit for it is on record.',
  ],
  ['AS4', 'a concern was looked at', () => concern({}), 'holds', null],
  ['AS4', 'a closed concern waits for nothing', () => concern({}, 'closed'), 'holds', null],
  [
    'AS4',
    'everything is triaged',
    () => incident({ triagedAt: '2026-11-02T00:00:00Z', triageBy: '2026-11-01T00:00:00Z' }),
    'holds',
    null,
  ],
  [
    'AS4',
    'a closed incident waits for nothing',
    () => incident({ triageBy: '2026-11-01T00:00:00Z' }, 'closed'),
    'holds',
    null,
  ],
  [
    'AS5',
    'nothing serious happened',
    () => having([duty('OB-73')]),
    'not-applicable',
    'SYS-1 has no serious incident on record.',
  ],
  [
    'AS5',
    'no duty of law is recorded',
    () => incident({ serious: 'yes' }),
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'AS5',
    'the next report has time',
    () =>
      having(
        [duty('OB-73')],
        incident({
          serious: 'yes',
          reports: [
            { to: 'Authority', due: '2026-11-15', sent: '2026-11' },
            { to: 'Authority', due: '2026-12-01' },
          ],
        }),
      ),
    'holds',
    '2026-12-01',
  ],
  ['AS6', 'there is no finding', goodWorld, 'not-applicable', 'SYS-1 has no finding on record.'],
  [
    'AS6',
    'an opportunity needs no nonconformity',
    () => finding({ grade: 'opportunity' }, 'answered'),
    'holds',
    null,
  ],
  [
    'AS6',
    'a nonconformity follows',
    () =>
      having(
        [record('nonconformity', 'ncr-2', { state: 'open', links: { finding: ['fin-1'] } })],
        finding({ grade: 'major' }, 'accepted'),
      ),
    'holds',
    null,
  ],
  [
    'AS7',
    'the system is high-risk',
    () => set('cla-2', { tier: 'high' }),
    'not-applicable',
    'SYS-1 is high-risk and has the shorter interval.',
  ],
  [
    'AS7',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Walk or audit of any other system.',
  ],
  ['AS7', 'unclassified counts as any other', () => without(['cla-1', 'cla-2']), 'holds', '2027-08-01'],
];
