import { expect, test } from 'vitest';
import { sparklinePath } from './sparkline.tsx';

test('draws from zero, highest at the top', () => {
  expect(sparklinePath([0, 5, 10], 24, 24)).toBe('M2 22L12 12L22 2');
});

test('breaks where a value is missing, and keeps a lone value in sight', () => {
  expect(sparklinePath([10, null, 10, 10], 34, 24)).toBe('M2 2h0.1M22 2L32 2');
  expect(sparklinePath([], 34, 24)).toBe('');
});
