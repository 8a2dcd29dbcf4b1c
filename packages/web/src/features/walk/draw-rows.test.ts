import { expect, test } from 'vitest';
import { filterOf, rowsOf } from './draw-rows.ts';

test('takes each line once, whatever ends it', () => {
  expect(rowsOf('Claims triage \r\n\r\nFraud signals\rClaims triage\n  \nSYS-19')).toEqual([
    'Claims triage',
    'Fraud signals',
    'SYS-19',
  ]);
  expect(rowsOf(' \n ')).toEqual([]);
});

test('reads a filter as parameters of the register, and words as a search', () => {
  expect(filterOf(' ?gap=any&stage=live ')).toBe('gap=any&stage=live');
  expect(filterOf('motor claims')).toBe('q=motor+claims');
});
