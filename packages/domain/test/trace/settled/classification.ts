/** Where the rules of classification are no gap: until when they hold, or why they cannot be judged or do not apply. */
import {
  before,
  bound,
  graded,
  noIntervals,
  noUse,
  pair,
  set,
  systemChanged,
  systemChangedBack,
} from '../breaks.ts';
import { act, approved, record } from '../kit.ts';
import type { Settled } from '../outcome.ts';
import { changed, goodWorld, unapproved, without } from '../world.ts';

/** The good world with a scheme of somebody else that no use was classed by. */
function withScheme(fields: Record<string, string | string[]>, state = 'kept-up') {
  const world = goodWorld();
  const scheme = record('classification-scheme', 'sch-1', { ...approved, state, system: null, fields });
  return { ...world, records: [...world.records, scheme] };
}

export const classificationSettled: readonly Settled[] = [
  [
    'CL2',
    'a table is in force that is asked under another law alone',
    () => withScheme({ method: 'table', askedWhere: ['other-law'] }),
    'holds',
    null,
  ],
  [
    'CL1',
    'no law is named',
    () => set('sys-1', { legalOverlay: null }),
    'unverifiable',
    'The laws that apply to SYS-1 are not named, so this cannot be judged.',
  ],
  [
    'CL1',
    'no law with classes is named',
    () => set('sys-1', { legalOverlay: ['gdpr'] }),
    'not-applicable',
    'No law with classes is named for SYS-1.',
  ],
  [
    'CL1',
    'a scheme of others is asked under another law alone',
    () => withScheme({ method: 'given', askedWhere: ['medical-devices'] }),
    'holds',
    null,
  ],
  [
    'CL1',
    'a scheme of others was withdrawn',
    () => withScheme({ method: 'given' }, 'withdrawn'),
    'holds',
    null,
  ],
  ['CL1', 'there is no use', noUse, 'not-applicable', 'No use case that goes on is on record.'],
  [
    'CL3',
    'nothing is classified',
    () => without(['cla-1', 'cla-2']),
    'not-applicable',
    'No use case is classified yet.',
  ],
  ['CL3', 'two signed-off classes of one use say the same', () => pair('cla-1'), 'holds', null],
  [
    'CL3',
    'a class by another scheme says otherwise',
    () =>
      changed(
        'cla-1-b',
        { fields: { scheme: 'other', outcomes: [], otherOutcome: 'Class IIa' } },
        pair('cla-1'),
      ),
    'holds',
    null,
  ],
  [
    'CL3',
    'a class that says otherwise was withdrawn',
    () =>
      changed(
        'cla-1-b',
        { state: 'withdrawn', fields: { outcomes: ['high-risk-annex-iii'] } },
        pair('cla-1'),
      ),
    'holds',
    null,
  ],
  ['CL4', 'the system is not live', () => before('deployment'), 'not-applicable', 'SYS-1 is not live yet.'],
  [
    'CL4',
    'no law is named',
    () => set('sys-1', { legalOverlay: null }),
    'unverifiable',
    'The laws that apply to SYS-1 are not named, so this cannot be judged.',
  ],
  [
    'CL4',
    'no law with classes is named',
    () => set('sys-1', { legalOverlay: ['gdpr'] }),
    'not-applicable',
    'No law with classes is named for SYS-1.',
  ],
  [
    'CL4',
    'no use is classified in law',
    () => without(['cla-1']),
    'unverifiable',
    'No use of SYS-1 is classified, so nobody can say that none is prohibited.',
  ],
  [
    'CL4',
    'it becomes prohibited later',
    () => set('cla-1', { outcomes: ['prohibited-soon'], prohibitedFrom: '2027-02' }),
    'holds',
    '2027-01-31',
  ],
  [
    'CL5',
    'nothing is classified',
    () => without(['cla-1', 'cla-2']),
    'not-applicable',
    'No use case is classified yet.',
  ],
  [
    'CL5',
    'the rules have moved on',
    () => set('cla-1', { ruleVersion: 'an older one' }),
    'unverifiable',
    'CLA-1 does not rest on rule set 2026-11-21.2, and has no answers to hold against it.',
  ],
  [
    'CL5',
    'the rules of two have moved on',
    () => pair('cla-1', { fields: { ruleVersion: null } }),
    'unverifiable',
    'CLA-1 and CLA-1-B do not rest on rule set 2026-11-21.2, and have no answers to hold against it.',
  ],
  [
    'CL6',
    'nothing is signed off',
    () => changed('cla-2', unapproved, changed('cla-1', unapproved)),
    'not-applicable',
    'No class is signed off yet.',
  ],
  [
    'CL6',
    'no interval is adopted',
    () => noIntervals(),
    'unverifiable',
    'No interval is adopted for: Risk classification validation.',
  ],
  [
    'CL6',
    'never validated counts from the day of the class',
    () => set('cla-1', { validatedOn: null, classifiedOn: '2026-01-31' }),
    'holds',
    '2027-01-31',
  ],
  ['CL5', 'the scheme in force has the level of a class from outside', () => graded('S1'), 'holds', null],
  [
    'CL6',
    'looked at since the sign-off, which set the next day',
    () =>
      changed('cla-1', {
        version: 2,
        fields: { validatedUntil: '2027-03-01', nextValidation: '2027-03-01' },
        inForce: {
          version: 1,
          fields: { scheme: 'eu-ai-act', outcomes: ['minimal'], nextValidation: '2026-08-31' },
          links: { useCase: ['uc-1'] },
        },
      }),
    'holds',
    '2027-03-01',
  ],
  [
    'CL6',
    'looked at on a later day than the system changed',
    () => systemChanged('2026-08-31T09:00:00Z'),
    'holds',
    '2027-09-01',
  ],
  [
    'CL6',
    'looked at later on the day on which the system changed',
    () =>
      changed(
        'cla-2',
        { fields: { validatedAt: '2026-09-01T12:00:00Z' } },
        changed(
          'cla-1',
          { fields: { validatedAt: '2026-09-01T12:00:00Z' } },
          systemChanged('2026-09-01T09:00:00Z'),
        ),
      ),
    'holds',
    '2027-09-01',
  ],
  [
    'CL6',
    'the system changed since, and was changed back',
    () => systemChangedBack('2026-10-05T15:00:00Z', '2026-01-01T09:00:00Z', '2026-10-05T09:00:00Z'),
    'holds',
    '2027-09-01',
  ],
  [
    'CL6',
    'signed off anew since it changed',
    () => {
      const anew = { approvals: [act('approve', { at: '2026-10-05T10:00:00Z' })] };
      return changed('cla-2', anew, changed('cla-1', anew, systemChanged('2026-10-05T09:00:00Z')));
    },
    'holds',
    '2027-09-01',
  ],
  [
    'CL7',
    'no duty of law is recorded',
    goodWorld,
    'not-applicable',
    'No duty of law that this rule asks about is recorded for SYS-1.',
  ],
  [
    'CL7',
    'nothing relies on a derogation',
    () => bound('OB-49-2'),
    'not-applicable',
    'No use of SYS-1 relies on a derogation.',
  ],
  [
    'CL8',
    'nothing is classified',
    () => without(['cla-1', 'cla-2']),
    'not-applicable',
    'No use case is classified yet.',
  ],
  [
    'CL8',
    'nothing follows',
    goodWorld,
    'not-applicable',
    'No obligation follows from the classes on record.',
  ],
];
