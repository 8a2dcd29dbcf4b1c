import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codes, control, controlTest, implementation, line, row, type SoaWorld } from '../../test/soa/kit.ts';

const inPlace = implementation('imp', 'in-place');
const named = { links: { control: ['ctl'], implementation: ['imp'] } };
const testing = (world: SoaWorld) => row({ records: [inPlace], ...world }).testing;

describe('the newest conclusion by another person counts', () => {
  test.each([
    [[], { untested: 1 }],
    [[controlTest('tst', 'effective', '2026-10-01', named)], { effective: 1 }],
    [[controlTest('tst', 'partly-effective', '2026-10-01', named)], { partly: 1 }],
    [[controlTest('tst', 'not-effective', '2026-10-01', named)], { failed: 1 }],
    [[controlTest('tst', 'not-concluded', '2026-10-01', named)], { untested: 1 }],
    [[controlTest('tst', 'effective', '2026-10-01', { ...named, state: 'planned' })], { untested: 1 }],
    [[controlTest('tst', 'effective', '2026-10-01', { ...named, state: 'cancelled' })], { untested: 1 }],
    [[controlTest('tst', 'effective', '', named)], { untested: 1 }],
    [
      [
        controlTest('tst-1', 'effective', '2026-09-01', named),
        controlTest('tst-2', 'not-effective', '2026-10-01', named),
      ],
      { failed: 1 },
    ],
    [
      [
        controlTest('tst-1', 'not-effective', '2026-09-01', named),
        controlTest('tst-2', 'effective', '2026-10-01', named),
      ],
      { effective: 1 },
    ],
    [
      [
        controlTest('tst-1', 'effective', '2026-10-01', named),
        controlTest('tst-2', 'not-effective', '2026-10-01', named),
      ],
      { failed: 1 },
    ],
  ])('case %#', (tests, expected) => {
    const none = { effective: 0, partly: 0, failed: 0, untested: 0 };
    expect(testing({ records: [inPlace, ...tests] })).toMatchObject({ of: 1, ...none, ...expected });
  });
});

describe('who tests owns neither side', () => {
  const by = (tester: string | null, changes = {}) => [
    inPlace,
    controlTest('tst', 'effective', '2026-10-01', { ...named, fields: { tester, ...changes } }),
  ];
  test.each([
    ['cid', 'effective'],
    ['ann', 'untested'],
    ['ben', 'untested'],
    [null, 'untested'],
  ] as const)('by %s: %s', (tester, part) => {
    const shared = [control({ owner: 'ben' }), line()];
    expect(testing({ shared, records: by(tester) })?.[part]).toBe(1);
  });

  test('nor did they when it was tested, under whatever account', () => {
    expect(testing({ records: by('cid', { ownerTested: 'cid' }) })?.untested).toBe(1);
    const organisation = { samePersons: [['ann', 'cid']] } as const;
    expect(testing({ organisation, records: by('cid') })?.untested).toBe(1);
  });
});

test('a test that names no implementation is of the one on its system alone', () => {
  const of = (system: string | null) => controlTest('tst', 'effective', '2026-10-01', { system });
  expect(testing({ records: [inPlace, of('sys-1')] })?.effective).toBe(1);
  expect(testing({ records: [inPlace, of('sys-2')] })?.untested).toBe(1);
  expect(testing({ records: [inPlace, of(null)] })?.untested).toBe(1);
});

test('what is not in place is not asked for a test', () => {
  const planned = implementation('imp', 'partly', { fields: { plannedOn: '2027' } });
  expect(testing({ records: [planned] })).toMatchObject({ of: 0, untested: 0, last: null });
});

test('the last test of all and the next that is due are named', () => {
  const other = implementation('imp-2', 'in-place', { system: 'sys-2' });
  const records = [
    inPlace,
    other,
    controlTest('tst-1', 'effective', '2026-10-01', { ...named, fields: { nextTest: '2027-10-01' } }),
    controlTest('tst-2', 'partly-effective', '2026-11-01', {
      system: 'sys-2',
      fields: { nextTest: '2026-11-20' },
    }),
  ];
  const found = testing({ records, running: 2 });
  expect(found).toMatchObject({ of: 2, effective: 1, partly: 1, next: '2026-11-20' });
  expect(found?.last).toMatchObject({ on: '2026-11-01', conclusion: 'partly-effective' });
  expect(codes({ records, running: 2 })).toEqual(['retest']);
});

test('a test that names no next one counts for the usual length', () => {
  const at = (day: string) => ({ records: [inPlace, controlTest('tst', 'effective', day, named)] });
  expect(testing(at('2026-10-01'))?.next).toBe('2027-10-01');
  expect(codes(at('2026-10-01'))).toEqual([]);
  expect(testing(at('2023-03-01'))?.next).toBe('2024-03-01');
  expect(codes(at('2023-03-01'))).toEqual(['retest']);
});

test('what tests say adds up to what is in place', () => {
  const conclusion = fc.constantFrom('effective', 'partly-effective', 'not-effective', 'not-concluded');
  const some = fc.array(
    fc.tuple(conclusion, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 })),
    {
      maxLength: 10,
    },
  );
  fc.assert(
    fc.property(some, (tests) => {
      const places = [1, 2, 3].map((n) => implementation(`imp-${n}`, 'in-place', { system: `sys-${n}` }));
      const made = tests.map(([concluded, month, system], at) =>
        controlTest(`tst-${at}`, concluded, `2026-0${month}-01`, { system: `sys-${system}` }),
      );
      const found = testing({ records: [...places, ...made], running: 3 });
      if (!found) throw new Error('An applicable control has tests');
      expect(found.effective + found.partly + found.failed + found.untested).toBe(3);
      expect(found.last === null).toBe(found.untested === 3);
    }),
  );
});

describe('what changed after its test is untested as it is now', () => {
  const rewritten = (materialAt: string) =>
    implementation('imp', 'in-place', { createdAt: '2026-03-01T09:00:00Z', materialAt });
  const tested = (id: string, materialAt: string) =>
    controlTest(id, 'effective', materialAt.slice(0, 10), { ...named, materialAt });
  const old = tested('tst-1', '2026-10-01T09:00:00Z');

  test('the row counts it and names both', () => {
    const world = { records: [rewritten('2026-10-20T09:00:00Z'), old] };
    expect(testing(world)).toMatchObject({ of: 1, effective: 0, untested: 1, last: null });
    const [fault] = row(world).faults;
    expect(fault).toMatchObject({ code: 'changed', records: ['imp', 'tst-1'] });
  });

  test('until a test looked at it since', () => {
    const records = [rewritten('2026-10-20T09:00:00Z'), old, tested('tst-2', '2026-11-02T09:00:00Z')];
    expect(testing({ records })).toMatchObject({ effective: 1, untested: 0 });
    expect(codes({ records })).not.toContain('changed');
    expect(testing({ records: [rewritten('2026-09-20T09:00:00Z'), old] })?.effective).toBe(1);
  });
});
