import { expect, test } from 'vitest';
import { extendSelection, foldAct, gridAct, toggleGroup, toggleSelection } from './grid-keys.ts';

const shape = { rows: 100, columns: 5, page: 20 };
const to = (chord: string, row: number, column: number) => {
  const act = gridAct(chord, { row, column }, shape);
  return act?.act === 'move' ? [act.to.row, act.to.column] : act?.act;
};

test.each([
  ['arrowdown', 0, 0, [1, 0]],
  ['arrowup', 0, 2, [-1, 2]],
  ['arrowup', -1, 2, [-1, 2]],
  ['arrowright', 3, 4, [3, 4]],
  ['arrowleft', 3, 1, [3, 0]],
  ['pagedown', 90, 1, [99, 1]],
  ['pageup', 5, 1, [0, 1]],
  ['home', 7, 3, [7, 0]],
  ['end', 7, 3, [7, 4]],
  ['mod+end', 7, 3, [99, 4]],
  ['j', 99, 0, [99, 0]],
  ['k', 0, 0, [0, 0]],
])('%s from row %i, column %i', (chord, row, column, expected) =>
  expect(to(chord, row, column)).toEqual(expected),
);

test.each([
  ['enter', 'open'],
  ['space', 'peek'],
  ['x', 'select'],
  ['e', 'edit'],
  ['escape', 'clear'],
  ['mod+a', 'select-all'],
])('%s asks to %s', (chord, act) => expect(to(chord, 1, 1)).toBe(act));

test('shift extends over rows, never into the head, and means nothing with other keys', () => {
  expect(gridAct('shift+k', { row: 0, column: 1 }, shape)).toEqual({
    act: 'move',
    extend: true,
    to: { row: 0, column: 1 },
  });
  expect(gridAct('shift+arrowdown', { row: 4, column: 1 }, shape)).toEqual({
    act: 'move',
    extend: true,
    to: { row: 5, column: 1 },
  });
  expect(gridAct('shift+home', { row: 4, column: 1 }, shape)).toBeNull();
  expect(gridAct('q', { row: 4, column: 1 }, shape)).toBeNull();
});

test('extending adds the rows between, in either direction, to what was chosen', () => {
  const ids = ['a', 'b', 'c', 'd', 'e'];
  expect([...extendSelection(ids, new Set(['e']), 2, 0)].sort()).toEqual(['a', 'b', 'c', 'e']);
  expect([...toggleSelection(new Set(['a', 'b']), 'a')]).toEqual(['b']);
});

test.each([
  ['enter', false, true],
  ['enter', true, false],
  ['space', true, false],
  ['arrowleft', false, true],
  ['arrowleft', true, null],
  ['arrowright', true, false],
  ['arrowright', false, null],
  ['j', false, null],
])('%s on the head of a group that is folded: %s', (chord, folded, expected) =>
  expect(foldAct(chord, folded)).toBe(expected),
);

test('a group is taken whole, and given back where all of it was taken', () => {
  expect([...toggleGroup(new Set(['a', 'x']), ['a', 'b'])]).toEqual(['a', 'x', 'b']);
  expect([...toggleGroup(new Set(['a', 'b', 'x']), ['a', 'b'])]).toEqual(['x']);
  expect([...toggleGroup(new Set(), [])]).toEqual([]);
});
