import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codes,
  control,
  controlTest,
  implementation,
  law,
  line,
  row,
  type SoaWorld,
  statement,
  systemsNamed,
  told,
  treatment,
} from '../../test/soa/kit.ts';
import { act, approved, catalogue, record } from '../../test/trace/kit.ts';

const excluded = (fields = {}) =>
  line({ fields: { decision: 'excluded', reasons: [], justification: 'It is not done here.', ...fields } });
const good: SoaWorld = {
  records: [
    implementation('imp', 'in-place'),
    controlTest('tst', 'effective', '2026-10-01', { links: { control: ['ctl'], implementation: ['imp'] } }),
  ],
};

describe('the rows', () => {
  test('are the 38 controls of Annex A in the order of the standard, whoever adopted them', () => {
    const { rows, counts } = statement({ shared: [] });
    expect(rows.map(({ id }) => id)).toEqual(catalogue.iso42001.annex_a.controls.map(({ id }) => id));
    expect(rows).toHaveLength(38);
    expect(counts).toMatchObject({ annexA: 38, annexADecided: 0, own: 0, open: 38, contradictions: 0 });
    for (const { control: adopted, decided, action, placing, testing, faults } of rows) {
      expect({ adopted, decided, placing, testing, faults }).toEqual({
        adopted: null,
        decided: 'none',
        placing: null,
        testing: null,
        faults: [],
      });
      expect(action?.do).toMatchObject({ type: 'create', kind: 'control' });
    }
  });

  test('go on with own controls by their codes, under no topic', () => {
    const own = ['X-10', 'X-9'].map((code) =>
      record('control', code.toLowerCase(), { state: 'adopted', fields: { code, objective: 'Ours' } }),
    );
    const { rows, counts } = statement({ shared: [...own, control(), line()] });
    expect(rows.slice(38).map(({ id, topic, item, objective }) => [id, topic, item, objective])).toEqual([
      ['X-9', null, null, 'Ours'],
      ['X-10', null, null, 'Ours'],
    ]);
    expect(counts.own).toBe(2);
  });

  test('leave out an own control that was dropped, unless something still stands on it', () => {
    const gone = record('control', 'x-1', { state: 'dropped', fields: { code: 'X-1' } });
    expect(statement({ shared: [gone] }).counts.own).toBe(0);
    const called = { shared: [gone], records: [treatment('trt', { links: { controls: ['x-1'] } })] };
    expect(told(called, 'X-1')).toEqual(['contradiction dropped: X-1 is dropped, and TRT calls for it.']);
  });

  test('a second record for one item of the standard stands beside the first, and it is said', () => {
    const second = record('control', 'ctl-2', {
      state: 'adopted',
      fields: { item: 'A.6.2.4', code: 'A.6.2.4-b' },
    });
    expect(told({ shared: [control(), line(), second] }, 'A.6.2.4-b')).toEqual([
      'contradiction twice: CTL-2 stands for the same item as CTL. One of the two is dropped.',
    ]);
  });

  test('one code names one control: a second own one with it is said, and one with the code of Annex A', () => {
    const own = (id: string, code: string, more: Record<string, string> = {}) =>
      record('control', id, { state: 'adopted', fields: { code, ...more } });
    const twice = {
      shared: [own('x-1', 'HM-1'), own('x-2', 'hm-1'), own('x-3', 'HM-1', { framework: 'other' })],
    };
    expect(told(twice, 'HM-1')).toEqual([]);
    expect(told(twice, 'hm-1')).toEqual([
      'contradiction named-twice: X-2 has the code of X-1. One of the two gets another.',
    ]);
    const annex = statement({ shared: [control(), line(), own('x-4', 'a.6.2.4')] }).rows.at(-1);
    expect(annex?.faults.map(({ code }) => code)).toEqual(['named-twice']);
    const elsewhere = own('x-5', 'A.6.2.4', { framework: 'iso-27001' });
    expect(statement({ shared: [control(), line(), elsewhere] }).rows.at(-1)?.faults).toEqual([]);
  });

  test('a line that excludes a control for a reason of inclusion says both', () => {
    const fields = { decision: 'excluded', justification: 'Not made here.', reasons: ['treatment', 'law'] };
    expect(told({ shared: [control(), line({ fields })] })).toEqual([
      'contradiction excluded-reasoned: APL excludes it, and gives a treatment and law as reason for inclusion. One of the two is wrong.',
    ]);
    const house = { ...fields, reasons: ['house-rule'] };
    expect(told({ shared: [control(), line({ fields: house })] })).toEqual([]);
  });

  test('two lines in force for one control contradict each other; a draft or a withdrawn line beside one is none', () => {
    const other = (changes: Parameters<typeof record>[2]) =>
      record('applicability', 'apl-2', {
        ...approved,
        state: 'kept-up',
        fields: { decision: 'excluded', justification: 'Not made here.' },
        links: { control: ['ctl'] },
        ...changes,
      });
    const faults = (changes: Parameters<typeof record>[2]) =>
      told({ shared: [control(), line(), other(changes)] }).filter((one) => one.includes('decided-twice'));
    expect(faults({})).toEqual([
      'contradiction decided-twice: APL decides about it, and APL-2 does too. One line alone can be in force: withdraw the other.',
    ]);
    expect(faults({ approvals: [] })).toEqual([]);
    expect(faults({ state: 'withdrawn' })).toEqual([]);
  });

  test('name the roles that the organisation holds and that typically need the control, and decide nothing by them', () => {
    expect(row({ shared: [] }).typicalFor).toEqual(['customer']);
    expect(row({ shared: [], running: 0 }).typicalFor).toEqual([]);
  });
});

describe('a decision', () => {
  test.each([
    ['approved', line(), 'applicable', 'applicable'],
    ['approved and excluded', excluded(), 'excluded', 'excluded'],
    ['not approved', line({ approvals: [] }), 'unapproved', 'applicable'],
    ['withdrawn', line({ state: 'withdrawn' }), 'none', null],
    ['undone', line({ approvals: [act('approve'), act('withdraw')] }), 'unapproved', 'applicable'],
  ])('that is %s', (_, made, decided, says) => {
    expect(row({ shared: [control(), made] })).toMatchObject({ decided, says });
  });

  test('is read from the approved version, whatever the working one says', () => {
    const inForce = {
      version: 1,
      fields: { decision: 'applicable', justification: 'Then.' },
      links: { control: ['ctl'] },
    };
    const rewritten = line({ version: 2, inForce, fields: { decision: 'excluded', justification: 'Now.' } });
    expect(row({ ...good, shared: [control(), rewritten] })).toMatchObject({
      decided: 'applicable',
      says: 'applicable',
      justification: 'Then.',
    });
  });
});

/** A line approved on a treatment of a system, and what that one is now. */
const drawn = (digest: string): SoaWorld => ({
  shared: [
    control(),
    line({ approvals: [act('approve', { basis: [{ record: 'trt', digest: 'digest-trt' }] })] }),
  ],
  inputs: { trt: { digest, inForce: null } },
});
const cases: readonly (readonly [string, SoaWorld, readonly string[]])[] = [
  ['all is in order', good, []],
  [
    'it is excluded and a treatment calls for it',
    { shared: [control(), excluded()], records: [treatment('trt-1'), treatment('trt-2')] },
    [
      'contradiction excluded-called: TRT-1 and TRT-2 call for it, and APL excludes it. One of the two is wrong.',
    ],
  ],
  [
    'it is excluded and a requirement calls for it',
    { shared: [control(), excluded()], records: [law('obl-1')] },
    ['contradiction excluded-called: OBL-1 calls for it, and APL excludes it. One of the two is wrong.'],
  ],
  [
    'it is excluded and something puts it in place',
    {
      shared: [control(), excluded()],
      records: [implementation('imp', 'partly'), implementation('imp-2', 'planned')],
    },
    ['contradiction excluded-placed: APL excludes it, and IMP puts it in place.'],
  ],
  [
    'it is excluded without a reason',
    { shared: [control(), excluded({ justification: '' })] },
    ['gap excluded-bare: APL excludes it without a reason in a sentence.'],
  ],
  ['it is excluded with a reason and nothing calls for it', { shared: [control(), excluded()] }, []],
  [
    'it is applicable for no reason at all',
    { ...good, shared: [control(), line({ fields: { reasons: [], justification: '' } })] },
    ['contradiction applicable-bare: APL makes it applicable: nothing calls for it, and no reason is given.'],
  ],
  [
    'it is applicable for good practice, and nobody wrote why',
    {
      ...good,
      shared: [control(), line({ fields: { reasons: ['good-practice', 'house-rule'], justification: '' } })],
    },
    [
      'contradiction applicable-bare: APL makes it applicable for good practice and a rule of the house alone: nothing calls for it, and nobody wrote why.',
    ],
  ],
  [
    'it is applicable for good practice, and names what calls for it',
    {
      ...good,
      shared: [
        control(),
        line({
          fields: { reasons: ['good-practice'], justification: '' },
          links: { control: ['ctl'], reasonedBy: ['rsk'] },
        }),
      ],
    },
    [],
  ],
  [
    'it is applicable for what calls for it alone',
    {
      shared: [control(), line({ fields: { reasons: [], justification: '' } })],
      records: [treatment('trt'), ...(good.records ?? [])],
    },
    [],
  ],
  [
    'it names reasons that nothing stands behind',
    {
      shared: [control(), line({ fields: { reasons: ['treatment', 'law', 'good-practice'] } })],
      records: [law('obl'), ...(good.records ?? [])],
    },
    ['contradiction reason-unsourced: APL names a treatment as reason, and no such record calls for it.'],
  ],
  [
    'its control was dropped',
    { ...good, shared: [control({ state: 'dropped' }), line()] },
    ['contradiction dropped: CTL is dropped, and APL still makes it applicable.'],
  ],
  [
    'it is called for and nobody decided',
    { shared: [control()], records: [treatment('trt')] },
    ['gap undecided-called: TRT calls for it, and nothing is decided.'],
  ],
  ['nobody decided and nothing calls for it', { shared: [control()] }, []],
  [
    'its line is not approved',
    { ...good, shared: [control(), line({ approvals: [] })] },
    ['gap unapproved: APL is not approved, so it decides nothing yet.'],
  ],
  [
    'what it drew on changed since',
    {
      ...good,
      shared: [
        control({ digest: 'other' }),
        line({ approvals: [act('approve', { basis: [{ record: 'ctl', digest: 'digest-ctl' }] })] }),
      ],
    },
    ['gap stale: CTL changed after APL was approved.'],
  ],
  ['what it drew on is a record of a system and stands as it stood', { ...good, ...drawn('digest-trt') }, []],
  [
    'what it drew on is a record of a system and changed since',
    { ...good, ...drawn('other') },
    ['gap stale: TRT changed after APL was approved.'],
  ],
  [
    'nothing puts it in place',
    {},
    ['gap missing: 1 of 1 running systems has nothing that puts it in place.'],
  ],
  [
    'most systems have nothing',
    { ...good, running: 1500 },
    ['gap missing: 1,499 of 1,500 running systems have nothing that puts it in place.'],
  ],
  [
    'the organisation does not put it in place',
    { shared: [control({ fields: { implementedAt: 'organisation' } }), line()] },
    ['gap missing: It is applicable, and nothing puts it in place.'],
  ],
  [
    'it was to be in place by now',
    { records: [implementation('imp', 'planned', { fields: { plannedOn: '2026-11-01' } })] },
    ['gap late: IMP was to be in place by a day that has passed, or names none.'],
  ],
  [
    'nobody tested it',
    { records: [implementation('imp', 'in-place')] },
    ['gap untested: Nobody else has tested IMP with a conclusion.'],
  ],
  [
    'its test failed',
    { records: [implementation('imp', 'in-place'), controlTest('tst', 'not-effective', '2026-10-01')] },
    ['gap failed: TST found that it does not work.'],
  ],
];

describe('what is wrong, in words', () => {
  test.each(cases)('where %s', (_, world, expected) => {
    expect(told(world)).toEqual(expected);
  });

  test('a contradiction comes before what is missing, and gives the row its one step', () => {
    const { faults, action } = row({
      shared: [control(), excluded({ justification: '' })],
      records: [treatment('trt')],
    });
    expect(faults.map(({ code }) => code)).toEqual(['excluded-called', 'excluded-bare']);
    expect(action).toEqual({ label: 'Open the line', do: { type: 'open', record: 'apl' } });
  });
});

describe('the one step of a row', () => {
  test.each([
    [
      'approve the line',
      { ...good, shared: [control(), line({ approvals: [] })] },
      { type: 'approve', record: 'apl' },
    ],
    ['put it in place', {}, { type: 'create', kind: 'implementation', links: { control: ['ctl'] } }],
    [
      'plan a test',
      { records: [implementation('imp', 'in-place')] },
      {
        type: 'create',
        kind: 'control-test',
        links: { control: ['ctl'], implementation: ['imp'], system: ['sys-1'] },
      },
    ],
    [
      'complete what is late',
      { records: [implementation('imp', 'planned')] },
      { type: 'step', record: 'imp', transition: 'complete' },
    ],
  ])('%s', (_, world: SoaWorld, deed) => {
    expect(row(world).action?.do).toMatchObject(deed);
  });

  test('where nobody decided is to decide, with what calls for it filled in and the decision left open', () => {
    const records = [law('obl'), treatment('trt')];
    expect(row({ shared: [control()], records }).action?.do).toEqual({
      type: 'create',
      kind: 'applicability',
      fields: { name: 'Title of ctl', reasons: ['treatment', 'law'] },
      links: { control: ['ctl'], reasonedBy: ['trt', 'obl'] },
    });
  });

  test('is none where nothing is wrong', () => {
    expect(row(good).action).toBeNull();
  });
});

test('the counts are those of the rows', () => {
  const second = record('control', 'ctl-2', {
    state: 'adopted',
    fields: { item: 'A.2.2', implementedAt: 'organisation' },
  });
  const other = line({
    links: { control: ['ctl-2'] },
    fields: { decision: 'excluded', justification: 'It is not done here.' },
  });
  const { counts } = statement({
    shared: [control(), line(), second, { ...other, id: 'apl-2' }],
    records: [treatment('trt', { links: { controls: ['ctl-2'] } })],
    running: 3,
  });
  expect(counts).toEqual({
    annexA: 38,
    annexADecided: 2,
    own: 0,
    applicable: 1,
    excluded: 1,
    open: 36,
    contradictions: 1,
    withoutPlan: 1,
    leftOut: 1,
    runningSystems: 3,
  });
});

test('a control that something needs is never excluded in silence', () => {
  const kind = fc.constantFrom('treatment', 'obligation');
  const states = fc.constantFrom('planned', 'taken-on', 'given-up', 'ended', 'declined');
  const some = fc.array(fc.tuple(kind, states, fc.constantFrom('law', 'contract')), { maxLength: 6 });
  fc.assert(
    fc.property(some, fc.boolean(), (made, withReason) => {
      const records = made.map(([of, state, source], at) => {
        const one = of === 'treatment' ? treatment(`trt-${at}`) : law(`obl-${at}`, { fields: { source } });
        return { ...one, state };
      });
      const shared = [control(), excluded(withReason ? {} : { justification: '' })];
      const found = row({ shared, records });
      expect(codes({ shared, records }).includes('excluded-called')).toBe(found.sources.length > 0);
      expect(statement({ shared, records }).counts.leftOut).toBe(found.sources.length > 0 ? 1 : 0);
    }),
    { numRuns: 30 },
  );
});

test('the order in which records come changes nothing', () => {
  const records = [
    treatment('trt-1'),
    treatment('trt-2'),
    law('obl-1'),
    implementation('imp-1', 'in-place'),
    implementation('imp-2', 'planned', { system: 'sys-2' }),
    controlTest('tst-1', 'effective', '2026-10-01'),
    controlTest('tst-2', 'not-effective', '2026-10-01'),
  ];
  const said = (some: readonly (typeof records)[number][]) => {
    const { placing, testing, sources, faults } = row({ records: some, running: 2 });
    return { placing, testing, sources, codes: faults.map(({ code }) => code) };
  };
  fc.assert(
    fc.property(fc.shuffledSubarray(records, { minLength: records.length }), (shuffled) => {
      expect(said(shuffled)).toEqual(said(records));
    }),
  );
});

test('only running systems are asked', () => {
  expect(systemsNamed(2)).toHaveLength(2);
  expect(row({ ...good, running: 0 }).placing).toMatchObject({ of: 0, state: 'no-systems' });
});
