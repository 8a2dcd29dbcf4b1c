import { expect, test } from 'vitest';
import { pages } from './pages.ts';

test('a scheme has a page for what a version would change, with a decision table and without one', () => {
  const paths = pages.map(({ path }) => path);
  expect(paths).toContain('/classification-schemes/$ref/table');
  expect(paths).toContain('/classification-schemes/$ref/changes');
  expect(new Set(paths).size).toBe(paths.length);
});
