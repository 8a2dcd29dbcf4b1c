import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import type { Json } from '@throughline/domain/json.ts';
import { riskCriteria } from '@throughline/domain/kinds/risk-criteria.ts';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { FieldEditor } from './field-editor.tsx';
import { FieldValue } from './field-value.tsx';

afterEach(cleanup);

const { matrix } = riskCriteria.fields;
if (matrix === undefined) throw new Error('Risk criteria have no matrix.');
const field = matrix;
const beside = {
  likelihoods: [{ step: 'Rare' }, { step: 'Likely' }],
  consequences: [{ step: 'Minor' }, { step: 'Grave' }],
};
const level = (likelihood: string, consequence: string, of: string): Json => ({
  ...{ likelihood, consequence, level: of },
});

const Form = ({ start, told }: { start: readonly Json[]; told: (value: Json) => void }) => {
  const [value, setValue] = useState<Json>(start);
  return (
    <FieldEditor
      field={field}
      label="Matrix"
      value={value}
      beside={beside}
      onChange={(next) => {
        setValue(next);
        told(next);
      }}
    />
  );
};

test('each pair of steps is a choice; what is chosen is a row, and what is taken back is none', () => {
  let kept: Json = null;
  render(<Form start={[level('Rare', 'Minor', 'low')]} told={(value) => (kept = value)} />);
  expect(screen.getAllByRole('combobox')).toHaveLength(4);
  screen.getByText('3 cells are empty.');
  const cell = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Likely, Grave' });
  fireEvent.change(cell, { target: { value: 'severe' } });
  expect(kept).toEqual([
    level('Rare', 'Minor', 'low'),
    { bearer: 'all', ...{ likelihood: 'Likely', consequence: 'Grave', level: 'severe' } },
  ]);
  screen.getByText('2 cells are empty.');
  for (const name of ['Rare, Minor', 'Likely, Grave'])
    fireEvent.change(screen.getByRole('combobox', { name }), { target: { value: '' } });
  expect(kept).toBeNull();
});

test('a bearer gets a table of its own, and it goes with its cells', () => {
  let kept: Json = null;
  render(<Form start={[level('Rare', 'Minor', 'low')]} told={(value) => (kept = value)} />);
  fireEvent.click(screen.getByRole('button', { name: 'A table for Individuals alone' }));
  const table = screen.getByRole('table', { name: 'Matrix: Individuals' });
  fireEvent.change(within(table).getByRole('combobox', { name: 'Rare, Grave' }), {
    target: { value: 'high' },
  });
  expect(kept).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Remove the table for Individuals' }));
  expect(kept).toEqual([level('Rare', 'Minor', 'low')]);
  expect(screen.queryByRole('table', { name: 'Matrix: Individuals' })).toBeNull();
});

test('read, the likeliest stands on top, an empty cell is a dash, and a lost step is marked', () => {
  const value = [level('Rare', 'Minor', 'low'), level('Often', 'Grave', 'high')];
  render(<FieldValue name="matrix" field={field} value={value} names={{}} beside={beside} />);
  const rows = screen.getAllByRole('row').map((row) => row.textContent);
  expect(rows).toEqual(['Often–High', 'Likely––', 'RareLow–', 'MinorGrave']);
  expect(screen.getByRole('rowheader', { name: 'Often' }).getAttribute('title')).toBe(
    '“Often” is no step any more: only cells name it.',
  );
});

test('a matrix is filled by key: digits set the level where the focus is, arrows move it, Delete empties', () => {
  let kept: Json = null;
  render(<Form start={[]} told={(value) => (kept = value)} />);
  const cell = (name: string) => screen.getByRole<HTMLSelectElement>('combobox', { name });
  const second = cell('Rare, Minor').options[2]?.value ?? '';
  cell('Rare, Minor').focus();
  fireEvent.keyDown(cell('Rare, Minor'), { key: '2' });
  expect(kept).toEqual([{ bearer: 'all', likelihood: 'Rare', consequence: 'Minor', level: second }]);
  fireEvent.keyDown(cell('Rare, Minor'), { key: 'ArrowUp' });
  expect(document.activeElement).toBe(cell('Likely, Minor'));
  fireEvent.keyDown(cell('Likely, Minor'), { key: 'ArrowRight' });
  expect(document.activeElement).toBe(cell('Likely, Grave'));
  fireEvent.keyDown(cell('Likely, Grave'), { key: 'ArrowRight' });
  expect(document.activeElement).toBe(cell('Likely, Grave'));
  fireEvent.keyDown(cell('Rare, Minor'), { key: 'Delete' });
  expect(kept).toBeNull();
});
