import { expect, test } from 'vitest';
import { rowsOf } from './draw-rows.ts';

test('takes each line once, whatever ends it', () => {
  expect(rowsOf('Claims triage \r\n\r\nFraud signals\rClaims triage\n  \nSYS-19')).toEqual([
    'Claims triage',
    'Fraud signals',
    'SYS-19',
  ]);
  expect(rowsOf(' \n ')).toEqual([]);
});
