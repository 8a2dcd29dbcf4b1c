import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { f } from '../kinds/fields.ts';
import { coerce } from './coerce.ts';
import { comesFromCell } from './coerce-rows.ts';

const criteria = registry.get('risk-criteria').fields;
const read = (field: string, cell: string) => {
  const declared = criteria[field];
  if (!declared) throw new RangeError(field);
  return coerce(declared, cell, { year: 2026, values: { Rare: 'Often' } });
};

describe('a table in one cell', () => {
  test('is read as registers are exported: a line for each row, labels before colons', () => {
    const cell =
      'Step: Rare; Meaning: Once in ten years; or less; From: 0; To: 10\nStep: Often; From: 10; To: 100';
    expect(read('likelihoods', cell)).toEqual({
      value: [
        { step: 'Rare', meaning: 'Once in ten years; or less', from: 0, to: 10 },
        { step: 'Often', from: 10, to: 100 },
      ],
      note: 'Read as a table of 2.',
    });
  });

  test('is read between strokes in the order of its columns, blank ones left out', () => {
    expect(read('consequences', 'Society | Grave | Many die\n\n All three | Mild\n|Plain')).toMatchObject({
      value: [
        { bearer: 'society', step: 'Grave', meaning: 'Many die' },
        { bearer: 'all', step: 'Mild' },
        { step: 'Plain' },
      ],
    });
  });

  test('is read as a JSON list of objects, by name or by label', () => {
    const rows = [
      { For: 'All three', likelihood: 'Rare', Consequence: 'Mild', level: 'low' },
      { bearer: null, level: 'High' },
    ];
    expect(read('matrix', JSON.stringify(rows))).toMatchObject({
      value: [{ bearer: 'all', likelihood: 'Rare', consequence: 'Mild', level: 'low' }, { level: 'high' }],
    });
  });

  test.each([
    ['likelihoods', 'Rare | x | 0 | 10 | more', 'Row 1: 5 columns, where there are 4.'],
    ['likelihoods', 'Step: Rare\nStep: Often; Step: Seldom', 'Row 2: "Step" stands twice.'],
    ['likelihoods', '[{"step":"Rare","colour":"red"}]', 'Row 1: there is no column "colour".'],
    ['likelihoods', '[{"step":{"of":"Rare"}}]', 'Row 1: "step" holds more than one value.'],
    ['likelihoods', 'Step: Rare; From: much', 'Row 1, From:'],
    ['likelihoods', 'Step: Rare; From: 120', 'From'],
    ['consequences', 'Step: Mild; For: Shareholders', 'Row 1, For:'],
  ])('%s, "%s" is refused whole, with the place', (field, cell, says) => {
    expect(read(field, cell)).toEqual({ problem: expect.stringContaining(says) });
  });

  test('never throws, and what is taken is what the field keeps', () => {
    fc.assert(
      fc.property(fc.constantFrom('likelihoods', 'consequences', 'matrix'), fc.string(), (field, cell) => {
        const said = read(field, cell);
        if ('value' in said) expect(Array.isArray(said.value)).toBe(true);
      }),
    );
  });
});

test('tables come from a cell where they are said to; files never do', () => {
  expect(comesFromCell(criteria.likelihoods ?? f.line({ label: 'x' }))).toBe(true);
  const { externalClasses } = registry.get('use-case').fields;
  expect(externalClasses && comesFromCell(externalClasses)).toBe(false);
  expect(comesFromCell(f.rows({ who: f.line({ label: 'Who' }) }, { label: 'People' }))).toBe(false);
  expect(comesFromCell(f.file({ label: 'File' }))).toBe(false);
  expect(comesFromCell(f.text({ label: 'Text' }))).toBe(true);
});
