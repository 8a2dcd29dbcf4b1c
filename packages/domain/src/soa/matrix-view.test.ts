import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MatrixPart, MatrixWire } from '../wire-soa.ts';
import {
  askedOf,
  cellState,
  countsOf,
  isShared,
  lackingOf,
  stateNames,
  unitsOf,
  viewOf,
} from './matrix-view.ts';

const part = (...values: (string | null)[]): MatrixPart => {
  const known = [...new Set(values.filter((value) => value !== null))];
  return { values: known, of: values.map((value) => (value === null ? -1 : known.indexOf(value))) };
};
const row = (id: string, topic: string | null, cells: string): MatrixWire['rows'][number] => ({
  ...{ id, title: `Title of ${id}`, decided: 'applicable', control: null, at: 'system', cells },
  topic: topic === null ? null : { id: topic, title: topic },
});
const matrix: Pick<MatrixWire, 'rows' | 'systems'> = {
  systems: {
    ref: ['SYS-1', 'SYS-2', 'SYS-3', 'SYS-4'],
    title: ['Claims triage', 'Fraud signals', 'Claims letters', 'Old ranking'],
    running: '1110',
    stage: part('Live', 'Live', 'Pilot', 'Retired'),
    unit: part('Claims', 'Fraud', 'Claims', null),
    owner: part('Head of claims', null, 'Head of claims', null),
  },
  rows: [row('A.2.2', 'A.2', 'IIM-'), row('A.7.4', 'A.7', 'imp-'), row('X-1', null, 'lg--')],
};
const shown = (filter: Parameters<typeof viewOf>[1]) => {
  const { rows, systems } = viewOf(matrix, filter);
  return [rows.map((at) => matrix.rows[at]?.id), systems.map((at) => matrix.systems.ref[at])];
};
const allRows = ['A.2.2', 'A.7.4', 'X-1'];

describe('a filter', () => {
  test.each([
    ['nothing', {}, allRows, ['SYS-1', 'SYS-2', 'SYS-3']],
    ['all systems', { running: 'all' }, allRows, ['SYS-1', 'SYS-2', 'SYS-3', 'SYS-4']],
    ['a stage that does not run', { stage: 'Retired' }, allRows, ['SYS-4']],
    ['a unit', { unit: 'Claims' }, allRows, ['SYS-1', 'SYS-3']],
    ['a unit that nobody has', { unit: 'Motor' }, allRows, []],
    ['an owner', { owner: 'Head of claims' }, allRows, ['SYS-1', 'SYS-3']],
    ['words of a system', { system: 'letters CLAIMS' }, allRows, ['SYS-3']],
    ['a ref', { system: 'sys-2' }, allRows, ['SYS-2']],
    ['words of a control', { control: 'title a.7' }, ['A.7.4'], ['SYS-1', 'SYS-2', 'SYS-3']],
    ['a topic', { topic: 'A.2' }, ['A.2.2'], ['SYS-1', 'SYS-2', 'SYS-3']],
    ['own controls', { topic: 'own' }, ['X-1'], ['SYS-1', 'SYS-2', 'SYS-3']],
    ['what is missing', { state: 'missing' }, ['A.2.2', 'A.7.4'], ['SYS-2', 'SYS-3']],
    ['plans that do not count', { state: 'plan-lapsed' }, ['X-1'], ['SYS-2']],
    ['two at once', { state: 'in-place', topic: 'A.7' }, ['A.7.4'], ['SYS-1']],
  ])('for %s', (_, filter, rows, systems) => {
    expect(shown(filter)).toEqual([rows, systems]);
  });
});

test('a letter says the state, and in upper case that the organisation does it once', () => {
  expect([...'ipglm-IPGLM'].map(cellState)).toEqual([
    ...['in-place', 'partly', 'plan-lapsed', 'planned', 'missing', 'not-asked'],
    ...['in-place', 'partly', 'plan-lapsed', 'planned', 'missing'],
  ]);
  expect([...'iI-M'].map(isShared)).toEqual([false, true, false, true]);
});

test('counts of rows and of columns add up to the same, state by state', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'iplgm-IPLGM'), minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 6 }), fc.subarray([0, 1, 2, 3]), (all, systems) => {
      const rows = all.map((cells, at) => row(`X-${at}`, null, cells));
      const { byRow, bySystem } = countsOf({ rows }, { rows: [...rows.keys()], systems });
      for (const state of stateNames) {
        const sum = (counts: typeof byRow) => counts.reduce((total, one) => total + one[state], 0);
        expect(sum(byRow)).toBe(sum(bySystem));
      }
      for (const counts of byRow) {
        expect(askedOf(counts) + counts['not-asked']).toBe(systems.length);
        expect(lackingOf(counts)).toBeLessThanOrEqual(askedOf(counts));
      }
    }),
  );
});

test('a cell counts as the state of its letter, and one that is not there as not asked for', () => {
  const letters = [...'iplgm-IPLGM'];
  const rows = [row('X-1', null, letters.join(''))];
  const { byRow, bySystem } = countsOf({ rows }, { rows: [0], systems: [...letters.keys(), 99] });
  expect(bySystem.map((counts) => stateNames.filter((state) => counts[state] > 0))).toEqual([
    ...letters.map((letter) => [cellState(letter)]),
    ['not-asked'],
  ]);
  expect(byRow).toEqual([
    { 'in-place': 2, partly: 2, planned: 2, 'plan-lapsed': 2, missing: 2, 'not-asked': 2 },
  ]);
});

describe('units', () => {
  test('add up what is in sight, the one that lacks most first, and those of none by themselves', () => {
    const view = viewOf(matrix, { running: 'all' });
    expect(unitsOf(matrix, view, countsOf(matrix, view))).toEqual([
      { unit: 'Fraud', systems: 1, asked: 3, inPlace: 1, lacking: 2 },
      { unit: 'Claims', systems: 2, asked: 5, inPlace: 2, lacking: 1 },
      { unit: null, systems: 1, asked: 0, inPlace: 0, lacking: 0 },
    ]);
    const nothing = { rows: [], systems: [] };
    expect(unitsOf(matrix, nothing, countsOf(matrix, nothing))).toEqual([]);
  });

  test('leave no system and no place out', () => {
    const view = viewOf(matrix, { running: 'all' });
    const units = unitsOf(matrix, view, countsOf(matrix, view));
    const sum = (of: (one: (typeof units)[number]) => number) => units.reduce((all, one) => all + of(one), 0);
    const { byRow } = countsOf(matrix, view);
    expect(sum(({ systems }) => systems)).toBe(view.systems.length);
    expect(sum(({ asked }) => asked)).toBe(byRow.reduce((all, counts) => all + askedOf(counts), 0));
    expect(sum(({ lacking }) => lacking)).toBe(byRow.reduce((all, counts) => all + lackingOf(counts), 0));
  });
});
