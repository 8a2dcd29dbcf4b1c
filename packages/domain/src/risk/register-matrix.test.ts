import fc from 'fast-check';
import { expect, test } from 'vitest';
import { squareless } from '../../test/risk/criteria.ts';
import { criteriaOf } from './criteria.ts';
import { levelTrend, matrixOf, type RatedCount } from './register-matrix.ts';

const criteria = criteriaOf(squareless());
const name = 'RCR-1 v3';
const count = (changes: Partial<RatedCount>): RatedCount => ({
  likelihood: 'Often',
  consequence: 'Hard',
  level: 'high',
  criteria: name,
  risks: 1,
  ...changes,
});
const cell = (counts: readonly RatedCount[], likelihood: string, consequence: string) =>
  matrixOf(criteria, 'individuals', name, counts).cells.find(
    (one) => one.likelihood === likelihood && one.consequence === consequence,
  );

test('each pair of steps is a cell with its level, a bearer with steps of its own has a matrix of its own', () => {
  const { cells } = matrixOf(criteria, 'individuals', name, []);
  expect(cells).toHaveLength(6);
  expect(cells.every(({ risks }) => risks === 0)).toBe(true);
  expect(cells.find((one) => one.likelihood === 'Often' && one.consequence === 'Worst')?.level).toBe(
    'severe',
  );
  expect(matrixOf(criteria, 'society', name, []).cells.map(({ consequence }) => consequence)).toEqual([
    'Local',
    'Everywhere',
    'Local',
    'Everywhere',
  ]);
});

test('risks are counted where their steps stand, in whatever spelling', () => {
  const counts = [count({ risks: 3 }), count({ likelihood: ' often', consequence: 'HARD', risks: 2 })];
  expect(cell(counts, 'Often', 'Hard')).toMatchObject({ level: 'high', risks: 5 });
  expect(cell(counts, 'Seldom', 'Hard')).toMatchObject({ risks: 0 });
});

test('what has no place is counted apart: other criteria, lost steps, no level', () => {
  const matrix = matrixOf(criteria, 'individuals', name, [
    count({ risks: 4 }),
    count({ consequence: 'Gone', risks: 2 }),
    count({ likelihood: null, consequence: null, risks: 1 }),
    count({ criteria: 'RCR-1 v1', risks: 7 }),
    count({ criteria: null, likelihood: null, consequence: null, risks: 9 }),
    count({ level: null, likelihood: null, consequence: null, criteria: null, risks: 5 }),
  ]);
  expect(matrix).toMatchObject({ unplaced: 3, unrated: 5, total: 28 });
  expect(matrix.others).toEqual([
    { criteria: null, risks: 9 },
    { criteria: 'RCR-1 v1', risks: 7 },
  ]);
});

const step = fc.constantFrom('Often', 'Seldom', 'Gone', null);
const anyCount: fc.Arbitrary<RatedCount> = fc.record({
  likelihood: step,
  consequence: fc.constantFrom('Mild', 'Hard', 'Worst', 'Strange', null),
  level: fc.constantFrom('low', 'high', null),
  criteria: fc.constantFrom(name, 'RCR-1 v1', null),
  risks: fc.nat(50),
});

test('every risk is counted once, wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(anyCount), (counts) => {
      const { cells, unplaced, others, unrated, total } = matrixOf(criteria, 'individuals', name, counts);
      const of = (parts: readonly { risks: number }[]) => parts.reduce((all, { risks }) => all + risks, 0);
      expect(of(cells) + unplaced + of(others) + unrated).toBe(total);
      expect(total).toBe(of(counts));
      expect(unplaced).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('levels of a day are those of its end, and what came before the first day is where it begins', () => {
  const moves = [
    { day: '2026-05-03', level: 'high', risks: -1 },
    { day: '2026-05-03', level: 'low', risks: 1 },
    { day: '2026-04-01', level: 'high', risks: 2 },
    { day: '2026-05-05', level: null, risks: 1 },
  ];
  const days = ['2026-05-02', '2026-05-03', '2026-05-04', '2026-05-05'];
  const trend = levelTrend(moves, days);
  expect(trend.map(({ levels }) => [levels.high, levels.low, levels.none])).toEqual([
    [2, 0, 0],
    [1, 1, 0],
    [1, 1, 0],
    [1, 1, 1],
  ]);
  expect(trend.map(({ total }) => total)).toEqual([2, 2, 2, 3]);
  expect(levelTrend([], days).every(({ total }) => total === 0)).toBe(true);
});
