import { expect, test } from 'vitest';
import { testKind } from '../../kinds/test-kind.ts';
import {
  columnChoices,
  possibleColumns,
  shownColumns,
  usualColumns,
  wireColumns,
  writeColumns,
} from './register-columns.ts';

test('shows state, owner, marked fields, the line, and days last', () => {
  expect(usualColumns(testKind)).toEqual(['state', 'owner', 'unit', 'line', 'gaps', 'nextReview']);
});

test('has no line where the kind has none, and an approval where it is approved', () => {
  expect(usualColumns({ ...testKind, name: 'document', approvable: true })).toEqual([
    'state',
    'owner',
    'unit',
    'approval',
    'nextReview',
  ]);
});

test('takes columns from the address in its order, without doubles and unknown ones', () => {
  expect(shownColumns(testKind, 'unit,secret,state,unit')).toEqual(['unit', 'state']);
  expect(shownColumns(testKind, 'secret')).toEqual(usualColumns(testKind));
  expect(shownColumns(testKind, undefined)).toEqual(usualColumns(testKind));
});

test('writes a choice of columns, and nothing where it is the usual one', () => {
  expect(writeColumns(testKind, ['unit', 'state'])).toBe('unit,state');
  expect(writeColumns(testKind, usualColumns(testKind))).toBeUndefined();
  expect(writeColumns(testKind, [])).toBeUndefined();
});

test('asks the API for fields and relations alone', () => {
  expect(wireColumns(testKind, ['state', 'unit', 'line', 'usesModel', 'updated'])).toBe('unit,usesModel');
});

test('offers every column once, those shown first', () => {
  const choices = columnChoices(testKind, ['unit', 'state']);
  expect(choices.slice(0, 2).map((column) => column.id)).toEqual(['unit', 'state']);
  expect(choices.map((column) => column.id).sort()).toEqual([...possibleColumns(testKind)].sort());
  expect(choices.find((column) => column.id === 'state')?.label).toBe('Stage');
});
