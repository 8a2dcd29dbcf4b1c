import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Field, f } from './fields.ts';
import { isEmpty, isId, readValue } from './values.ts';

const o = { label: 'Field' };
const options = [
  { id: 'one', label: 'One' },
  { id: 'two', label: 'Two' },
];
const id = '0190a0b0-0000-7000-8000-00000000000a';
const every: Readonly<Record<string, Field>> = {
  line: f.line(o),
  text: f.text(o),
  url: f.url(o),
  choice: f.choice(options, o),
  choices: f.choices(options, o),
  answer: f.answer(o),
  day: f.day(o),
  moment: f.moment(o),
  number: f.number(o),
  member: f.member(o),
  list: f.list(o),
  catalogue: f.catalogue('control', o),
  catalogues: f.catalogue('control', { ...o, many: true }),
  file: f.file(o),
  rows: f.rows({ name: f.line({ label: 'Name' }), on: f.day({ label: 'On' }) }, o),
};
const fields = Object.entries(every);
/** The ways in which text reaches a field: alone, in a list, in a cell. */
const carried = (words: string): unknown[] => [words, [words], [{ name: words }], [{ on: words }]];

describe.each(fields)('%s', (_, field) => {
  test.each([[null], [undefined], [''], [[]], [{}]])('%j means empty', (value) => {
    expect(readValue(field, value)).toEqual({ value: null });
  });

  test('NUL is refused, however it comes', () => {
    for (const value of carried('a\u0000b')) expect(readValue(field, value)).toHaveProperty('problem');
  });

  test('half of a character is refused, and the refusal can be written down', () => {
    for (const half of ['\ud800', '\udc00', 'a\udbff', '\udfffa']) {
      for (const value of carried(half)) {
        const read = readValue(field, value);
        expect(read).toHaveProperty('problem');
        if ('problem' in read) expect(read.problem.isWellFormed()).toBe(true);
      }
    }
  });

  test('anything is read or refused in words, and never breaks', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: false, withDate: true }), (value) => {
        const read = readValue(field, value);
        if ('problem' in read) {
          expect(read.problem.length).toBeLessThan(400);
          expect(read.problem).not.toContain('\u0000');
        } else expect(JSON.parse(JSON.stringify(read.value))).toEqual(read.value);
      }),
    );
  });

  test('what was kept is read again as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const read = readValue(field, value);
        if ('value' in read) expect(readValue(field, read.value)).toEqual(read);
      }),
    );
  });
});

describe('text of one line and of many', () => {
  test('white space alone is empty', () => {
    expect(readValue(f.line(o), ' \n ')).toEqual({ value: null });
    expect(readValue(f.text(o), ' \n ')).toEqual({ value: null });
  });

  test('length is the declaration’s', () => {
    expect(readValue(f.line(o), 'x'.repeat(200))).toHaveProperty('value');
    expect(readValue(f.line(o), 'x'.repeat(201))).toHaveProperty('problem');
    expect(readValue(f.line({ ...o, max: 3 }), 'abcd')).toHaveProperty('problem');
    expect(readValue(f.text(o), 'x'.repeat(8001))).toHaveProperty('problem');
  });
});

describe('choice, choices and answer', () => {
  test('take an option by its id alone', () => {
    expect(readValue(f.choice(options, o), 'one')).toEqual({ value: 'one' });
    for (const value of ['One', 'three', 'constructor', '__proto__', 1, true])
      expect(readValue(f.choice(options, o), value)).toMatchObject({
        problem: expect.stringContaining('one, two'),
      });
  });

  test('several come once each, in the order said', () => {
    expect(readValue(f.choices(options, o), ['two', 'one', 'two'])).toHaveProperty('problem');
    expect(readValue(f.choices(options, o), ['two', 'one'])).toEqual({ value: ['two', 'one'] });
    expect(readValue(f.choices(options, o), ['one', 'one'])).toEqual({ value: ['one'] });
    expect(readValue(f.choices(options, o), ['one', 'three'])).toMatchObject({
      problem: expect.stringMatching(/^Entry 2: /),
    });
    expect(readValue(f.choices(options, o), 'one')).toEqual({ problem: 'A list is expected here.' });
  });

  test('four answers stay four things, and true is none of them', () => {
    for (const value of ['yes', 'no', 'not-stated', 'not-applicable'])
      expect(readValue(f.answer(o), value)).toEqual({ value });
    for (const value of [true, false, 1, 'Yes', 'y', 'n/a', 'unknown'])
      expect(readValue(f.answer(o), value)).toHaveProperty('problem');
  });

  test('a long list of options is not recited', () => {
    const many = Array.from({ length: 40 }, (_, n) => ({ id: `o-${n}`, label: `${n}` }));
    expect(readValue(f.choice(many, o), 'x')).toMatchObject({ problem: expect.stringContaining('…') });
  });
});

describe('number', () => {
  const age = f.number({ ...o, min: 0, max: 10, whole: true });

  test.each([0, 10, 5])('takes %d', (value) => {
    expect(readValue(age, value)).toEqual({ value });
  });

  test.each([-1, 11, 0.5, Number.NaN, Number.POSITIVE_INFINITY, '5', true, [5]])('refuses %s', (value) => {
    expect(readValue(age, value)).toHaveProperty('problem');
  });

  test('minus zero is zero', () => {
    const read = readValue(f.number(o), -0);
    expect('value' in read && Object.is(read.value, 0)).toBe(true);
  });

  test('what cannot be kept exactly is refused', () => {
    expect(readValue(f.number(o), 1e16)).toHaveProperty('problem');
    expect(readValue(f.number(o), -1e15)).toHaveProperty('value');
  });
});

describe('moment', () => {
  test('is kept as UTC', () => {
    expect(readValue(f.moment(o), '2026-02-28T10:30:00+01:00')).toEqual({
      value: '2026-02-28T09:30:00.000Z',
    });
    expect(readValue(f.moment(o), '2026-02-28t10:30z')).toEqual({ value: '2026-02-28T10:30:00.000Z' });
  });

  test.each([
    '2026-02-30T10:00:00Z',
    '2026-04-31T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-02-28T25:00:00Z',
    '2026-02-28T10:61:00Z',
    '2026-02-28T10:00:00',
    '2026-02-28',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:00-02:00',
    'yesterday',
    '1772445600000',
  ])('refuses %s', (value) => {
    expect(readValue(f.moment(o), value)).toMatchObject({ problem: expect.stringContaining('RFC 3339') });
  });

  test('sorts as text as it does in time', () => {
    const moments = fc.date({
      min: new Date('1000-01-02T00:00:00Z'),
      max: new Date('9999-12-30T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, moments, (a, b) => {
        const [x, y] = [a, b].map((at) => readValue(f.moment(o), at.toISOString()));
        expect(x && y && 'value' in x && 'value' in y && String(x.value) < String(y.value)).toBe(a < b);
      }),
    );
  });
});

describe('url, ids and catalogue', () => {
  test.each(['https://example.org/a b', 'http://localhost:1', 'mailto:aims@example.org'])(
    'takes %s',
    (value) => {
      expect(readValue(f.url(o), value)).toEqual({ value });
    },
  );

  test.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'example.org',
    '//x',
    'ftp://x',
  ])('refuses %s', (value) => {
    expect(readValue(f.url(o), value)).toHaveProperty('problem');
  });

  test('an id is a lower-case uuid', () => {
    expect(isId(id)).toBe(true);
    for (const value of [id.toUpperCase(), `${id} `, id.slice(1), `{${id}}`, '', null, 1])
      expect(isId(value)).toBe(false);
    expect(readValue(f.member(o), id)).toEqual({ value: id });
    expect(readValue(f.file(o), 'report.pdf')).toHaveProperty('problem');
  });

  test('an id of the catalogue looks like one', () => {
    for (const value of ['A.5.2', '6.1.4', 'MD-02', 'OB-26-5', 'GOVERN 1.1', '4(1)'])
      expect(readValue(f.catalogue('requirement', o), value)).toEqual({ value });
    for (const value of ['', ' A.5', '../x', 'a\nb', `A${'9'.repeat(80)}`, 5])
      expect(readValue(f.catalogue('requirement', { ...o, many: true }), [value, value])).not.toMatchObject({
        value: [value],
      });
  });
});

describe('lists and rows', () => {
  test('a list drops what is empty or said twice', () => {
    expect(readValue(f.list(o), ['a', ' ', 'a', 'b '])).toEqual({ value: ['a', 'b'] });
    expect(readValue(f.list(o), [' ', ''])).toEqual({ value: null });
    expect(readValue(f.list({ ...o, max: 1 }), ['a', 'b'])).toHaveProperty('problem');
    expect(readValue(f.list(o), ['x'.repeat(301)])).toHaveProperty('problem');
  });

  test('rows drop empty cells and empty rows', () => {
    const rows = every.rows ?? f.rows({}, o);
    expect(readValue(rows, [{ name: 'a', on: '' }, {}, { on: '2026' }])).toEqual({
      value: [{ name: 'a' }, { on: '2026' }],
    });
    expect(readValue(rows, [{ name: ' ' }])).toEqual({ value: null });
  });

  test.each([
    [[{ nam: 'a' }], 'Row 1 has an unknown column "nam".'],
    [[{ name: 'a' }, { on: '30 Feb' }], 'Row 2, On: "30 Feb" is not a date.'],
    [[{ constructor: 'a' }], 'Row 1 has an unknown column "constructor".'],
    [[JSON.parse('{"__proto__": "a"}')], 'Row 1 has an unknown column "__proto__".'],
    [['a'], 'Row 1 is not an object.'],
    [{ name: 'a' }, 'A list of rows is expected here.'],
    [Array.from({ length: 201 }, () => ({ name: 'a' })), 'The table has 201 rows; 200 is the most.'],
  ])('a wrong row is named: %#', (value, problem) => {
    expect(readValue(every.rows ?? f.rows({}, o), value)).toMatchObject({
      problem: expect.stringContaining(problem),
    });
  });
});

test('empty is nothing, the empty text, list and object; not zero and not false', () => {
  for (const value of [undefined, null, '', [], {}]) expect(isEmpty(value)).toBe(true);
  for (const value of [0, false, ' ', [null], { a: null }]) expect(isEmpty(value)).toBe(false);
});

test('what a client sent is shown back short and harmless', () => {
  const read = readValue(f.choice(options, o), `\u0007\u001b[31m${'x'.repeat(500)}`);
  expect('problem' in read && read.problem.length).toBeLessThan(120);
  expect('problem' in read && /\p{Cc}/u.test(read.problem)).toBe(false);
});
