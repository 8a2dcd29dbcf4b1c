import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  control,
  controlTest,
  implementation,
  line,
  soaRecord,
  systemsNamed,
  treatment,
} from '../../test/soa/kit.ts';
import { catalogue, now, organisationInputs, record } from '../../test/trace/kit.ts';
import { organisationFacts } from '../trace/organisation-facts.ts';
import { type Groups, groupsOf, regroup } from './groups.ts';
import { deriveStatement, statementOf } from './statement.ts';
import type { SoaRecord } from './types.ts';

const on = (controls: readonly string[]) => ({ links: { controls } });
const ids = (groups: Groups) =>
  [...groups]
    .map(([of, { calling, implementations, tests }]) => [
      of,
      ...[calling, implementations, tests].map((some) =>
        some
          .map(({ id }) => id)
          .sort()
          .join(' '),
      ),
    ])
    .filter(([, ...parts]) => parts.some(Boolean))
    .sort();

test('a record stands once under each control that it names, by what it does for it', () => {
  const records = [
    treatment('trt-1', on(['a', 'b', 'a'])),
    treatment('trt-2', { links: {} }),
    implementation('imp', 'planned', { links: { control: ['a'] } }),
    controlTest('tst', 'effective', '2026-10-01', { links: { control: ['b'] } }),
    soaRecord('evidence', 'evd', on(['a'])),
  ];
  expect(ids(groupsOf(records))).toEqual([
    ['a', 'trt-1', 'imp', ''],
    ['b', 'trt-1', '', 'tst'],
  ]);
});

describe('after changes', () => {
  const before = [
    treatment('trt-1', on(['a'])),
    treatment('trt-2', on(['b'])),
    treatment('trt-3', on(['c'])),
  ];
  const groups = groupsOf(before);

  test('a control that no change names keeps its very group', () => {
    const after = { ...treatment('trt-1', on(['a', 'b'])) };
    const next = regroup(groups, [{ before: before[0], after }]);
    expect(next.get('c')).toBe(groups.get('c'));
    expect(next.get('b')).not.toBe(groups.get('b'));
    expect(ids(next)).toEqual([
      ['a', 'trt-1', '', ''],
      ['b', 'trt-1 trt-2', '', ''],
      ['c', 'trt-3', '', ''],
    ]);
  });

  test('what is gone leaves its group, and what is new makes one', () => {
    const next = regroup(groups, [
      { before: before[1], after: undefined },
      { before: undefined, after: treatment('trt-4', on(['d'])) },
    ]);
    expect(ids(next).map(([of]) => of)).toEqual(['a', 'c', 'd']);
  });

  const some = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('1', '2', '3', '4', '5'),
      kind: fc.constantFrom('treatment', 'implementation', 'control-test'),
      controls: fc.subarray(['a', 'b', 'c']),
    }),
    { selector: ({ id }) => id },
  );
  const made = ({ id, kind, controls }: { id: string; kind: string; controls: string[] }): SoaRecord =>
    soaRecord(kind, id, { links: kind === 'treatment' ? { controls } : { control: controls.slice(0, 1) } });

  test('groups are what grouping everything anew gives', () => {
    fc.assert(
      fc.property(some, some, (then, later) => {
        const [old, fresh] = [then, later].map((all) => new Map(all.map((one) => [one.id, made(one)])));
        if (!old || !fresh) throw new Error('Two states');
        const changes = [...new Set([...old.keys(), ...fresh.keys()])].map((id) => ({
          before: old.get(id),
          after: fresh.get(id),
        }));
        expect(ids(regroup(groupsOf(old.values()), changes))).toEqual(ids(groupsOf(fresh.values())));
      }),
    );
  });
});

describe('a statement derived again', () => {
  const second = record('control', 'ctl-2', { state: 'adopted', fields: { item: 'A.2.2' } });
  const shared = [control(), line(), second];
  const facts = (records = shared, organisation = {}) => {
    const inputs = organisationInputs({
      records,
      organisation: { ...organisation, systems: systemsNamed(2) },
    });
    // A reading hands over the same object for a record that did not change.
    return organisationFacts({ ...inputs, records }, catalogue, now);
  };
  const interim = new Map();
  const inputs = () => undefined;
  const records = [treatment('trt'), implementation('imp', 'in-place')];
  const groups = groupsOf(records);
  const first = deriveStatement({ organisation: facts(), groups, interim, inputs });
  const rows = ({ statement }: typeof first) => new Map(statement.rows.map((row) => [row.id, row]));
  const again = (o: { organisation?: ReturnType<typeof facts>; groups?: Groups }) =>
    rows(deriveStatement({ organisation: facts(), groups, interim, inputs, ...o }, first.memo));

  test('keeps every row where nothing changed', () => {
    for (const [id, row] of again({})) expect(row, id).toBe(rows(first).get(id));
  });

  test('derives the row alone whose records changed, and is what a first derivation gives', () => {
    const after = implementation('imp', 'planned');
    const changed = regroup(groups, [{ before: records[1], after }]);
    const next = again({ groups: changed });
    expect(next.get('A.2.2')).toBe(rows(first).get('A.2.2'));
    expect(next.get('A.6.2.4')).not.toBe(rows(first).get('A.6.2.4'));
    expect([...next.values()]).toEqual(
      statementOf({ organisation: facts(), groups: changed, interim, inputs }).rows,
    );
  });

  test.each([
    ['its line', [control(), line({ fields: { justification: 'Other words' } }), second]],
    ['its control', [control({ title: 'Another title' }), shared[1] ?? line(), second]],
  ])('derives the row alone of which %s changed', (_, changed) => {
    const next = again({ organisation: facts(changed) });
    expect(next.get('A.6.2.4')).not.toBe(rows(first).get('A.6.2.4'));
    expect(next.get('A.2.3')).toBe(rows(first).get('A.2.3'));
  });

  test.each([
    ['who is one person', { samePersons: [['ann', 'cid']] as const }],
    ['how long a test counts', { intervals: { control_test: 'P6M' } }],
    ['the table of authority', { authority: [] as const, timeZone: 'UTC' }],
  ])('derives all rows anew where %s changed', (_, organisation) => {
    const next = again({ organisation: facts(shared, organisation) });
    for (const [id, row] of next) expect(row, id).not.toBe(rows(first).get(id));
  });
});
