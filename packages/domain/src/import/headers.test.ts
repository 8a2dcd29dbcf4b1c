import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { registry } from '../kinds/all.ts';
import { findHeaderRow, partNames, uniqueHeaders } from './headers.ts';
import { plainWords } from './words.ts';

describe('the row of the headings', () => {
  test.each<[string, string[][], number]>([
    [
      'is the first, in a plain table',
      [
        ['Name', 'Owner'],
        ['A', 'B'],
      ],
      0,
    ],
    [
      'comes after a title',
      [
        ['Inventory of 2026', ''],
        ['Name', 'Owner'],
        ['A', 'B'],
      ],
      1,
    ],
    [
      'comes after empty rows',
      [
        ['', ''],
        [' ', '\u00a0'],
        ['Name', 'Owner'],
      ],
      2,
    ],
    [
      'may leave a few columns without a heading',
      [
        ['Name', 'Owner', ''],
        ['A', 'B', 'C'],
      ],
      0,
    ],
    [
      'is not one that fills less than six columns of ten',
      [
        ['a', '', ''],
        ['Name', 'Owner', 'Unit'],
      ],
      1,
    ],
    [
      'holds words, not numbers and days',
      [
        ['1', '2'],
        ['Name', 'Owner'],
      ],
      1,
    ],
    [
      'is not a row with prose in it',
      [
        ['x'.repeat(401), 'b'],
        ['Name', 'Owner'],
      ],
      1,
    ],
    [
      'is the first that holds anything where none is one',
      [
        ['', ''],
        ['1', '2'],
        ['3', '4'],
      ],
      1,
    ],
    ['is the first of nothing', [], 0],
    ['is looked for in the first thirty rows', [...Array(30).fill(['1', '2']), ['Name', 'Owner']], 0],
  ])('%s', (_, rows, expected) => {
    expect(findHeaderRow(rows)).toBe(expected);
  });
});

describe('a first row of known names', () => {
  const known = partNames(registry);
  const wide = ['A', 'b', 'c', 'd'];

  test('holds the headings, however wide the rows below it are', () => {
    expect(findHeaderRow([['Name', 'Purpose'], wide, ['E']], known)).toBe(0);
    expect(findHeaderRow([[''], [' name', 'PURPOSE ', ''], wide], known)).toBe(1);
    expect(findHeaderRow([['Name', 'Purpose'], wide, ['E']])).toBe(1);
  });

  test('needs more than one of them, and nothing else among them', () => {
    expect(findHeaderRow([['Name', ''], wide], known)).toBe(1);
    expect(findHeaderRow([['Name', 'Northern branch'], wide], known)).toBe(1);
    expect(findHeaderRow([['Inventory of 2026'], ['Name', 'Purpose', 'Unit', 'Owner'], wide], known)).toBe(1);
  });

  test('is known by labels of parts and relations of every kind', () => {
    for (const { fields, relations } of registry.kinds)
      for (const { label } of [...Object.values(fields), ...Object.values(relations)])
        expect([label, known.has(plainWords(label))]).toEqual([label, true]);
  });
});

describe('names of columns', () => {
  test.each<[string, string[], string[]]>([
    ['stay as they are', ['Name', 'Owner'], ['Name', 'Owner']],
    ['lose outer and doubled white space', [' Use \n case\u00a0name '], ['Use case name']],
    ['are places where there is no heading', ['Name', '', ' '], ['Name', 'Column 2', 'Column 3']],
    [
      'of a heading that repeats tell which column it belongs to',
      ['Risk', 'Explain', 'Appeal', 'Explain'],
      ['Risk', 'Explain (Risk)', 'Appeal', 'Explain (Appeal)'],
    ],
    [
      'of one that repeats behind the same column are numbered',
      ['Risk', 'Note', 'Note', 'Note'],
      ['Risk', 'Note (Risk)', 'Note (Risk) 2', 'Note (Risk) 3'],
    ],
    ['of one that repeats and begins the file are numbered', ['Note', 'Note'], ['Note', 'Note 2']],
    ['that look like a made one do not clash with it', ['Column 2', ''], ['Column 2', 'Column 2 2']],
  ])('%s', (_, cells, expected) => {
    expect(uniqueHeaders(cells)).toEqual(expected);
  });

  test('are never empty and never two alike, for any heading row', () => {
    const heading = fc.oneof(
      fc.constantFrom('', ' ', 'Note', 'Note 2', 'Column 1', 'Column 2', 'Note (Risk)', 'Risk'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(heading, { maxLength: 12 }), (cells) => {
        const names = uniqueHeaders(cells);
        expect(names).toHaveLength(cells.length);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).not.toBe('');
      }),
    );
  });
});
