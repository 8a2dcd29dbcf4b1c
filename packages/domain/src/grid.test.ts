import { expect, test } from 'vitest';
import { gridCell, gridTables, withGridCell, withoutGridTable } from './grid.ts';
import type { Json } from './json.ts';
import { f } from './kinds/fields.ts';
import { options } from './kinds/vocabulary.ts';

const field = f.rows(
  {
    bearer: f.choice(options({ all: 'All', people: 'People', firm: 'Firm' }), { label: 'For' }),
    down: f.line({ label: 'Likelihood', max: 60 }),
    across: f.line({ label: 'Consequence', max: 60 }),
    level: f.choice(options({ low: 'Low', high: 'High' }), { label: 'Level' }),
  },
  {
    label: 'Matrix',
    grid: {
      ...{ table: 'bearer', down: 'down', across: 'across', cell: 'level' },
      steps: { down: 'likelihoods', across: 'consequences' },
    },
  },
);
const plain = f.rows({ name: f.line({ label: 'Name', max: 60 }) }, { label: 'Rows' });
const steps = (...names: string[]): Json => names.map((step) => ({ step }));
const cell = (down: string, across: string, level: string, bearer?: string): Json => ({
  ...{ down, across, level },
  ...(bearer === undefined ? {} : { bearer }),
});
const beside = { likelihoods: steps('Rare', 'Likely'), consequences: steps('Mild', 'Grave') };
const names = (tables: ReturnType<typeof gridTables>) =>
  tables.map(({ table, down, across }) => [
    table,
    down.map(({ step }) => step).join(),
    across.map(({ step }) => step).join(),
  ]);

test('without a cell there is one table, of the steps that the record names', () => {
  expect(names(gridTables(field, undefined, beside))).toEqual([['all', 'Rare,Likely', 'Mild,Grave']]);
  expect(names(gridTables(field, [], {}))).toEqual([['all', '', '']]);
});

test('a cell whose step is not named any more keeps a line, marked, behind the others', () => {
  const [table] = gridTables(field, [cell('Often', 'Grave', 'high')], beside);
  expect(table?.down).toEqual([
    { step: 'Rare', known: true },
    { step: 'Likely', known: true },
    { step: 'Often', known: false },
  ]);
  expect(table?.across.every(({ known }) => known)).toBe(true);
});

test('where nothing names steps, those of the cells are all there is, and none of them is marked', () => {
  const [table] = gridTables(field, [cell('Often', 'Grave', 'high')], {});
  expect(table).toEqual({
    table: 'all',
    down: [{ step: 'Often', known: true }],
    across: [{ step: 'Grave', known: true }],
  });
});

test.each<[string, Json, Json, string[], string[]]>([
  [
    'cells of its own make a table beside the one that the shared steps have',
    [cell('Rare', 'Mild', 'low', 'people')],
    beside.consequences,
    [],
    ['all', 'people'],
  ],
  [
    'in the order of the choices, the shared one first',
    [cell('Rare', 'Mild', 'low', 'firm'), cell('Rare', 'Mild', 'low', 'people'), cell('Rare', 'Mild', 'low')],
    beside.consequences,
    [],
    ['all', 'people', 'firm'],
  ],
  [
    'what is asked for stands empty',
    [cell('Rare', 'Mild', 'low')],
    beside.consequences,
    ['firm'],
    ['all', 'firm'],
  ],
  [
    'steps of its own make a table while no shared one answers for it',
    [],
    [
      { step: 'Felt', bearer: 'people' },
      { step: 'Costly', bearer: 'firm' },
    ],
    [],
    ['people', 'firm'],
  ],
  [
    'a shared table with cells answers for those whose steps have the same names',
    [cell('Rare', 'Mild', 'low')],
    [{ step: 'Mild', bearer: 'people' }],
    [],
    ['all'],
  ],
])('%s', (_what, value, consequences, more, expected) => {
  const tables = gridTables(field, value, { ...beside, consequences }, more);
  expect(tables.map(({ table }) => table)).toEqual(expected);
});

test('a table with steps of its own has those alone', () => {
  const own = [{ step: 'Mild' }, { step: 'Felt', bearer: 'people' }];
  const value = [cell('Rare', 'Mild', 'low'), cell('Rare', 'Felt', 'high', 'people')];
  expect(names(gridTables(field, value, { ...beside, consequences: own }))).toEqual([
    ['all', 'Rare,Likely', 'Mild'],
    ['people', 'Rare,Likely', 'Felt'],
  ]);
});

test('a cell is found by its steps without regard to case, spaces and width, and by its table', () => {
  const value = [cell(' rare ', 'MILD', 'low'), cell('Rare', 'Mild', 'high', 'people')];
  const at = (table: string, down: string) => gridCell(field, value, { table, down, across: 'Mild' });
  expect([at('all', 'Rare'), at('people', 'Ｒａｒｅ'), at('firm', 'Rare'), at('all', 'Likely')]).toEqual([
    'low',
    'high',
    undefined,
    undefined,
  ]);
});

test('a cell is written where it stands, added where there is none, and emptied; the others stay', () => {
  const value = [cell('Rare', 'Mild', 'low'), cell('Likely', 'Mild', 'low')];
  const place = { table: 'all', down: 'rare', across: 'Mild' };
  const raised = withGridCell(field, value, place, 'high');
  expect(raised).toEqual([cell('Rare', 'Mild', 'high'), value[1]]);
  expect(withGridCell(field, value, { ...place, across: 'Grave' }, 'high')).toEqual([
    ...value,
    { bearer: 'all', down: 'rare', across: 'Grave', level: 'high' },
  ]);
  expect(withGridCell(field, raised, place, null)).toEqual([value[1]]);
  expect(withGridCell(field, undefined, place, null)).toEqual([]);
});

test('every cell that is written is read back, and no other changes', () => {
  const tables = gridTables(field, undefined, beside, ['people']);
  let value: readonly Json[] = [];
  const places = tables.flatMap(({ table, down, across }) =>
    down.flatMap((row) => across.map((column) => ({ table, down: row.step, across: column.step }))),
  );
  for (const [n, place] of places.entries())
    value = withGridCell(field, [...value], place, n % 2 === 0 ? 'low' : 'high');
  expect(value).toHaveLength(8);
  expect(places.map((place) => gridCell(field, [...value], place))).toEqual(
    places.map((_place, n) => (n % 2 === 0 ? 'low' : 'high')),
  );
});

test('a table goes with its cells; those that name none are the shared one’s', () => {
  const value = [cell('Rare', 'Mild', 'low'), cell('Rare', 'Mild', 'low', 'people')];
  expect(withoutGridTable(field, value, 'people')).toEqual([value[0]]);
  expect(withoutGridTable(field, value, 'all')).toEqual([value[1]]);
});

test('rows that are no cells have no tables, and are left alone', () => {
  const value = [{ name: 'One' }, 'odd', null];
  const place = { table: '', down: '', across: '' };
  expect(gridTables(plain, value, {})).toEqual([]);
  expect(gridCell(plain, value, place)).toBeUndefined();
  expect(withGridCell(plain, value, place, 'x')).toEqual([{ name: 'One' }]);
  expect(withoutGridTable(plain, value, '')).toEqual([{ name: 'One' }]);
});
