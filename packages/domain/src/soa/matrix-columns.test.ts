import { expect, test } from 'vitest';
import type { MatrixWire } from '../wire-soa.ts';
import { byUnit, cellsIn, columnsOf, foldedCounts, isChosen } from './matrix-columns.ts';

const part = (values: string[], of: number[]) => ({ values, of });
const matrix: Pick<MatrixWire, 'rows' | 'systems'> = {
  systems: {
    ref: ['SYS-1', 'SYS-2', 'SYS-3', 'SYS-4', 'SYS-5'],
    title: ['a', 'b', 'c', 'd', 'e'],
    running: '11111',
    stage: part([], []),
    unit: part(['Motor', 'Claims'], [0, 1, -1, 0, 1]),
    owner: part([], []),
  },
  rows: ['imm--', 'ipImi'].map((cells, at) => ({
    ...{ id: `A.${at}`, title: '', topic: null, control: null, decided: 'applicable' as const, at: null },
    cells,
  })),
};
const view = byUnit(matrix, { rows: [0, 1], systems: [0, 1, 2, 3, 4] });

test('systems stand by unit, in the order of the register inside one, and those of none last', () => {
  expect(view.systems).toEqual([1, 4, 0, 3, 2]);
});

test('each unit has a head over its columns, and a folded one is a single column', () => {
  expect(columnsOf(matrix, view, new Set()).heads).toEqual([
    { unit: 'Claims', column: 0, columns: 2, systems: 2, folded: false },
    { unit: 'Motor', column: 2, columns: 2, systems: 2, folded: false },
    { unit: null, column: 4, columns: 1, systems: 1, folded: false },
  ]);
  const { columns, heads } = columnsOf(matrix, view, new Set(['Claims', '']));
  expect(columns).toEqual([
    { type: 'unit', unit: 'Claims', from: 0, to: 2 },
    { type: 'system', at: 2 },
    { type: 'system', at: 3 },
    { type: 'unit', unit: null, from: 4, to: 5 },
  ]);
  expect(heads.map(({ column, columns: n, folded }) => [column, n, folded])).toEqual([
    [0, 1, true],
    [1, 2, false],
    [3, 1, true],
  ]);
  expect(columnsOf(matrix, { systems: [1, 4] }, new Set(['Claims']))).toEqual({
    columns: [
      { type: 'system', at: 0 },
      { type: 'system', at: 1 },
    ],
    heads: [],
  });
});

test('a folded unit says how the control stands over its systems', () => {
  expect(foldedCounts(matrix, view, { row: 0, from: 0, to: 2 })).toEqual({
    asked: 1,
    inPlace: 0,
    lacking: 1,
  });
  expect(foldedCounts(matrix, view, { row: 1, from: 2, to: 4 })).toEqual({
    asked: 2,
    inPlace: 1,
    lacking: 1,
  });
});

test('a choice is the rectangle between two places, whichever was first, without what is folded away', () => {
  const choice = { from: { row: 1, column: 3 }, to: { row: 0, column: 0 } };
  expect(isChosen(choice, { row: 0, column: 2 })).toBe(true);
  expect(isChosen(choice, { row: 0, column: 4 })).toBe(false);
  const { columns } = columnsOf(matrix, view, new Set(['Claims']));
  expect(cellsIn(choice, view, columns)).toEqual([
    { row: 0, system: 0 },
    { row: 0, system: 3 },
    { row: 0, system: 2 },
    { row: 1, system: 0 },
    { row: 1, system: 3 },
    { row: 1, system: 2 },
  ]);
});
