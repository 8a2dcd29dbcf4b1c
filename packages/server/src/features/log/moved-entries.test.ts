import type { LogFault } from '@throughline/tlog/log-fault.ts';
import { expect, test } from 'vitest';
import { movedEntries } from './moved-entries.ts';

const differs = (at: number, expected: string, found: string): LogFault => ({
  code: 'entry-differs',
  path: 'tile/entries/000',
  entries: { start: at, end: at + 1 },
  expected,
  found,
});
const hash = (at: number): string => `h${at}`;
/** Entries from a place on, each found where another stood. */
const moved = (from: number, count: number, by: number): LogFault[] =>
  Array.from({ length: count }, (_, at) => differs(from + at, hash(from + at), hash(from + at + by)));
const said = (faults: readonly LogFault[]) =>
  movedEntries(faults).map(({ code, entries }) => `${code} ${entries?.start}-${entries?.end}`);

test('entries that moved up behind one that was taken out are one fault, from its place on', () => {
  expect(movedEntries(moved(7, 5, 1))).toEqual([
    { code: 'entries-early', path: null, entries: { start: 7, end: 12 }, expected: 'h7', found: 'h8' },
  ]);
});

test('entries that moved down behind one that was put in are one fault, from its place on', () => {
  expect(said([differs(3, hash(3), 'new'), ...moved(4, 4, -1)])).toEqual(['entries-late 3-8']);
});

test('what has other causes is told one by one, before and behind it too', () => {
  const other = differs(2, 'a', 'b');
  const root: LogFault = { ...other, code: 'root-differs', entries: { start: 0, end: 20 } };
  expect(said([root, other, ...moved(7, 5, 1), differs(15, 'c', 'd'), root])).toEqual([
    'root-differs 0-20',
    'entry-differs 2-3',
    'entries-early 7-12',
    'entry-differs 15-16',
    'root-differs 0-20',
  ]);
});

test('two that changed places, and neighbours that differ for themselves, were not moved', () => {
  const swapped = [differs(4, 'a', 'b'), differs(5, 'b', 'a')];
  expect(said(swapped)).toEqual(['entry-differs 4-5', 'entry-differs 5-6']);
  const own = [differs(4, 'a', 'x'), differs(5, 'b', 'y'), differs(6, 'c', 'z')];
  expect(said(own)).toEqual(['entry-differs 4-5', 'entry-differs 5-6', 'entry-differs 6-7']);
  expect(said([])).toEqual([]);
});

test('a gap between them ends a run, and so does a fault of a whole tile', () => {
  expect(said([...moved(1, 3, 1), ...moved(9, 3, 1)])).toEqual(['entries-early 1-4', 'entries-early 9-12']);
  const tile: LogFault = { ...differs(0, hash(0), hash(1)), entries: { start: 0, end: 256 } };
  expect(said([tile, ...moved(256, 3, 1)])).toEqual(['entry-differs 0-256', 'entries-early 256-259']);
});
