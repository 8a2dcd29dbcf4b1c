import { expect, test } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { rowsAsCsv } from './rows-csv.ts';

test('writes the columns on screen with words for states and people and days as they are kept', () => {
  const row = testRow({ fields: { owner: 'm-1', unit: 'Claims, motor', nextReview: '2026-07' } });
  const text = rowsAsCsv(testKind, ['state', 'owner', 'unit', 'nextReview'], [row], { 'm-1': 'Head "A"' });
  expect(text).toBe(
    'Ref,Name,Stage,Owner,Unit,Next review\r\nSYS-1,Claims triage,Live,"Head ""A""","Claims, motor",2026-07\r\n',
  );
});

test('a cell that a spreadsheet would run as a formula is made harmless', () => {
  const text = rowsAsCsv(testKind, ['unit'], [testRow({ fields: { unit: '=HYPERLINK("x")' } })], {});
  expect(text).toContain(`"'=HYPERLINK(""x"")"`);
});
