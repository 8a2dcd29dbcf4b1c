import { describe, expect, test } from 'vitest';
import { control, implementation, line, type SoaWorld, systemsNamed, world } from '../../test/soa/kit.ts';
import { act, record } from '../../test/trace/kit.ts';
import { matrixOf, matrixSystems } from './matrix.ts';

const acceptedRisk = () =>
  record('risk', 'rsk', {
    state: 'in-treatment',
    approvals: [act('approve')],
    fields: { acceptanceType: 'interim', currentLevel: 'low' },
  });
const shared = (at: 'organisation' | 'system', decision = 'applicable') => [
  control({ fields: { implementedAt: at } }),
  line({ fields: { decision } }),
];
const cells = (told: SoaWorld, id = 'A.6.2.4'): string => {
  const { around, groups, statement } = world(told);
  const found = matrixOf(around, groups, statement).rows.find(({ row }) => row.id === id);
  if (!found) throw new RangeError(id);
  return found.cells;
};
const later = { plannedOn: '2199-01-31', firstPlannedOn: '2199-01-31' };
const over = { plannedOn: '2199-01-31', firstPlannedOn: '2020-01-31' };

describe('a control that each system puts in place', () => {
  test('stands on each as far as its own implementation, and is missing on the others', () => {
    const records = [
      implementation('one', 'in-place', { system: 'sys-1' }),
      implementation('two', 'partly', { system: 'sys-2' }),
      implementation('four', 'ended', { system: 'sys-4' }),
      implementation('all', 'in-place', { system: null }),
    ];
    expect(cells({ running: 4, records })).toBe('ipmm');
  });

  test('of several implementations on one system the furthest counts', () => {
    const records = ['planned', 'in-place', 'partly'].map((state) =>
      implementation(state, state, { system: 'sys-1' }),
    );
    expect(cells({ records })).toBe('i');
  });

  test.each([
    ['accepted within authority before its first day', later, true, 'l'],
    ['whose risk nobody accepted', later, false, 'g'],
    ['whose first day is over', over, true, 'g'],
    ['without a day', {}, true, 'g'],
  ])('a plan %s', (_, fields, isAccepted, letter) => {
    const records = [
      implementation('plan', 'planned', { fields, links: { control: ['ctl'], interimRisk: ['rsk'] } }),
    ];
    expect(cells({ records, interim: isAccepted ? [acceptedRisk()] : [] })).toBe(letter);
  });
});

describe('a control that the organisation puts in place once', () => {
  test('stands the same on each running system, and a deviation counts before it', () => {
    const records = [
      implementation('all', 'in-place', { system: null }),
      implementation('own', 'partly', { system: 'sys-2' }),
    ];
    expect(cells({ running: 3, records, shared: shared('organisation') })).toBe('IpI');
  });

  test('is missing on all where nothing stands', () => {
    expect(cells({ running: 2, shared: shared('organisation') })).toBe('MM');
  });
});

test('nothing is asked of systems that do not run, nor by a control that is excluded or not adopted', () => {
  const systems = systemsNamed(3).map((system, at) => (at === 1 ? { ...system, state: 'retired' } : system));
  expect(cells({ organisation: { systems } })).toBe('m-m');
  expect(cells({ running: 2, shared: shared('system', 'excluded') })).toBe('--');
  expect(cells({ running: 2 }, 'A.2.2')).toBe('--');
  // What stands although nobody asks for it is shown.
  const standing = [implementation('one', 'in-place', { system: 'sys-2' })];
  expect(cells({ running: 2, records: standing, shared: shared('system', 'excluded') })).toBe('-i');
});

test('columns stand in the order of their numbers, with unit and owner', () => {
  const systems = [11, 2, 1].map((n) => ({
    ...{ id: `sys-${n}`, ref: `SYS-${n}`, title: `System ${n}`, state: 'operation-monitoring' },
    fields: { unit: 'Claims', owner: 'ann' },
  }));
  const { around } = world({ organisation: { systems } });
  expect(matrixSystems(around)).toMatchObject([
    { ref: 'SYS-1', unit: 'Claims', owner: 'ann', running: true },
    { ref: 'SYS-2' },
    { ref: 'SYS-11' },
  ]);
});

describe('letters that are kept', () => {
  const kept = new WeakMap();
  const records = [implementation('one', 'partly', { system: 'sys-1' })];
  const { around, groups, statement } = world({ running: 2, records });
  const lettersOf = (found: ReturnType<typeof matrixOf>) =>
    found.rows.find(({ row }) => row.id === 'A.6.2.4')?.cells;
  const first = lettersOf(matrixOf(around, groups, statement, kept));

  test('stand for a row that was not derived anew, over the same systems', () => {
    // Groups without the implementation tell whether it is looked at again.
    expect(lettersOf(matrixOf(around, new Map(), statement, kept))).toBe(first);
    expect(first).toBe('pm');
  });

  test('are put down anew once a system comes or goes', () => {
    const [one] = around.organisation.systems;
    if (!one) throw new RangeError('No system');
    const fewer = { ...around, organisation: { ...around.organisation, systems: new Map([one]) } };
    expect(lettersOf(matrixOf(fewer, groups, statement, kept))).toBe('p');
  });

  test('are put down anew once the row was derived anew', () => {
    const rows = statement.rows.map((row) => ({ ...row }));
    expect(lettersOf(matrixOf(around, new Map(), { rows }, kept))).toBe('mm');
  });
});
