import { approvalHeadings } from '@throughline/domain/import/own-register.ts';
import { registry } from '@throughline/domain/kinds/all.ts';
import { type Field, f } from '@throughline/domain/kinds/fields.ts';
import { describe, expect, test } from 'vitest';
import { csvLine, disarmed } from './csv.ts';
import { cellOf, columnsOf } from './table.ts';

const options = [
  { id: 'low', label: 'Low' },
  { id: 'high', label: 'High' },
];
const names = { members: new Map([['m1', 'Head of claims']]), refs: new Map([['r1', 'MDL-1']]) };
const label = { label: 'A' };

describe('a cell says what a person reads', () => {
  test.each<[string, Field, Parameters<typeof cellOf>[1], string | number | null]>([
    ['nothing', f.line(label), undefined, null],
    ['a cleared value', f.line(label), null, null],
    ['a line', f.line(label), 'Words', 'Words'],
    ['a number stays one', f.number(label), 0, 0],
    ['a choice', f.choice(options, label), 'high', 'High'],
    ['a choice of an older release', f.choice(options, label), 'gone', 'gone'],
    ['several choices', f.choices(options, label), ['low', 'high'], 'Low\nHigh'],
    ['yes', f.answer(label), 'yes', 'Yes'],
    ['not stated is not no', f.answer(label), 'not-stated', 'Not stated'],
    ['a person', f.member(label), 'm1', 'Head of claims'],
    ['a person who was erased', f.member(label), 'm2', 'm2'],
    ['a list', f.list(label), ['One', 'Two'], 'One\nTwo'],
    ['a quarter', f.day(label), '2026-Q2', '2026-Q2'],
    [
      'rows',
      f.rows({ who: f.member({ label: 'Who' }), level: f.choice(options, { label: 'Level' }) }, label),
      [{ who: 'm1', level: 'low' }, { level: 'high' }],
      'Who: Head of claims; Level: Low\nLevel: High',
    ],
    ['rows that are none', f.rows({}, label), 'x', null],
  ])('%s', (_what, field, value, cell) => {
    expect(cellOf(field, value, names)).toBe(cell);
  });
});

test.each(registry.kinds.map((kind) => [kind.name, kind] as const))(
  'the columns of %s are ref, every field, state, every relation, who approved, version and time, each under one heading',
  (_name, kind) => {
    const headers = columnsOf(kind).map((column) => column.header);
    expect(new Set(headers).size).toBe(headers.length);
    expect(headers).toEqual([
      'Ref',
      ...Object.values(kind.fields).map((field) => field.label),
      kind.lifecycle.label ?? 'State',
      ...Object.values(kind.relations).map((relation) => relation.label),
      ...(kind.approvable ? approvalHeadings : []),
      'Record version',
      'Changed',
    ]);
  },
);

test('a link is written as a ref, and as an id where the record cannot be named', () => {
  const kind = registry.get('system');
  const column = columnsOf(kind).find(({ header }) => header === 'Uses model');
  const row = { content: { fields: {}, links: { usesModel: ['r1', 'r2'] } } };
  const cell = column?.cell as ((record: unknown, known: typeof names) => unknown) | undefined;
  expect(cell?.(row, names)).toBe('MDL-1\nr2');
  expect(cell?.({ content: { fields: {}, links: {} } }, names)).toBeNull();
});

describe('a line of commas', () => {
  test.each([
    ['plain words', ['a', 'b'], 'a,b'],
    ['nothing', [null, ''], ','],
    ['numbers, also below nothing', [1, -2.5], '1,-2.5'],
    ['a comma', ['a,b'], '"a,b"'],
    ['quotation marks', ['say "a"'], '"say ""a"""'],
    ['a new line', ['a\nb'], '"a\nb"'],
    ['a formula', ['=1+1'], "'=1+1"],
    ['a formula by plus, minus and at', ['+1', '-1', '@a'], "'+1,'-1,'@a"],
    ['a formula after a tab', ['\t=1'], "'\t=1"],
    ['a formula after a return, quoted', ['\r=1'], '"\'\r=1"'],
    ['an apostrophe that was there', ["'quoted'"], "''quoted'"],
    ['a sign in the middle', ['a=b'], 'a=b'],
  ])('%s', (_what, cells, line) => {
    expect(csvLine(cells)).toBe(`${line}\r\n`);
  });

  test.each(['=1', '+1', '-1', '@a', '\t1', '\r1', "'a", "''a", 'plain', '', "it's"])(
    'what was put in front of %j is taken away again, and nothing else',
    (cell) => {
      const [line = ''] = csvLine([cell]).split('\r\n');
      const written = line.startsWith('"') ? line.slice(1, -1).replaceAll('""', '"') : line;
      expect(disarmed(cell.includes('\r') ? `'${cell}` : written)).toBe(cell);
    },
  );
});
