import { expect, test } from 'vitest';
import { isRejectedFile, rejectedRows, rejectionHeadings } from './rejected-file.ts';

const headers = ['Name', 'Date'];
const rows = [
  { row: 2, raw: ['Triage', '2023'] },
  { row: 3, raw: ['-5 degrees', '31/31/2023'] },
  { row: 5, raw: ['', 'soon'] },
];

test('rows stand as they are in the file, after where, what and why', () => {
  const rejections = new Map([
    [
      5,
      [
        { column: '', raw: '', message: 'Name is needed.' },
        { column: 'Date', raw: 'soon', message: 'No date.' },
      ],
    ],
    [3, [{ column: 'Date', raw: '31/31/2023', message: 'There is no such day.' }]],
    [2, []],
  ]);
  expect([...rejectedRows(headers, rows, rejections)]).toEqual([
    [...rejectionHeadings, 'Name', 'Date'],
    [3, 'Date', 'There is no such day.', '-5 degrees', '31/31/2023'],
    [5, 'the whole row\nDate', 'Name is needed.\nNo date.', '', 'soon'],
  ]);
});

test('a row shorter than the headings is filled up, and nothing rejected leaves the headings alone', () => {
  const why = new Map([[2, [{ column: 'Date', raw: '', message: 'Why.' }]]]);
  expect([...rejectedRows(headers, [{ row: 2, raw: ['A'] }], why)][1]).toEqual([2, 'Date', 'Why.', 'A', '']);
  expect([...rejectedRows(headers, rows, new Map())]).toEqual([[...rejectionHeadings, 'Name', 'Date']]);
});

test('a file of rejected rows is known by all three of its columns, wherever they stand', () => {
  expect(isRejectedFile([...rejectionHeadings, ...headers])).toBe(true);
  expect(isRejectedFile([...headers, ...rejectionHeadings.toReversed()])).toBe(true);
  expect(isRejectedFile([...rejectionHeadings.slice(1), ...headers])).toBe(false);
  expect(isRejectedFile(headers)).toBe(false);
});
