import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDay } from '../day.ts';
import { registry } from '../kinds/all.ts';
import { f } from '../kinds/fields.ts';
import { readValue } from '../kinds/values.ts';
import { coerce } from './coerce.ts';
import { orderEvidence } from './coerce-day.ts';
import { decimalEvidence } from './coerce-number.ts';
import type { Coerced, CoercionOptions } from './coerced.ts';

const plain: CoercionOptions = { year: 2026 };
const monthFirst: CoercionOptions = { ...plain, dateOrder: 'month-first' };
const day = f.day({ label: 'Day' });
const answer = f.answer({ label: 'Answer' });
const number = f.number({ label: 'Number' });

/** The value kept, `null` for nothing, `undefined` for a cell that is not taken. */
const kept = (coerced: Coerced) =>
  'problem' in coerced ? undefined : 'value' in coerced ? coerced.value : null;

describe('answers', () => {
  test.each([
    ['Yes', 'yes'],
    ['YES', 'yes'],
    ['TRUE', 'yes'],
    ['No ', 'no'],
    ['no', 'no'],
    ['No – Law precludes an opportunity to appeal.', 'no'],
    ['No.  Engineering Review instead.', 'no'],
    ['Yes - All individual decisions are automated', 'yes'],
    ['N/A', 'not-applicable'],
    ['n/a', 'not-applicable'],
    ['Not Applicable', 'not-applicable'],
    ['N/A; COTS tool used for code conversion', 'not-applicable'],
    ['TBD', 'not-stated'],
    ['-', 'not-stated'],
    ['Unknown', 'not-stated'],
    [
      'Data not reported by submitter and will be updated once additional information is collected',
      'not-stated',
    ],
    ['', null],
    [' ', null],
    ['\u00a0', null],
    ['Other', undefined],
    ['None', undefined],
    ['Operated in an approved enclave', undefined],
  ])('%j reads as %j', (cell, expected) => {
    expect(kept(coerce(answer, cell, plain))).toBe(expected);
  });
  test('a plain yes needs no remark, every other spelling says what was done', () => {
    expect(coerce(answer, 'Yes', plain)).toEqual({ value: 'yes' });
    expect(coerce(answer, 'TRUE', plain)).toHaveProperty('note');
    expect(coerce(answer, 'N/A', plain)).toHaveProperty('note');
  });
});

describe('days', () => {
  test.each([
    ['7/1/2023', '2023-07-01'],
    ['12/31/2024', '2024-12-31'],
    ['7/1/23', '2023-07-01'],
    ['2023-07-01', '2023-07-01'],
    ['2023/7/1', '2023-07-01'],
    ['2023-07-01 00:00:00', '2023-07-01'],
    ['2023-07', '2023-07'],
    ['07/2023', '2023-07'],
    ['Jul 2023', '2023-07'],
    ['July 2023', '2023-07'],
    ['July 4, 2023', '2023-07-04'],
    ['4 July 2023', '2023-07-04'],
    ['4-Jul-23', '2023-07-04'],
    ['2023', '2023'],
    ['Q3 2024', '2024-Q3'],
    ['2024 Q3', '2024-Q3'],
    ['7/16/1905', '2024'],
    ['7/7/1905', '2015'],
    ['1905-07-15', '2023'],
    ['N/A', null],
    ['TBD', null],
    ['', null],
    ['10/12023', undefined],
    ['Pre-2021', undefined],
    ['2015-2022', undefined],
    ['24-Nov', undefined],
    ['Jul-23', undefined],
    ['2/30/2023', undefined],
    ['13/13/2023', undefined],
    ['25/12/2023', undefined],
    ['1/1/1905', undefined],
    ['1/1/0023', undefined],
    ['Ongoing', undefined],
    ['45108', undefined],
    ['N/A - Deconsolidation of several use cases', undefined],
    ['2024-02-15 (kick-off); 2024-08-23 (signed)', undefined],
    ['Q4FY25', undefined],
    ['FY2024 Q3', undefined],
    ['FY2025', undefined],
  ])('%j, month first, is %j', (cell, expected) => {
    expect(kept(coerce(day, cell, monthFirst))).toBe(expected);
  });
  test.each([
    ['Q4FY25', '2025-Q3'],
    ['FY2024 Q3', '2024-Q2'],
    ['FY25 Q1', '2024-Q4'],
    ['FY2025', undefined],
  ])('%j is %j where the fiscal year begins in October', (cell, expected) => {
    expect(kept(coerce(day, cell, { ...plain, fiscalYearStart: 10 }))).toBe(expected);
  });
  test('day and month are told by the column, never by the cell', () => {
    expect(kept(coerce(day, '5/6/2023', plain))).toBeUndefined();
    expect(kept(coerce(day, '5/6/2023', { ...plain, dateOrder: 'day-first' }))).toBe('2023-06-05');
    expect(kept(coerce(day, '5/5/2023', plain))).toBe('2023-05-05');
    expect(orderEvidence(['5/6/2023', '6/25/2023']).order).toBe('month-first');
    expect(orderEvidence(['5/6/2023', '25/6/2023']).order).toBe('day-first');
    expect(orderEvidence(['6/25/2023', '25/6/2023'])).toEqual({
      order: undefined,
      monthFirst: 1,
      dayFirst: 1,
      open: 0,
    });
    expect(orderEvidence(['5/6/2023'])).toMatchObject({ order: undefined, open: 1 });
  });
  test('days whose order says nothing ask nobody for an order', () => {
    const none = { order: undefined, monthFirst: 0, dayFirst: 0, open: 0 };
    expect(orderEvidence(['2023-06-05', '2024-03', '5/5/2023', '5 June 2023', ''])).toEqual(none);
  });
  test('whatever is kept is a day of the calendar that was meant in living memory', () => {
    const part = fc.integer({ min: 0, max: 40 });
    const shape = fc.tuple(
      part,
      fc.constantFrom('/', '-', '.', ' '),
      part,
      fc.integer({ min: 0, max: 2200 }),
    );
    fc.assert(
      fc.property(
        shape,
        fc.constantFrom('month-first', 'day-first', undefined),
        ([a, sign, b, year], dateOrder) => {
          const value = kept(coerce(day, `${a}${sign}${b}${sign}${year}`, { ...plain, dateOrder }));
          if (typeof value !== 'string') return;
          expect(parseDay(value)).toHaveProperty('value', value);
          expect(Number(value.slice(0, 4))).toBeGreaterThanOrEqual(1950);
          if (value.length === 10 && a !== b && sign !== '-' && year > 100)
            expect(value).toBe(
              `${year}-${String(dateOrder === 'day-first' ? b : a).padStart(2, '0')}-${String(dateOrder === 'day-first' ? a : b).padStart(2, '0')}`,
            );
        },
      ),
    );
  });
});

describe('numbers', () => {
  test.each([
    ['12', 12],
    ['1,234.5', 1234.5],
    ['1.234,5', 1234.5],
    ['1 234 567', 1234567],
    ["1'234'567", 1234567],
    ['1,234,567', 1234567],
    ['-3', -3],
    ['3,5', 3.5],
    ['1,234', undefined],
    ['1.234', undefined],
    ['12,34,5', undefined],
    ['12 people', undefined],
    ['N/A', null],
  ])('%j is %j', (cell, expected) => {
    expect(kept(coerce(number, cell, plain))).toBe(expected);
  });
  test('a column that proves its decimal sign settles what one cell leaves open', () => {
    expect(decimalEvidence(['1,234', '1,234.5'])).toBe('point');
    expect(decimalEvidence(['1,234', '3,5'])).toBe('comma');
    expect(decimalEvidence(['1,234'])).toBeUndefined();
    expect(decimalEvidence(['3,5', '3.5'])).toBeUndefined();
    expect(kept(coerce(number, '1,234', { ...plain, decimal: 'point' }))).toBe(1234);
    expect(kept(coerce(number, '1,234', { ...plain, decimal: 'comma' }))).toBe(1.234);
  });
  test('a number written with either pair of signs is read back', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (whole) => {
        const english = `${whole.toLocaleString('en-US')}.25`;
        const german = `${whole.toLocaleString('de-DE')},25`;
        expect(kept(coerce(number, english, { ...plain, decimal: 'point' }))).toBe(whole + 0.25);
        expect(kept(coerce(number, german, { ...plain, decimal: 'comma' }))).toBe(whole + 0.25);
      }),
    );
  });
});

describe('choices, lists and text', () => {
  const colour = f.choice(
    [
      { id: 'dark-blue', label: 'Dark blue' },
      { id: 'red', label: 'Red' },
    ],
    { label: 'Colour' },
  );
  test.each([
    ['Dark blue', 'dark-blue'],
    ['DARK-BLUE\n', 'dark-blue'],
    ['dark_blue', 'dark-blue'],
    ['Red: like fire', 'red'],
    ['N/A', null],
    ['Green', undefined],
  ])('the choice %j is %j', (cell, expected) => {
    expect(kept(coerce(colour, cell, plain))).toBe(expected);
  });
  test('words of the file are read as the mapping says', () => {
    const values = { Azure: 'dark-blue', Other: '' };
    expect(kept(coerce(colour, 'azure', { ...plain, values }))).toBe('dark-blue');
    expect(kept(coerce(colour, 'Azure – as the sky', { ...plain, values }))).toBe('dark-blue');
    expect(coerce(colour, 'Other', { ...plain, values })).toEqual({
      empty: true,
      note: '"Other" states no value.',
    });
  });
  const list = f.list({ label: 'List' });
  test.each([
    ['["Race/Ethnicity","Sex/Gender","Age"]', ['Race/Ethnicity', 'Sex/Gender', 'Age']],
    ["['a', 'b']", ['a', 'b']],
    ['Age\nRace/Ethnicity\nSex/Gender', ['Age', 'Race/Ethnicity', 'Sex/Gender']],
    ['a; b, c; d', ['a', 'b, c', 'd']],
    ['Sex/Gender, Age, Race/Ethnicity ', ['Sex/Gender', 'Age', 'Race/Ethnicity']],
    ['Age, Age', ['Age']],
    ['["Other"]', ['Other']],
    ['None', null],
    ['[]', null],
  ])('the list %j is %j', (cell, expected) => {
    expect(kept(coerce(list, cell, plain))).toEqual(expected);
  });
  test('prose with a comma stays one item', () => {
    const prose =
      "Disclosing this information may impede the agency's ability to combat fraud effectively, so it is withheld.";
    expect(kept(coerce(list, prose, plain))).toEqual([prose]);
  });
  const text = f.text({ label: 'Text' });
  test.each(['-5 degrees', '=SUM(A1)', '+49 30', '@home', '- first\n- second'])(
    '%j stays as it is',
    (cell) => {
      expect(coerce(text, cell, plain)).toEqual({ value: cell });
    },
  );
  test('outer white space goes and is said; "N/A" is no text, "None" can be one', () => {
    expect(coerce(text, ' a \n', plain)).toEqual({ value: 'a', note: 'Outer white space taken away.' });
    expect(kept(coerce(text, 'N/A', plain))).toBeNull();
    expect(kept(coerce(text, 'None', plain))).toBe('None');
  });
  test('signs that are not seen or turn words around are taken away and told; the cell is never lost for them', () => {
    const gone = 'Signs that are not seen or turn words around were taken away.';
    const name = f.line({ label: 'Name' });
    expect(coerce(name, 'a\u0007\u202eb', plain)).toEqual({ value: 'ab', note: gone });
    expect(coerce(name, ' a\u0007 ', plain)).toEqual({
      value: 'a',
      note: `${gone} Outer white space taken away.`,
    });
    expect(coerce(name, '\u202e\u0007', plain)).toEqual({ empty: true, note: gone });
    expect(coerce(name, '\u200b', plain)).toEqual({ empty: true });
    expect(kept(coerce(name, '\u2060', plain))).toBeNull();
    expect(coerce(text, 'a\u0007\u202eb\tc', plain)).toEqual({ value: 'a\u202eb\tc', note: gone });
    expect(kept(coerce(list, 'a\u0007; b\u2066', plain))).toEqual(['a', 'b']);
  });
  test('a person is found by a name that one member has', () => {
    const members = new Map([['head of claims', '00000000-0000-7000-8000-000000000001']]);
    const person = f.member({ label: 'Owner' });
    expect(kept(coerce(person, 'Head of Claims', { ...plain, members }))).toBe(
      '00000000-0000-7000-8000-000000000001',
    );
    expect(kept(coerce(person, 'Head of sales', { ...plain, members }))).toBeUndefined();
  });
});

test('no cell makes a value that its field would refuse, for any field of any kind', {
  timeout: 60_000,
}, () => {
  const fields = registry.kinds.flatMap((kind) => Object.values(kind.fields));
  const cell = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('N/A', '7/1/2023', '["a"]', 'Yes – but', '1,5', '\u0000', '\ud800', '=1+1', 'Q4FY25'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...fields), cell, (field, raw) => {
      const coerced = coerce(field, raw, monthFirst);
      if ('value' in coerced) expect(readValue(field, coerced.value)).toHaveProperty('value', coerced.value);
    }),
  );
});
