import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { FileFacts } from './file-facts.tsx';

afterEach(cleanup);

const file = {
  name: 'inventory.csv',
  size: 2048,
  sha256: 'ab',
  rows: 3,
  encoding: 'utf-8',
  delimiter: '\t',
  sheet: null,
  sheets: [],
  headerRow: 2,
};
const read = (): (string | null)[] =>
  [...document.querySelectorAll('dl > div')].map((fact) => fact.textContent);

test('how a file was read stands as facts, without a field and without the reason said at each', () => {
  render(<FileFacts file={file} />);
  expect(read()).toEqual(['Encodingutf-8', 'DelimiterTab', 'Row with the headings2']);
  expect(screen.queryAllByRole('textbox')).toEqual([]);
  expect(document.body.textContent).not.toContain('no longer holds');
});

test('a workbook has a sheet, and neither encoding nor delimiter', () => {
  const sheets = [{ name: 'Systems', rows: 3 }];
  render(<FileFacts file={{ ...file, encoding: null, delimiter: null, sheet: 'Systems', sheets }} />);
  expect(read()[0]).toContain('Systems');
  expect(read()).toHaveLength(2);
});
