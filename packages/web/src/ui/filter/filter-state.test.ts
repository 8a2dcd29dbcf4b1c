import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../navigate.ts';
import { type Filter, type FilterField, isComplete, readFilters, writeFilters } from './filter-state.ts';

const fields: readonly FilterField[] = [
  { id: 'stage', label: 'Stage', input: 'choice', operators: ['is', 'not', 'empty', 'filled'] },
  { id: 'title', label: 'Name', input: 'text', operators: ['contains'] },
  { id: 'startedOn', label: 'Started', input: 'day', operators: ['before', 'after'] },
];

const address = (filters: readonly Filter[], more: Record<string, string> = {}): string =>
  stringifySearch({ ...more, ...writeFilters(filters, fields) });

test('an address says the filters in the grammar of the lists', () => {
  const filters: readonly Filter[] = [
    { field: 'stage', operator: 'is', values: ['live', 'pilot'] },
    { field: 'title', operator: 'contains', values: ['claims, motor'] },
    { field: 'startedOn', operator: 'before', values: ['2026-Q3'] },
  ];
  const text = address(filters, { sort: '-gaps,ref' });
  expect(text).toBe('?sort=-gaps,ref&stage=live,pilot&title.contains=claims,+motor&startedOn.before=2026-Q3');
  expect(readFilters(parseSearch(text), fields)).toEqual(filters);
});

test.each([
  [['Claims, motor'], '?stage=%22Claims,+motor%22'],
  [['Claims, motor', 'Health'], '?stage=%22Claims,+motor%22,Health'],
  [['the "new" one'], '?stage=%22the+%22%22new%22%22+one%22'],
  [['5" pipe', ' outer '], '?stage=%225%22%22+pipe%22,%22+outer+%22'],
])('values with commas, quotation marks and spaces stay themselves in an address: %j', (values, text) => {
  const filters: readonly Filter[] = [{ field: 'stage', operator: 'is', values }];
  expect(address(filters)).toBe(text);
  expect(readFilters(parseSearch(text), fields)).toEqual(filters);
});

test('text that is contained keeps its commas and quotation marks unquoted', () => {
  const filters: readonly Filter[] = [{ field: 'title', operator: 'contains', values: ['"motor", or'] }];
  expect(address(filters)).toBe('?title.contains=%22motor%22,+or');
  expect(readFilters(parseSearch(address(filters)), fields)).toEqual(filters);
});

test('an address with a quotation that does not close filters by what stands there', () => {
  const filters = readFilters(parseSearch('?stage=%22open,+end'), fields);
  expect(filters).toEqual([{ field: 'stage', operator: 'is', values: ['"open, end'] }]);
  expect(readFilters(parseSearch(address(filters)), fields)).toEqual(filters);
});

test.each(['not', 'within', 'empty', 'filled'] as const)('%s comes back as it was', (operator) => {
  const filters: readonly Filter[] = [
    { field: 'stage', operator, values: operator === 'not' || operator === 'within' ? ['retired'] : [] },
  ];
  expect(readFilters(parseSearch(address(filters)), fields)).toEqual(filters);
});

test('changing the operator leaves no trace of the one before', () => {
  const before = parseSearch('?stage=live&view=mine');
  const changes = writeFilters([{ field: 'stage', operator: 'empty', values: [] }], fields);
  expect(stringifySearch({ ...before, ...changes })).toBe('?view=mine&stage.empty=true');
});

test('a chip without a value does not filter', () => {
  expect(isComplete({ field: 'stage', operator: 'is', values: [] })).toBe(false);
  expect(address([{ field: 'stage', operator: 'is', values: [] }])).toBe('');
});

test('parameters that are no field are left alone', () => {
  expect(readFilters({ sort: '-gaps', colour: 'red' }, fields)).toEqual([]);
  expect(Object.keys(writeFilters([], fields)).some((name) => name.startsWith('sort'))).toBe(false);
});
