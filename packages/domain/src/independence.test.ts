import { describe, expect, test } from 'vitest';
import { looksOf, officeKinds, ownedKinds } from './independence.ts';
import type { Json } from './json.ts';
import { registry } from './kinds/all.ts';

const today = '2026-11-21';
const record = (
  kind: string,
  fields: Record<string, Json>,
  links: Record<string, string[]> = {},
  system: string | null = null,
) => ({ kind, system, content: { fields, links } });
const looks = (of: ReturnType<typeof record>, state: string) => looksOf(of, state, today, registry.kinds);

describe('an audit', () => {
  const team = [
    { auditor: 'ben', state: 'independent' },
    { auditor: 'cid', state: 'conflict' },
    { auditor: 'dot', state: 'not-checked' },
    { state: 'independent' },
  ];
  const fields = { lead: 'ann', independenceRows: team, periodFrom: '2025-07', periodTo: '2026-06' };
  const audit = record('audit', fields, { systems: ['s1', 's2'] });

  test('looks at its lead and its team, but for whoever stands aside, over its systems and its whole period', () => {
    expect(looks(audit, 'under-way')).toEqual([
      {
        duty: 'auditor',
        judges: [
          { member: 'ann', at: 'fields.lead' },
          { member: 'ben', at: 'fields.independenceRows.0.auditor' },
          { member: 'dot', at: 'fields.independenceRows.2.auditor' },
        ],
        period: { from: '2025-07-01', to: '2026-06-30' },
        over: { systems: ['s1', 's2'] },
      },
    ]);
  });

  test('is looked at once it runs and when it is reported, not while it is planned or after it was cancelled', () => {
    expect(looks(audit, 'reported')).toHaveLength(1);
    for (const state of ['planned', 'cancelled']) expect(looks(audit, state)).toEqual([]);
  });

  test('without systems looks at what its criteria are kept by; without criteria at everything but the auditors’ own', () => {
    const over = (criteria: string[]) => {
      const [look] = looks(record('audit', { lead: 'ann', criteria }), 'under-way');
      return look && 'kinds' in look.over ? look.over.kinds : [];
    };
    expect(over(['10.2'])).toContain('corrective-action');
    expect(over(['10.2'])).not.toContain('supplier');
    expect(over([])).toContain('supplier');
    for (const kind of officeKinds) expect(over([])).not.toContain(kind);
  });

  test('without a period looks at the year before today', () => {
    expect(looks(record('audit', { lead: 'ann' }), 'under-way')[0]?.period).toEqual({
      from: '2025-11-21',
      to: today,
    });
  });

  test('that nobody leads yet looks at nobody', () => {
    expect(looks(record('audit', {}), 'under-way')).toEqual([]);
  });
});

describe('a walk', () => {
  const walk = (independence: string, system: string | null = 's1') =>
    record('walk', { walker: 'ann', independence, periodTo: '2026-06-30' }, {}, system);

  test('looks at a walker who is said to be independent, over the system walked', () => {
    expect(looks(walk('independent'), 'concluded')).toEqual([
      {
        duty: 'auditor',
        judges: [{ member: 'ann', at: 'fields.walker' }],
        period: { from: '2025-06-30', to: '2026-06-30' },
        over: { systems: ['s1'] },
      },
    ]);
  });

  test('asks nothing of who says that they had a part, of an item outside the register, or before it is concluded', () => {
    expect(looks(walk('had-a-part'), 'concluded')).toEqual([]);
    expect(looks(walk('independent', null), 'concluded')).toEqual([]);
    expect(looks(walk('independent'), 'under-way')).toEqual([]);
  });
});

describe('a control test', () => {
  const links = { control: ['c1'], implementation: ['i1', 'i2'] };

  test('looks at what it names, over all the time until it is recorded', () => {
    const test = record(
      'control-test',
      { tester: 'ann', periodFrom: '2025-01-01', periodTo: '2025-06' },
      links,
    );
    expect(looks(test, 'concluded')).toEqual([
      {
        duty: 'tester',
        judges: [{ member: 'ann', at: 'fields.tester' }],
        period: { from: '0001-01-01', to: today },
        over: { records: ['c1', 'i1', 'i2'], implementationsOf: [], system: null },
      },
    ]);
  });

  test('leaves nobody’s part out by a period or a day that somebody typed', () => {
    const fields = { tester: 'ann', testedOn: '2001-05', periodFrom: '2000-02-01', periodTo: '2000-02-02' };
    expect(looks(record('control-test', fields, links), 'concluded')[0]?.period).toEqual({
      from: '0001-01-01',
      to: today,
    });
  });

  test('that names no implementation looks at all of the control in its system', () => {
    const test = record('control-test', { tester: 'ann' }, { control: ['c1'] }, 's1');
    expect(looks(test, 'concluded')[0]?.over).toEqual({
      records: ['c1'],
      implementationsOf: ['c1'],
      system: 's1',
    });
  });

  test('asks nothing while it is planned, without a tester, or without a control', () => {
    expect(looks(record('control-test', { tester: 'ann' }, links), 'planned')).toEqual([]);
    expect(looks(record('control-test', {}, links), 'concluded')).toEqual([]);
    expect(looks(record('control-test', { tester: 'ann' }), 'concluded')).toEqual([]);
  });
});

test('a verification looks at whoever gives the verdict, over who wrote or owns the version and its design', () => {
  const made = (fields: Record<string, Json>, links: Record<string, string[]>) =>
    record('verification', fields, links, 's1');
  expect(looks(made({ decidedBy: 'ann' }, { version: ['v1'] }), 'concluded')).toEqual([
    {
      duty: 'verifier',
      judges: [{ member: 'ann', at: 'fields.decidedBy' }],
      period: { from: '0001-01-01', to: today },
      over: { records: ['v1'], implementationsOf: [], system: 's1', kindsThere: ['design-record'] },
      by: ['wrote', 'owned'],
    },
  ]);
  expect(looks(made({}, { version: ['v1'] }), 'concluded')).toEqual([]);
  expect(looks(made({ decidedBy: 'ann' }, { version: ['v1'] }), 'under-way')).toEqual([]);
});

test('no other kind is looked at, and the kinds named are kinds', () => {
  for (const { name, lifecycle } of registry.kinds)
    if (!['audit', 'walk', 'control-test', 'verification'].includes(name))
      for (const state of Object.keys(lifecycle.states))
        expect(looks(record(name, { lead: 'a', walker: 'a', tester: 'a' }), state)).toEqual([]);
  for (const name of [...officeKinds, ...ownedKinds])
    expect(registry.kinds.map((kind) => kind.name)).toContain(name);
});
