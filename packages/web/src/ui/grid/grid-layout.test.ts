import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellStyle, isDrawn, layoutOf, selectWidth, spanOf } from './grid-layout.ts';

const ref = { id: 'ref', width: 80, least: 72, sticky: true };
const name = { id: 'name', width: 216, least: 168, sticky: true, grow: true };
const plain = (id: string, width = 120, least = 100) => ({ id, width, least });
const few = [ref, name, plain('stage'), plain('owner'), plain('unit')];
const many = [ref, name, ...Array.from({ length: 40 }, (_column, at) => plain(`c${at}`, 100, 100))];

test('before the box is measured every column has its own width', () => {
  const layout = layoutOf(few, true);
  expect(layout.template).toBe('38px 80px 216px 120px 120px 120px');
  expect(layout.width).toBe(38 + 80 + 216 + 360);
});

test('room that is left goes to the column that grows', () => {
  const layout = layoutOf(few, true, 1000);
  expect(layout.width).toBe(1000);
  expect(layout.tracks[1]).toBe(216 + 1000 - 694);
});

test('columns that can give room give it before the table scrolls', () => {
  const layout = layoutOf(few, true, 640);
  expect(layout.width).toBe(640);
  expect(layout.tracks.every((track, at) => track >= (few[at]?.least ?? 0))).toBe(true);
});

test('the column that grows gives room last', () => {
  // 694 px are wanted; the others can give 68 px, the name 48.
  expect(layoutOf(few, true, 650).tracks[1]).toBeGreaterThanOrEqual(216);
  expect(layoutOf(few, true, 626).tracks).toEqual([72, 216, 100, 100, 100]);
  expect(layoutOf(few, true, 602).tracks).toEqual([72, 192, 100, 100, 100]);
});

test('where the table scrolls, the sticky columns are narrow and the others readable', () => {
  const layout = layoutOf(few, true, 400);
  expect(layout.tracks).toEqual([72, 168, 120, 120, 120]);
  expect(layout.sticky).toBe(selectWidth + 72 + 168);
});

test('a name that stays keeps up to three tenths of a box that scrolls, and never more than it wants', () => {
  const longest = { ...name, width: 280, least: 140 };
  const others = ['stage', 'owner', 'unit', 'risk', 'review', 'since'].map((id) => plain(id));
  const kept = (room: number) => layoutOf([ref, longest, ...others], true, room + selectWidth).tracks[1] ?? 0;
  expect(kept(800)).toBe(210);
  expect(kept(600)).toBe(180);
  expect(kept(400)).toBe(140);
});

test('columns fit the box whenever their least widths do, and are never under them', () => {
  const column = fc.record({
    id: fc.constant('column'),
    width: fc.integer({ min: 40, max: 300 }),
    least: fc.integer({ min: 40, max: 300 }),
    grow: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(column, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 100, max: 3000 }),
      (columns, room) => {
        const { width, tracks } = layoutOf(columns, false, room);
        const least = columns.map((one) => Math.min(one.width, one.least));
        const leastSum = least.reduce((all, one) => all + one, 0);
        if (leastSum <= room) expect(width).toBeLessThanOrEqual(room);
        expect(tracks.every((track, at) => track >= (least[at] ?? 0))).toBe(true);
      },
    ),
  );
});

test('sticky columns stand at the edge in their order', () => {
  const layout = layoutOf(few, true, 400);
  expect([...layout.left]).toEqual([
    ['ref', 38],
    ['name', 110],
  ]);
  expect(cellStyle(layout, 'name', 1, true)).toEqual({ gridColumn: 3, left: 110 });
  expect(cellStyle(layout, 'owner', 3, false)).toEqual({ gridColumn: 4 });
});

test('up to twenty columns are all drawn', () => {
  expect(spanOf(layoutOf(few, true, 400), 0, 400)).toEqual({ from: 0, to: 4 });
  const twenty = many.slice(0, 20);
  expect(spanOf(layoutOf(twenty, true, 400), 900, 400)).toEqual({ from: 0, to: 19 });
});

test('of more columns those in view are drawn, with two beyond each edge', () => {
  const layout = layoutOf(many, true, 778);
  // Sticky columns take 278 px; 500 px are left for five columns of 100.
  expect(spanOf(layout, 0, 778)).toEqual({ from: 0, to: 8 });
  expect(spanOf(layout, 1000, 778)).toEqual({ from: 10, to: 18 });
  expect(spanOf(layout, 3500, 778)).toEqual({ from: 35, to: 41 });
});

test('every column in view is drawn, wherever the table is scrolled to', () => {
  const layout = layoutOf(many, true, 700);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: layout.width - 700 }), (scrolled) => {
      const span = spanOf(layout, scrolled, 700);
      layout.starts.forEach((start, at) => {
        const end = start + (layout.tracks[at] ?? 0);
        const seen = end > scrolled + layout.sticky && start < scrolled + 700;
        if (seen) expect(isDrawn(at, span, false)).toBe(true);
      });
      expect(span.to - span.from).toBeLessThan(15);
    }),
  );
});

test('a column with the keyboard or an editor in it is drawn out of view', () => {
  expect(isDrawn(30, { from: 0, to: 8 }, false, 3, -1)).toBe(false);
  expect(isDrawn(30, { from: 0, to: 8 }, false, 30, -1)).toBe(true);
  expect(isDrawn(1, { from: 10, to: 18 }, true)).toBe(true);
});
