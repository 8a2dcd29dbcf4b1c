import { expect, test } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { grouped, groupings } from './grouping.ts';

const rows = [
  testRow({ id: 'a', fields: { unit: 'Claims' } }),
  testRow({ id: 'b', fields: { unit: 'claims' } }),
  testRow({ id: 'c', fields: { unit: 'Legal' } }),
  testRow({ id: 'd', fields: {} }),
];

test('groups by choices, people, state and short texts, never by the title or a day', () => {
  expect(groupings(testKind)).toEqual(['state', 'owner', 'unit', 'level']);
});

test('puts a head before each group with its count; writing in capitals makes no other group', () => {
  const facets = [
    { value: 'claims', count: 12 },
    { value: 'legal', count: 1 },
  ];
  const lines = grouped(testKind, 'unit', rows, {}, facets);
  expect(lines.map((line) => (line.type === 'group' ? `${line.label} ${line.count}` : line.id))).toEqual([
    'Claims 12',
    'a',
    'b',
    'Legal 1',
    'c',
    'Unit is empty undefined',
    'd',
  ]);
});

test('reads the place of an option off the front of its facet', () => {
  const lines = grouped(testKind, 'state', [testRow({ id: 'a', state: 'live' })], {}, [
    { value: '03 live', count: 7 },
  ]);
  expect(lines[0]).toMatchObject({ type: 'group', label: 'Live', count: 7 });
});

test('without a group there are rows alone', () => {
  expect(grouped(testKind, undefined, rows, {}, undefined).every((line) => line.type === 'row')).toBe(true);
});
