import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import type { Json } from '@throughline/domain/json.ts';
import type { RowsField } from '@throughline/domain/kinds/fields.ts';
import { impactAssessment } from '@throughline/domain/kinds/impact-assessment.ts';
import { riskCriteria } from '@throughline/domain/kinds/risk-criteria.ts';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { RowsEditor } from './rows-editor.tsx';
import { sheetColumns } from './sheet-columns.ts';

afterEach(cleanup);

const rowsOf = (field: unknown): RowsField => {
  const given = field as RowsField;
  if (given?.type !== 'rows') throw new Error('These are no rows.');
  return given;
};
const likelihoods = rowsOf(riskCriteria.fields.likelihoods);

const Form = ({ told }: { told: (value: readonly Json[]) => void }) => {
  const [value, setValue] = useState<readonly Json[]>([{ step: 'Rare' }]);
  const change = (next: readonly Json[]): void => {
    setValue(next);
    told(next);
  };
  return <RowsEditor field={likelihoods} label="Steps" value={value} onChange={change} />;
};

test('a row that is asked for is there to type in, and each cell is named by its column', async () => {
  let kept: readonly Json[] = [];
  render(<Form told={(value) => (kept = value)} />);
  fireEvent.click(screen.getByRole('button', { name: 'Add a row' }));
  const row = screen.getByRole('group', { name: 'Row 2' });
  const step = within(row).getByRole('textbox', { name: 'Step' });
  await waitFor(() => expect(document.activeElement).toBe(step));
  fireEvent.change(step, { target: { value: 'Likely' } });
  expect(kept).toEqual([{ step: 'Rare' }, { step: 'Likely' }]);
  fireEvent.click(screen.getByRole('button', { name: 'Remove row 1' }));
  expect(kept).toEqual([{ step: 'Likely' }]);
});

test('few short columns stand as a table; many, and those that need room, do not', () => {
  expect(sheetColumns(likelihoods)?.split(' ').at(-1)).toBe('28px');
  expect(sheetColumns(rowsOf(riskCriteria.fields.thresholds))).not.toBe(undefined);
  expect(sheetColumns(rowsOf(impactAssessment.fields.effects))).toBe(undefined);
});
