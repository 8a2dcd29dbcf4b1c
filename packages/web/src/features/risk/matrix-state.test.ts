import { expect, test } from 'vitest';
import { courseOf, edgesOf, isEarlier } from './matrix-state.ts';

test('the line of the threshold runs between what is above it and what is not, and never round the matrix', () => {
  const stairs = [
    [false, true, true],
    [false, false, true],
    [false, false, false],
  ];
  expect(edgesOf(stairs)).toEqual([
    [[], ['bottom', 'left'], []],
    [[], [], ['bottom', 'left']],
    [[], [], []],
  ]);
  const island = [
    [false, false, false],
    [false, true, false],
    [false, false, false],
  ];
  expect(edgesOf(island)[1]?.[1]).toEqual(['top', 'right', 'bottom', 'left']);
  for (const all of [true, false]) {
    const alike = [
      [all, all],
      [all, all],
    ];
    expect(edgesOf(alike).flat(2)).toEqual([]);
  }
  expect(edgesOf([[true, false]])).toEqual([[['right'], []]]);
  expect(edgesOf([])).toEqual([]);
});

const day = (n: number, high: number, low = 0) => ({
  ...{ day: `2026-05-0${n}`, levels: { low, high, none: 0 }, total: high + low },
});
const upper = [{ id: 'high' }, { id: 'severe' }];

test('a register that held risks before the first day went from there', () => {
  const days = [day(1, 3), day(2, 5), day(3, 2)];
  expect(courseOf(days, upper)).toEqual({ first: 3, last: 2, began: null, days });
  const mild = [day(1, 0, 1), day(2, 4, 1)];
  expect(courseOf(mild, upper)).toEqual({ first: 0, last: 4, began: null, days: mild });
});

test('a register that began within the days is counted from its first day, not from nothing', () => {
  const days = [day(1, 0), day(2, 0), day(3, 8), day(4, 9)];
  expect(courseOf(days, upper)).toEqual({ first: 8, last: 9, began: '2026-05-03', days: days.slice(2) });
  const mild = courseOf([day(1, 0), day(2, 0, 4), day(3, 1, 4)], upper);
  expect(mild).toMatchObject({ first: 0, last: 1, began: '2026-05-02' });
});

test('a register that holds nothing, or empties, has not begun anew', () => {
  const empty = [day(1, 0), day(2, 0)];
  expect(courseOf(empty, upper)).toEqual({ first: 0, last: 0, began: null, days: empty });
  const closed = [day(1, 2), day(2, 0), day(3, 1)];
  expect(courseOf(closed, upper)).toMatchObject({ first: 2, last: 1, began: null });
  expect(courseOf([], upper)).toEqual({ first: 0, last: 0, began: null, days: [] });
});

test('criteria are earlier by their version alone, and only of the same record', () => {
  expect(isEarlier('RCR-1 v2', 'RCR-1 v10')).toBe(true);
  expect(isEarlier('RCR-1 v10', 'RCR-1 v2')).toBe(false);
  expect(isEarlier('RCR-2 v1', 'RCR-1 v2')).toBe(false);
});
