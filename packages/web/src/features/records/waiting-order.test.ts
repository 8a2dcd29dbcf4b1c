import { expect, test } from 'vitest';
import { testRow } from '../../kinds/test-kind.ts';
import { mostPressing } from './waiting-order.ts';

test('the task that is due first comes first, one without a day comes last, and no more than asked', () => {
  const task = (ref: string, due?: string) => testRow({ ref, fields: due === undefined ? {} : { due } });
  const rows = [task('TSK-1'), task('TSK-2', '2026-12-15'), task('TSK-3', '2026-11-30')];
  expect(mostPressing(rows, 5).map((row) => row.ref)).toEqual(['TSK-3', 'TSK-2', 'TSK-1']);
  expect(mostPressing(rows, 2)).toHaveLength(2);
});
