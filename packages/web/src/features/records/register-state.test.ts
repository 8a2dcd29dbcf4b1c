import { expect, test } from 'vitest';
import { testKind } from '../../kinds/test-kind.ts';
import { readFilters, writeFilters } from '../../ui/filter/filter-state.ts';
import { parseSearch } from '../../ui/navigate.ts';
import {
  apiFilters,
  filterFieldsOf,
  nextSort,
  pastColumns,
  pastKind,
  pastSearch,
  readSort,
  settleFilters,
  viewQuery,
} from './register-state.ts';

const fields = filterFieldsOf(testKind, { 'm-1': 'Head of claims' });

test('offers the index of the declaration, the line of systems and the archive', () => {
  expect(fields.map((field) => field.id)).toEqual([
    'title',
    'state',
    'owner',
    'unit',
    'level',
    'nextReview',
    'gap',
    'archived',
  ]);
});

test('names states, choices and people, and offers oneself', () => {
  const options = (id: string) => fields.find((field) => field.id === id)?.options?.map((o) => o.label);
  expect(options('state')).toEqual(['Plan', 'Pilot', 'Live', 'Retired']);
  expect(options('level')).toEqual(['Low', 'High']);
  expect(options('owner')).toEqual(['Me', 'Head of claims']);
});

test('leaves the line out for kinds that have none', () => {
  const risks = filterFieldsOf({ ...testKind, name: 'risk' }, {});
  expect(risks.map((field) => field.id)).not.toContain('gap');
});

test('an address becomes what the API is asked, and columns, order and view stay out of it', () => {
  const search = parseSearch(
    '?state=live,pilot&owner.empty=true&nextReview.before=2026-12&gap=impact&sort=-gaps&cols=unit&view=v1&q=claims&system=id-9',
  );
  expect(apiFilters(search, fields)).toEqual({
    state: 'live,pilot',
    'owner.empty': 'true',
    'nextReview.before': '2026-12',
    gap: 'impact',
    q: 'claims',
    system: 'id-9',
  });
});

test('filters survive the way into the address and back', () => {
  const filters = [
    { field: 'state', operator: 'not' as const, values: ['retired'] },
    { field: 'unit', operator: 'contains' as const, values: ['claims'] },
  ];
  const written = writeFilters(filters, fields);
  const search = Object.fromEntries(
    Object.entries(written).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
  expect(readFilters(search, fields)).toEqual(filters);
});

test('the line takes one answer: the one ticked last', () => {
  const settled = settleFilters([
    { field: 'gap', operator: 'is', values: ['any', 'risk'] },
    { field: 'state', operator: 'is', values: ['live', 'pilot'] },
  ]);
  expect(settled.map((filter) => filter.values)).toEqual([['risk'], ['live', 'pilot']]);
});

test('a heading sorts one way, then the other, then as it was; gaps begin with the most', () => {
  expect(nextSort([], 'unit')).toBe('unit');
  expect(nextSort(readSort('unit'), 'unit')).toBe('-unit');
  expect(nextSort(readSort('-unit'), 'unit')).toBeUndefined();
  expect(nextSort([], 'gaps')).toBe('-gaps');
  expect(nextSort(readSort('-gaps,ref'), 'gaps')).toBe('gaps');
  expect(nextSort(readSort('unit'), 'state')).toBe('state');
});

test('a view keeps filters, order, columns and groups in one order, and not which view or row is open', () => {
  const a = viewQuery({ sort: '-gaps', state: 'live,pilot', view: 'v1' });
  const b = viewQuery({ view: 'v2', state: 'live,pilot', sort: '-gaps', peek: 'SYS-1' });
  expect(a).toBe('sort=-gaps&state=live,pilot');
  expect(b).toBe(a);
});

test('what points into the catalogue is chosen from it by title', () => {
  const item = { type: 'catalogue', of: 'control', label: 'Item' } as const;
  const kind = { ...testKind, fields: { ...testKind.fields, item }, index: ['item'] };
  const catalogues = { control: [{ id: 'A.7.4', title: 'Quality of data for AI systems' }] };
  expect(filterFieldsOf(kind, {}, catalogues)[0]).toMatchObject({
    input: 'choice',
    options: [{ value: 'A.7.4', label: 'A.7.4 Quality of data for AI systems' }],
  });
});

test('an earlier moment is asked without words, lines and gaps, which are those of now', () => {
  const asOf = '2026-02-28T09:30:00.000Z';
  const address = { q: 'triage', gap: 'any', unit: 'Claims', sort: '-gaps', asOf };
  expect(pastSearch(address)).toEqual({ unit: 'Claims', asOf });
  expect(pastSearch({ ...address, sort: '-updated' }).sort).toBe('-updated');
  const { asOf: _asOf, ...now } = address;
  expect(pastSearch(now)).toBe(now);
  expect(pastColumns(['state', 'line', 'gaps', 'unit'])).toEqual(['state', 'unit']);
});

test('at an earlier moment nothing of a kind may be done, and its abilities say why', () => {
  const kind = pastKind(testKind);
  expect(Object.keys(kind.abilities)).toEqual(Object.keys(testKind.abilities));
  for (const ability of Object.values(kind.abilities))
    expect(ability).toMatchObject({ allowed: false, reason: expect.stringContaining('earlier moment') });
  expect(kind.fields).toBe(testKind.fields);
});

test('a saved view keeps no moment', () => {
  expect(viewQuery({ sort: 'ref', asOf: '2026-02-28T09:30:00Z' })).toBe('sort=ref');
});
