import { expect, test } from 'vitest';
import {
  changedCondition,
  changedRow,
  draftOf,
  earlier,
  fieldsOf,
  type TableDraft,
  withCondition,
  withoutRow,
  withRow,
} from './table-draft.ts';

const draft = draftOf({
  hits: 'first',
  rows: [
    { row: '1', level: 'High', because: 'It acts', when: [{ fact: 'a', test: 'any', values: ['x', 'y'] }] },
    { row: '7', level: 'Low', because: null, when: [] },
  ],
});
const first = (of: TableDraft) => of.rows[0] ?? draft.rows[0];

test('rows are numbered in their order, and conditions follow their row', () => {
  expect(fieldsOf(draft)).toEqual({
    hits: 'first',
    rules: [
      { row: '1', level: 'High', because: 'It acts' },
      { row: '2', level: 'Low' },
    ],
    conditions: [{ row: '1', fact: 'a', test: 'any', values: 'x, y' }],
  });
  expect(fieldsOf(earlier(draft, '2')).conditions).toEqual([
    { row: '2', fact: 'a', test: 'any', values: 'x, y' },
  ]);
});

test('a row is added, changed, moved up and taken out without touching the others', () => {
  expect(withRow(draft).rows.at(-1)).toEqual({ key: '3', level: '', because: '', when: [] });
  expect(changedRow(draft, '2', { level: 'High' }).rows.map(({ level }) => level)).toEqual(['High', 'High']);
  expect(earlier(draft, '1')).toEqual(draft);
  expect(withoutRow(draft, '1').rows).toEqual([draft.rows[1]]);
  expect(withRow(withoutRow(draft, '1')).rows.map(({ key }) => key)).toEqual(['2', '3']);
});

test('a condition is added, changed and taken out', () => {
  const row = first(draft);
  if (row === undefined) throw new Error('The draft has rows');
  expect(withCondition(row).map(({ key, fact }) => [key, fact])).toEqual([
    ['1', 'a'],
    ['2', ''],
  ]);
  expect(changedCondition(row, '1', { key: '1', fact: 'b', test: 'none', values: [] })).toEqual([
    { key: '1', fact: 'b', test: 'none', values: [] },
  ]);
  expect(changedCondition(row, '1', null)).toEqual([]);
});
