import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { riskCriteria } from '@throughline/domain/kinds/risk-criteria.ts';
import { afterEach, expect, test } from 'vitest';
import { FieldValue } from './field-value.tsx';
import { headedWeight } from './sheet-columns.ts';

afterEach(cleanup);

const { likelihoods } = riskCriteria.fields;
if (likelihoods === undefined) throw new Error('Risk criteria have no steps.');
const field = likelihoods;
const show = (count: number) => {
  const value = Array.from({ length: count }, (_, n) => ({ step: `Step ${n + 1}`, from: n }));
  render(<FieldValue name="likelihoods" field={field} value={value} names={{}} />);
  return screen.getAllByRole('row', { hidden: true }).filter((row) => row.className === '');
};

test('a long table begins folded and opens; a short one is whole', () => {
  expect(show(10)).toHaveLength(11);
  expect(screen.queryByRole('button')).toBe(null);
  cleanup();
  expect(show(38)).toHaveLength(7);
  fireEvent.click(screen.getByRole('button', { name: 'Show all 38 rows' }));
  expect(screen.getAllByRole('row')).toHaveLength(39);
  screen.getByRole('button', { name: 'Show fewer rows' });
});

test('a number has room for its head, and less than words', () => {
  const label = (text: string) => ({ label: text });
  const number = { type: 'number', ...label('Threshold') } as const;
  expect(headedWeight(number)).toBeGreaterThan(headedWeight({ ...number, ...label('Set') }));
  expect(headedWeight({ type: 'line', max: 200, ...label('Measure') })).toBeGreaterThan(headedWeight(number));
});
