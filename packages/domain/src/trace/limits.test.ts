import { describe, expect, test } from 'vitest';
import { finding, incident, movedAgain, set } from '../../test/trace/breaks.ts';
import { found, record, trace, type World } from '../../test/trace/kit.ts';
import { changed, duty, goodWorld, having, without } from '../../test/trace/world.ts';
import { home } from '../../test/trace/world-records.ts';
import { lastDay } from '../day.ts';
import { zoneOf } from './zone.ts';

/** For each rule that time alone can turn: the world in which a day decides it. */
const limits: readonly (readonly [rule: string, what: string, world: (day: string) => World])[] = [
  ['SC4', 'the next review of the scope', (day) => set('doc-scope', { nextReview: day })],
  ['PO4', 'the next review of the policy', (day) => set('doc-policy', { nextReview: day })],
  [
    'PO5',
    'a conflict to be settled',
    (day) => set('doc-policy', { overlaps: [{ policy: 'Security', alignment: 'conflict', resolveBy: day }] }),
  ],
  ['OW4', 'proof of competence', (day) => set('cmp-1', { validUntil: day })],
  [
    'OW4',
    'an action on a gap in competence',
    (day) => set('cmp-1', { levelShown: 'aware', validUntil: null, gapAction: 'A course', gapDue: day }),
  ],
  [
    'OW4',
    'an action that runs on after the proof has ended',
    (day) => set('cmp-1', { validUntil: '2026-10-31', gapAction: 'A course', gapDue: day }),
  ],
  ['UC5', 'the next review of a use', (day) => set('uc-1', { nextReview: day })],
  ['SU2', 'an agreement', (day) => set('rsp-1', { validTo: day })],
  ['SU6', 'the next review of a supplier', (day) => set('sup-1', { nextReview: day })],
  [
    'SU1',
    'a catch-up on diligence',
    (day) => set('sup-1', { diligenceOn: null, catchUpBy: day, catchUpReason: 'Taken over' }),
  ],
  ['IM3', 'the next review of an assessment', (day) => set('ia-1', { nextReview: day })],
  [
    'RI4',
    'an action of a treatment',
    (day) => set('trt-1', { actions: [{ action: 'Second reading', owner: 'cid', due: day }] }),
  ],
  ['RI5', 'an acceptance', (day) => set('rsk-1', { acceptanceUntil: day })],
  ['EV4', 'the next test of a control', (day) => set('tst-1', { nextTest: day })],
  [
    'AS5',
    'a report to an authority',
    (day) => having([duty('OB-73')], incident({ serious: 'yes', reports: [{ to: 'Authority', due: day }] })),
  ],
  ['AS6', 'the answer to a finding', (day) => finding({ grade: 'minor', answerDue: day })],
  ['AS7', 'the next look at a system', (day) => set('sys-1', { nextReview: day })],
  [
    'CR1',
    'a correction',
    (day) =>
      changed('ncr-1', {
        state: 'open',
        fields: { correctionDue: day, correctionDoneOn: null, closedOn: null },
      }),
  ],
  ['CR7', 'the answer to an opportunity', (day) => finding({ grade: 'opportunity', answerDue: day })],
];

/** The same day, 21 November 2026, at both ends of the world: in one it is yesterday in UTC, in the other tomorrow. */
const places = [
  ['Pacific/Kiritimati', '2026-11-20T10:00:00Z'],
  ['Pacific/Kiritimati', '2026-11-21T09:59:59Z'],
  ['Pacific/Pago_Pago', '2026-11-21T11:00:00Z'],
  ['Pacific/Pago_Pago', '2026-11-22T10:59:59Z'],
] as const;

function at(world: World, timeZone: string, now: string): World {
  return { ...world, organisation: { ...world.organisation, timeZone }, now: new Date(now) };
}

describe.each(limits)('%s, %s', (rule, _, world) => {
  test.each(['2026-11-20', '2026-10', '2026-Q3', '2025'])('is over when its day was %s', (day) => {
    for (const [zone, now] of places)
      expect([zone, found(at(world(day), zone, now), rule).verdict]).toEqual([zone, 'gap']);
  });

  test.each(['2026-11-21', '2026-11-22', '2026-11', '2026-Q4'])(
    'holds while its day is %s, and says so',
    (day) => {
      for (const [zone, now] of places) {
        const judged = found(at(world(day), zone, now), rule);
        expect([zone, judged.verdict]).toEqual([zone, 'holds']);
        expect(lastDay(judged.until ?? '')).toBe(lastDay(day));
      }
    },
  );

  test('turns at midnight of the organisation, and the line says to look again by then', () => {
    for (const [zone, now] of places) {
      const standing = at(world('2026-11-21'), zone, now);
      const midnight = zoneOf(zone).startOf('2026-11-22');
      expect(trace(standing).recheckAt).toBe(midnight);
      expect(found({ ...standing, now: new Date(midnight) }, rule).verdict).toBe('gap');
      expect(found({ ...standing, now: new Date(Date.parse(midnight) - 1000) }, rule).verdict).toBe('holds');
    }
  });
});

describe('every record of a line that holds', () => {
  const all = goodWorld();
  const ids = [...all.own, ...all.records].map(({ id }) => id);
  const said = (world: World) => {
    const { strip, stations } = trace(world);
    return { strip, gaps: stations.flatMap(({ gaps }) => gaps.map(({ rule }) => rule)) };
  };

  test.each(ids)('%s counts archived for no more than if it were not there', (id) => {
    expect(said(changed(id, { archived: true }))).toEqual(said(without([id])));
  });

  test.each(ids)('%s without a single field breaks nothing and helps nothing', (id) => {
    const bare = (items: typeof all.own) =>
      items.map((item) => (item.id === id ? { ...item, fields: {}, links: {} } : item));
    const line = trace({ ...all, own: bare(all.own), records: bare(all.records) });
    expect(line.stations).toHaveLength(15);
    expect(line.summary.gaps).toBeGreaterThanOrEqual(trace(all).summary.gaps);
  });
});

describe('a draft beside the version in force', () => {
  const versioned = goodWorld();
  const drafted = (id: string) => {
    const item = [...versioned.own, ...versioned.records].find((one) => one.id === id);
    if (!item) throw new RangeError(id);
    const inForce = { version: 1, fields: item.fields, links: item.links };
    return changed(id, { version: 2, digest: 'another', inForce });
  };

  test.each([
    ['PO2', 'doc-policy', { fitForPurpose: 'no', framesObjectives: 'no' }],
    ['PO6', 'doc-policy', { namesImpactProcess: 'no' }],
    ['SC1', 'doc-scope', { reach: 'units', units: ['Sales'] }],
    ['IM2', 'ia-1', { effects: [], misuse: null }],
    ['IM3', 'ia-1', { assessedOn: '2020-01-01' }],
    ['IM8', 'ia-1', { consulted: 'no' }],
    ['RI2', 'ia-1', { effects: [{ number: 9, polarity: 'harmful', severity: 'severe', level: 'groups' }] }],
    ['CL4', 'cla-1', { outcomes: ['prohibited'] }],
    ['CL3', 'cla-1', { outcomes: ['undetermined'] }],
    ['CL2', 'cla-2', { tier: null }],
  ] as const)('%s is judged from what was approved of %s', (rule, id, fields) => {
    expect(found(changed(id, { fields }, drafted(id)), rule).verdict).toBe('holds');
    const approvedAsIs = found(set(id, fields), rule).verdict;
    expect([rule, approvedAsIs]).not.toEqual([rule, 'holds']);
  });
});

describe('what happened elsewhere', () => {
  test('an incident is late on the day after its limit, in the zone of the organisation', () => {
    const limit = (triageBy: string, zone: string, now: string) =>
      found(at(incident({ triageBy }), zone, now), 'AS4').verdict;
    expect(limit('2026-11-21T11:00:00Z', 'Pacific/Kiritimati', '2026-11-22T09:59:00Z')).toBe('holds');
    expect(limit('2026-11-21T11:00:00Z', 'Pacific/Kiritimati', '2026-11-22T10:00:00Z')).toBe('gap');
    expect(limit('2026-11-21T10:00:00Z', 'Pacific/Pago_Pago', '2026-11-21T10:59:00Z')).toBe('holds');
    expect(limit('2026-11-21T10:00:00Z', 'Pacific/Pago_Pago', '2026-11-21T11:00:00Z')).toBe('gap');
  });

  test('a treatment begun in the quarter of a failed test answers it', () => {
    const failed = record('control-test', 'tst-2', {
      state: 'concluded',
      fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-Q4' },
      links: { ...home, control: ['ctl-1'] },
    });
    const answered = (createdAt: string) =>
      found(having([failed], changed('trt-1', { createdAt })), 'EV5').verdict;
    expect([answered('2026-10-01T09:00:00Z'), answered('2026-09-30T09:00:00Z')]).toEqual(['holds', 'gap']);
  });

  test('on the day of a failed test the moment tells whether a treatment answers it, while it stands', () => {
    const failed = record('control-test', 'tst-2', {
      state: 'concluded',
      fields: { conclusion: 'not-effective', tester: 'ben', testedOn: '2026-11-10' },
      links: { ...home, control: ['ctl-1'] },
      materialAt: '2026-11-10T12:00:00Z',
    });
    const answered = (change: Parameters<typeof changed>[1]) =>
      found(having([failed], changed('trt-1', change)), 'EV5').verdict;
    expect(answered({ createdAt: '2026-11-10T11:59:59Z' })).toBe('gap');
    expect(answered({ createdAt: '2026-11-10T12:00:01Z' })).toBe('holds');
    expect(answered({ createdAt: '2026-11-11T08:00:00Z' })).toBe('holds');
    expect(answered({ createdAt: '2026-11-11T08:00:00Z', state: 'given-up' })).toBe('gap');
    expect(answered({ createdAt: '2026-11-11T08:00:00Z', approvals: [] })).toBe('gap');
  });

  test('the newest test counts: a later failure opens the station, and a later success closes it', () => {
    const again = (id: string, conclusion: string, testedOn: string, tester = 'ben') =>
      record('control-test', id, {
        state: 'concluded',
        fields: { conclusion, tester, testedOn },
        links: { ...home, control: ['ctl-1'], implementation: ['imp-1'] },
      });
    const verdicts = (...tests: ReturnType<typeof again>[]) =>
      ['EV4', 'EV5'].map((rule) => found(having(tests), rule).verdict);
    const failed = again('tst-2', 'not-effective', '2026-11-01');
    expect(verdicts(failed)).toEqual(['gap', 'gap']);
    expect(verdicts(again('tst-2', 'not-effective', '2026-09-30'))).toEqual(['holds', 'holds']);
    expect(verdicts(again('tst-2', 'partly-effective', '2026-11-01'))).toEqual(['gap', 'not-applicable']);
    expect(verdicts(again('tst-2', 'not-concluded', '2026-11-01'))).toEqual(['holds', 'not-applicable']);
    expect(verdicts(failed, again('tst-3', 'effective', '2026-11-02'))).toEqual(['holds', 'holds']);
    expect(verdicts(failed, again('tst-3', 'effective', '2026-11-01'))).toEqual(['gap', 'gap']);
    expect(verdicts(failed, again('tst-3', 'effective', '2026-11-02', 'ann'))).toEqual(['gap', 'gap']);
  });

  test('a date moved within its month has not moved', () => {
    const moved = (firstPlannedOn: string, plannedOn: string) =>
      found(changed('imp-1', { state: 'planned', fields: { firstPlannedOn, plannedOn } }), 'CO5').verdict;
    expect(moved('2026-12', '2026-12-15')).toBe('not-applicable');
    expect(moved('2026-Q4', '2026-12-31')).toBe('not-applicable');
    expect(moved('2026-12-15', '2026-12')).toBe('gap');
    expect(moved('2026-Q4', '2027-01-01')).toBe('gap');
  });

  test('a date moved again needs an acceptance given since, and one moved once or brought forward does not', () => {
    const verdict = (world: World) => found(world, 'CO5').verdict;
    expect(verdict(movedAgain('2026-04-01T08:59:59Z'))).toBe('holds');
    expect(verdict(movedAgain('2026-04-01T09:00:00Z'))).toBe('holds');
    expect(verdict(movedAgain('2026-04-01T09:00:01Z'))).toBe('gap');
    const dates = (...plannedDates: string[]) =>
      verdict(changed('imp-1', { fields: { plannedDates } }, movedAgain('2026-05-01T09:00:00Z')));
    expect(dates('2026-12-01', '2027-03-31')).toBe('holds');
    expect(dates('2027-01-31', '2026-12-01', '2027-03-31')).toBe('holds');
    expect(dates('2026-12-01', '2027-01', '2027-03-31')).toBe('gap');
  });
});
