import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codes,
  control,
  implementation,
  law,
  line,
  row,
  type SoaWorld,
  soaRecord,
} from '../../test/soa/kit.ts';
import { act, record } from '../../test/trace/kit.ts';

const placing = (world: SoaWorld) => row(world).placing;
const shared = [control({ fields: { implementedAt: 'organisation' } }), line()];
const risk = (changes: Parameters<typeof record>[2] = {}) =>
  record('risk', 'rsk', {
    state: 'in-treatment',
    approvals: [act('approve')],
    ...changes,
    fields: { acceptanceType: 'interim', currentLevel: 'low', ...changes.fields },
  });
const plan = (fields: Record<string, string>, links: Record<string, readonly string[]> = {}) =>
  implementation('imp', 'planned', { fields, links: { control: ['ctl'], ...links } });

describe('a control that each system puts in place', () => {
  test.each([
    [[], 'missing'],
    [['planned'], 'planned'],
    [['partly'], 'partly'],
    [['in-place'], 'in-place'],
    [['ended'], 'missing'],
    [['planned', 'in-place'], 'in-place'],
    [['planned', 'partly'], 'partly'],
    [['ahead'], 'planned'],
    [['ahead', 'partly'], 'partly'],
    [['ahead', 'in-place'], 'in-place'],
  ])('with %j on the one system it is %s', (states, state) => {
    // What says that it is in place from a day that is still to come, as the line judges it.
    const records = states.map((one, at) =>
      one === 'ahead'
        ? implementation(`imp-${at}`, 'in-place', { fields: { inPlaceSince: '2999-01-01' } })
        : implementation(`imp-${at}`, one),
    );
    expect(placing({ records })).toMatchObject({ at: 'system', of: 1, state });
  });

  test('is counted over the running systems, each once', () => {
    const on = (system: string, state: string) => implementation(`imp-${system}-${state}`, state, { system });
    const records = [
      on('sys-1', 'in-place'),
      on('sys-1', 'planned'),
      on('sys-2', 'partly'),
      on('sys-3', 'planned'),
      on('sys-9', 'in-place'),
    ];
    expect(placing({ records, running: 5 })).toEqual({
      at: 'system',
      state: 'partly',
      of: 5,
      inPlace: 1,
      partly: 1,
      planned: 1,
      missing: 2,
      deviations: 0,
    });
  });

  test('is not put in place by the organisation’s own implementation, and by none where no system runs', () => {
    const records = [implementation('imp', 'in-place', { system: null })];
    expect(placing({ records })?.state).toBe('missing');
    expect(placing({ records, running: 0 })).toMatchObject({ state: 'no-systems', of: 0, missing: 0 });
  });
});

describe('a control that the organisation puts in place once', () => {
  test.each([
    [null, 'in-place', 'in-place', 0],
    [null, 'planned', 'planned', 0],
    ['sys-1', 'in-place', 'missing', 1],
    ['sys-9', 'in-place', 'missing', 0],
  ])('with one of %s that is %s it is %s', (system, state, expected, deviations) => {
    const records = [implementation('imp', state, { system })];
    expect(placing({ shared, records })).toMatchObject({
      at: 'organisation',
      of: 1,
      state: expected,
      deviations,
    });
  });

  test('a system that deviates and only plans its way is told apart from the organisation', () => {
    const records = [
      implementation('imp-1', 'in-place', { system: null }),
      implementation('imp-2', 'planned', { fields: { plannedOn: '2026-10-01' } }),
    ];
    expect(placing({ shared, records })).toMatchObject({ state: 'in-place', deviations: 1 });
    expect(codes({ shared, records })).toContain('late');
  });
});

describe('a plan', () => {
  test.each([
    [{ plannedOn: '2026-11-20' }, 'late'],
    [{ plannedOn: '2026-11-21' }, 'unaccepted'],
    [{ plannedOn: '2027-02-01', firstPlannedOn: '2026-11-01' }, 'late'],
    [{ plannedOn: '2027' }, 'unaccepted'],
    [{}, 'late'],
  ])('with %j and no accepted risk is %s', (fields, code) => {
    expect(codes({ records: [plan(fields)] })).toEqual([code]);
  });

  test('counts before its first day with the risk until then accepted, and no longer', () => {
    const planned = plan({ plannedOn: '2027-01-31' }, { interimRisk: ['rsk'] });
    expect(codes({ records: [planned], interim: [risk()] })).toEqual([]);
    const late = plan({ plannedOn: '2026-11-01' }, { interimRisk: ['rsk'] });
    expect(codes({ records: [late], interim: [risk()] })).toEqual(['late']);
  });

  test.each([
    ['nobody accepted it', risk({ approvals: [] })],
    ['the rating changed since', risk({ approvals: [act('approve'), act('void')] })],
    ['the acceptance is a lasting one', risk({ fields: { acceptanceType: 'lasting' } })],
    ['the acceptance has ended', risk({ fields: { acceptanceUntil: '2026-11-20' } })],
  ])('does not count where %s', (_, accepted) => {
    const planned = plan({ plannedOn: '2027-01-31' }, { interimRisk: ['rsk'] });
    expect(codes({ records: [planned], interim: [accepted] })).toEqual(['unaccepted']);
  });

  test('does not count where the acceptance went beyond the authority held on its day', () => {
    const planned = plan({ plannedOn: '2027-01-31' }, { interimRisk: ['rsk'] });
    const authority = [
      {
        id: 'a',
        dimension: 'interim_risk',
        level: 'low',
        member: 'boss',
        role: null,
        validFrom: '2026-01-01',
      },
    ].map((one) => ({ ...one, validTo: null }));
    const severe = risk({ fields: { currentLevel: 'severe' } });
    const world = { records: [planned], organisation: { authority } };
    expect(codes({ ...world, interim: [risk()] })).toEqual([]);
    expect(codes({ ...world, interim: [severe] })).toEqual(['unaccepted']);
  });

  test('never counts for law in force or a passed gate, whatever was accepted', () => {
    const planned = plan({ plannedOn: '2027-01-31' }, { interimRisk: ['rsk'] });
    const gate = soaRecord('gate', 'gat', { state: 'passed', approved: true, links: { controls: ['ctl'] } });
    for (const demanding of [law('obl'), gate])
      expect(codes({ records: [planned, demanding], interim: [risk()] })).toEqual(['demanded']);
    const later = law('obl', { fields: { appliesFrom: '2027' } });
    expect(codes({ records: [planned, later], interim: [risk()] })).toEqual([]);
    const elsewhere = law('obl', { system: 'sys-2' });
    expect(codes({ records: [planned, elsewhere], interim: [risk()] })).toEqual([]);
  });
});

test('the places of a control add up, whatever its implementations say', () => {
  const some = fc.array(
    fc.record({
      state: fc.constantFrom('planned', 'partly', 'in-place', 'ended'),
      system: fc.constantFrom(null, 'sys-1', 'sys-2', 'sys-3', 'sys-9'),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(some, fc.nat({ max: 4 }), fc.boolean(), (made, running, once) => {
      const records = made.map(({ state, system }, at) => implementation(`imp-${at}`, state, { system }));
      const found = placing({ records, running, ...(once ? { shared } : {}) });
      if (!found) throw new Error('An applicable control has places');
      expect(found.inPlace + found.partly + found.planned + found.missing).toBe(found.of);
      expect(found.of).toBe(once ? 1 : running);
      expect(Math.min(found.inPlace, found.partly, found.planned, found.missing)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a plan that was moved twice and whose risk nobody accepted says that it was moved', () => {
  const planned = (dates: string[]) =>
    implementation('imp', 'planned', {
      fields: { firstPlannedOn: '2027-01-31', plannedOn: dates.at(-1) ?? '', plannedDates: dates },
    });
  expect(codes({ records: [planned(['2027-01-31', '2027-03-31'])] })).toEqual(['unaccepted']);
  expect(codes({ records: [planned(['2027-01-31', '2027-03-31', '2027-05-31'])] })).toEqual(['redated']);
});

test.each([
  ['moved once', ['2027-01-31', '2027-03-31'], '2027-01-02T00:00:00Z', []],
  [
    'moved twice after the acceptance',
    ['2027-01-31', '2027-03-31', '2027-05-31'],
    '2027-01-02T00:00:00Z',
    ['redated'],
  ],
  [
    'moved twice before the acceptance',
    ['2027-01-31', '2027-03-31', '2027-05-31'],
    '2020-01-02T00:00:00Z',
    [],
  ],
  ['moved to and fro, later once', ['2027-03-31', '2027-01-31', '2027-03-31'], '2027-01-02T00:00:00Z', []],
])(
  'a plan that was %s: a second delay counts only with its risk accepted since',
  (_, dates, materialAt, found) => {
    const planned = implementation('imp', 'planned', {
      links: { control: ['ctl'], interimRisk: ['rsk'] },
      fields: { firstPlannedOn: '2027-01-31', plannedOn: dates.at(-1) ?? '', plannedDates: dates },
      materialAt,
    });
    expect(codes({ records: [planned], interim: [risk()] })).toEqual(found);
  },
);
