import { expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import type { Field } from '../kinds/fields.ts';
import { coerce } from './coerce.ts';
import { errorCell, formulaWithoutValue } from './error-cells.ts';

const fieldsOf = (name: string): readonly Field[] => Object.values(registry.get(name).fields);

test.each(['#DIV/0!', '#REF!', '#NAME?', '#N/A', '#value!', ' #NUM! '])(
  '%s is no value for a field of any type, and said to be rejected',
  (cell) => {
    const fields = [...fieldsOf('system'), ...fieldsOf('use-case'), ...fieldsOf('evidence')];
    expect(new Set(fields.map((field) => field.type)).size).toBeGreaterThan(5);
    for (const field of fields)
      expect(coerce(field, cell, { year: 2026 })).toEqual({
        problem: `"${cell.trim()}" is an error of the spreadsheet and no value.`,
      });
  },
);

test('a formula without its value is named, and the way to mend it said', () => {
  const raw = formulaWithoutValue('SUM(A1,\n B2)');
  expect(raw).toBe('#FORMULA! =SUM(A1, B2)');
  expect(errorCell(raw)).toMatch(/^The file holds the formula =SUM\(A1, B2\) without its value\. Open it/);
  expect(errorCell(formulaWithoutValue(''))).toMatch(/^The file holds a formula without its value\./);
});

test.each(['#1 choice', 'n/a', 'N/A', '=1+1', 'Explains #DIV/0! to users', '#FORMULA!x', '#', ''])(
  '%j is no error',
  (cell) => {
    expect(errorCell(cell)).toBeUndefined();
  },
);
