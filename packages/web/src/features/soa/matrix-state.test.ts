import { expect, test } from 'vitest';
import { choiceAfter, filterOf, linesOf, placeAfter } from './matrix-state.ts';

test('the address is read as a filter, and what it does not know is left out', () => {
  expect(filterOf({ unit: 'Claims', state: 'missing', cols: 'x', owner: '' })).toEqual({
    unit: 'Claims',
    state: 'missing',
  });
});

const row = (id: string, topic: { id: string; title: string } | null) => ({
  ...{ id, title: id, topic, decided: 'applicable' as const, control: null, at: null, cells: '' },
});
const [policies, data] = [
  { id: 'A.2', title: 'Policies' },
  { id: 'A.7', title: 'Data' },
];

test('controls stand under the heads of their topics, own ones under theirs, and a head without rows is left out', () => {
  const rows = [row('A.2.2', policies), row('A.7.2', data), row('A.7.4', data), row('X-1', null)];
  expect(linesOf({ rows }, { rows: [0, 2, 3], systems: [] })).toEqual([
    { type: 'topic', id: 'A.2', title: 'Policies' },
    { type: 'control', at: 0 },
    { type: 'topic', id: 'A.7', title: 'Data' },
    { type: 'control', at: 1 },
    { type: 'topic', id: 'own', title: null },
    { type: 'control', at: 2 },
  ]);
});

test.each([
  ['ArrowDown', false, { row: 2, column: 1 }],
  ['ArrowUp', false, { row: 0, column: 1 }],
  ['ArrowRight', false, { row: 1, column: 2 }],
  ['ArrowLeft', false, { row: 1, column: 0 }],
  ['PageDown', false, { row: 4, column: 1 }],
  ['PageUp', false, { row: 0, column: 1 }],
  ['Home', false, { row: 1, column: 0 }],
  ['End', false, { row: 1, column: 2 }],
  ['Home', true, { row: 0, column: 0 }],
  ['End', true, { row: 4, column: 2 }],
  ['x', false, null],
] as const)('%s (with control: %s) leads no further than the edge', (key, whole, place) => {
  expect(placeAfter({ row: 1, column: 1 }, key, whole, { rows: 5, columns: 3 })).toEqual(place);
});

test('a choice goes on from where it began, or from where the keyboard stood', () => {
  const [here, there, began] = [
    { row: 1, column: 1 },
    { row: 3, column: 0 },
    { row: 0, column: 0 },
  ];
  expect(choiceAfter(null, here, there)).toEqual({ from: here, to: there });
  expect(choiceAfter({ from: began, to: here }, here, there)).toEqual({ from: began, to: there });
});
