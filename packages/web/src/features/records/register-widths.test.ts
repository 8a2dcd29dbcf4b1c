import { expect, test } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { layoutOf } from '../../ui/grid/grid-layout.ts';
import { emptyColumns, gridColumns, widthIn } from './register-cells.tsx';

const filled = testRow({ fields: { owner: 'm-1', nextReview: '2027-01-01' } });
const blank = testRow({ fields: {} });
const ids = ['state', 'owner', 'unit', 'line', 'gaps', 'nextReview'];
const emptyIn = (rows: readonly (typeof blank)[]) => new Set(emptyColumns(testKind, ids, rows));

test('a column with nothing in it leaves its room to the names', () => {
  for (const id of ['owner', 'nextReview', 'unit']) {
    const usual = widthIn(id, { kind: testKind });
    const empty = widthIn(id, { kind: testKind, empty: emptyIn([blank, blank]) });
    expect(empty.width).toBeLessThan(usual.width);
    expect(empty.least).toBeLessThanOrEqual(empty.width);
  }
});

test('one row with a value keeps the column as wide as ever', () => {
  const rows = [blank, filled];
  for (const id of ['owner', 'nextReview'])
    expect(widthIn(id, { kind: testKind, empty: emptyIn(rows) })).toEqual(widthIn(id, { kind: testKind }));
});

test('columns that are no field, and a register without rows, keep their width', () => {
  for (const id of ['state', 'line', 'gaps'])
    expect(widthIn(id, { kind: testKind, empty: emptyIn([blank]) })).toEqual(widthIn(id, { kind: testKind }));
  expect(emptyIn([])).toEqual(new Set());
});

test('names are read before columns in which nothing stands', () => {
  const context = { kind: testKind, names: {} };
  const nameIn = (room: number, rows: readonly (typeof blank)[]): number =>
    layoutOf(gridColumns(ids, { ...context, empty: emptyIn(rows) }), true, room).tracks[1] ?? 0;
  expect(nameIn(1100, [blank])).toBeGreaterThanOrEqual(280);
  expect(nameIn(1100, [blank])).toBeGreaterThan(nameIn(1100, [filled]));
  // Where room is short, the other columns give theirs first.
  expect(nameIn(1000, [filled])).toBeGreaterThan(216);
});
