import { expect, test } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { layoutOf } from '../../ui/grid/grid-layout.ts';
import { gridColumns, widthIn } from './register-cells.tsx';
import { lineFirst, usualColumns } from './register-columns.ts';
import { atLeast, lettersOf } from './use-letters.ts';

const names = { 'm-1': 'Head of underwriting' };
const row = testRow({ title: 'Claims triage', fields: { owner: 'm-1', unit: 'Claims' } });
const ids = ['state', 'owner', 'unit', 'line', 'gaps', 'nextReview'];

test('the longest text of each column is counted in steps, of people by their names', () => {
  const letters = lettersOf(testKind, ids, [row, testRow({ title: 'x' })], names);
  expect(letters.owner).toBe(20);
  expect(letters.name).toBe(16);
  for (const id of ['line', 'gaps', 'nextReview']) expect(id in letters).toBe(false);
});

test('what was counted only grows, and stays the same object while nothing is longer', () => {
  const before = { owner: 20, unit: 8 };
  expect(atLeast(before, { owner: 12, unit: 8 })).toBe(before);
  expect(atLeast(before, { owner: 24, state: 4 })).toEqual({ owner: 24, unit: 8, state: 4 });
});

test('a column takes no more room than its texts and its heading, and more than usual for longer ones', () => {
  const usual = widthIn('owner', { kind: testKind });
  const width = (letters: number) => widthIn('owner', { kind: testKind, letters: { owner: letters } });
  expect(width(4).width).toBeLessThan(usual.width);
  expect(width(4).least).toBeLessThanOrEqual(width(4).width);
  expect(width(26).width).toBeGreaterThan(usual.width);
  expect(width(400).width).toBe(width(40).width);
});

test('short names leave their room to the other columns', () => {
  const ownerIn = (title: number): number =>
    layoutOf(gridColumns(ids, { kind: testKind, names, letters: { name: title, owner: 24 } }), true, 960)
      .tracks[3] ?? 0;
  expect(ownerIn(8)).toBeGreaterThan(ownerIn(40));
});

test('where room is short the line comes first, but not among columns that somebody chose', () => {
  expect(lineFirst(testKind, usualColumns(testKind)).slice(0, 3)).toEqual(['state', 'line', 'gaps']);
  expect(lineFirst(testKind, ['owner', 'line'])).toEqual(['owner', 'line']);
  const model = { ...testKind, name: 'model' };
  expect(lineFirst(model, usualColumns(model))).toEqual(usualColumns(model));
});
