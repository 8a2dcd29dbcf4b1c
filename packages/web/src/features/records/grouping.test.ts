import { expect, test } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { allFolded, type Grouping, grouped, groupings, groupKeys, type Line, ungrouped } from './grouping.ts';

const rows = [
  testRow({ id: 'd', fields: {} }),
  testRow({ id: 'a', fields: { unit: 'Claims' } }),
  testRow({ id: 'b', fields: { unit: 'claims' } }),
  testRow({ id: 'c', fields: { unit: 'Legal' } }),
];
const facets = [
  { value: 'claims', label: 'Claims', count: 12, gaps: 30 },
  { value: '', label: '', count: 4, gaps: 0 },
  { value: 'legal', label: 'Legal', count: 1, gaps: 1 },
  { value: 'motor', label: 'Motor', count: 5, gaps: 2 },
];
const group = (more: Partial<Grouping> = {}): readonly Line[] =>
  grouped({ kind: testKind, part: 'unit', rows, names: {}, facets, folded: new Set(), more: true, ...more });
const told = (lines: readonly Line[]): readonly string[] =>
  lines.map((line) => (line.type === 'group' ? `${line.group.label}: ${line.group.detail ?? '?'}` : line.id));

test('groups by choices, people, state and short texts, never by the title or a day', () => {
  expect(groupings(testKind)).toEqual(['state', 'owner', 'unit', 'level']);
});

test('puts a head before each group with its rows and gaps; writing in capitals makes no other group', () => {
  expect(told(group())).toEqual([
    'Unit is empty: 4 rows · 0 gaps',
    'd',
    'Claims: 12 rows · 30 gaps',
    'a',
    'b',
    'Legal: 1 row · 1 gap',
    'c',
  ]);
});

test('a folded group keeps its head and gives up its rows, which can still be chosen', () => {
  const lines = group({ folded: new Set(['claims']) });
  expect(told(lines)).toEqual([
    'Unit is empty: 4 rows · 0 gaps',
    'd',
    'Claims: 12 rows · 30 gaps',
    'Legal: 1 row · 1 gap',
    'c',
  ]);
  expect(lines[2]).toMatchObject({ key: 'claims', group: { folded: true, ids: ['a', 'b'] } });
});

test('a group folded before a row of it came has its place among the others, by the words of the server', () => {
  const legalAlone = { rows: rows.slice(3), folded: new Set(['claims', 'motor']) };
  expect(told(group(legalAlone))).toEqual(['Claims: 12 rows · 30 gaps', 'Legal: 1 row · 1 gap', 'c']);
  // Motor comes after what is loaded: it is told once nothing can come between.
  expect(told(group({ ...legalAlone, more: false }))).toEqual([
    'Claims: 12 rows · 30 gaps',
    'Legal: 1 row · 1 gap',
    'c',
    'Motor: 5 rows · 2 gaps',
  ]);
});

test('with everything folded there are heads alone, in the order of the list', () => {
  const folded = new Set(['claims', '', 'legal', 'motor']);
  expect(told(group({ rows: [], folded, more: false }))).toEqual([
    'Unit is empty: 4 rows · 0 gaps',
    'Claims: 12 rows · 30 gaps',
    'Legal: 1 row · 1 gap',
    'Motor: 5 rows · 2 gaps',
  ]);
  expect(allFolded(facets, folded)).toBe(true);
  expect(allFolded(facets, new Set(['claims']))).toBe(false);
  expect(allFolded(undefined, folded)).toBe(false);
});

test('until the groups are counted, and where one was not counted, the rows alone say what there is', () => {
  const heads = ['Unit is empty: ?', 'd', 'Claims: ?', 'a', 'b', 'Legal: ?', 'c'];
  expect(told(group({ facets: undefined }))).toEqual(heads);
  const partly = group({ facets: facets.slice(0, 1), folded: new Set(['motor']) });
  expect(told(partly)[2]).toBe('Claims: 12 rows · 30 gaps');
  expect(partly).toHaveLength(7);
});

test('reads the place of an option off the front of its facet, and a person by name', () => {
  const state = group({
    part: 'state',
    rows: [testRow({ id: 'a', state: 'live' })],
    facets: [{ value: '03 live', label: 'Live', count: 7 }],
  });
  expect(told(state)[0]).toBe('Live: 7 rows');
  const person = group({
    part: 'owner',
    rows: [],
    facets: [{ value: 'p1', label: 'p1', count: 3 }],
    names: { p1: 'Head of claims' },
    folded: new Set(['p1']),
    more: false,
  });
  expect(told(person)).toEqual(['Head of claims: 3 rows']);
});

test('the keys of groups are what rows and heads are folded by', () => {
  const keys = groupKeys(facets);
  expect(keys).toEqual(['claims', '', 'legal', 'motor']);
  const heads = group().flatMap((line) => (line.type === 'group' ? [line.key] : []));
  expect(heads.every((key) => keys.includes(key))).toBe(true);
  expect(groupKeys(undefined)).toEqual([]);
});

test('without a group there are rows alone', () => {
  expect(ungrouped(rows).map((line) => line.type)).toEqual(['row', 'row', 'row', 'row']);
});
