import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { Json } from '@throughline/domain/json.ts';
import { afterEach, expect, test } from 'vitest';
import type { RecordPatch } from '../../api/records.ts';
import { testKind, testRecord } from '../../kinds/test-kind.ts';
import { PartEditor } from './part-editor.tsx';

afterEach(cleanup);

const open = (name: string, stood?: Json): { saved: RecordPatch[]; closed: () => number } => {
  const saved: RecordPatch[] = [];
  let closings = 0;
  const record = testRecord({ fields: stood === undefined ? {} : { [name]: stood } });
  render(
    <PartEditor
      kind={testKind}
      record={record}
      name={name}
      save={async (patch) => {
        saved.push(patch);
        return null;
      }}
      onDone={() => {
        closings += 1;
      }}
    />,
  );
  return { saved, closed: () => closings };
};
const typed = (text: string): void => {
  const field = document.activeElement;
  if (field === null) throw new Error('Nothing has the keys.');
  fireEvent.change(field, { target: { value: text } });
};
const save = () => fireEvent.click(screen.getByRole('button', { name: 'Save' }));

test('an empty list is typed into at once', async () => {
  const { saved, closed } = open('markets');
  expect(document.activeElement?.tagName).toBe('INPUT');
  typed('Austria');
  save();
  await waitFor(() => expect(closed()).toBe(1));
  expect(saved).toEqual([{ fields: { markets: ['Austria'] } }]);
});

test('an empty table is typed into at once', async () => {
  const { saved, closed } = open('effects');
  expect(document.activeElement?.tagName).toBe('TEXTAREA');
  typed('Longer waits');
  save();
  await waitFor(() => expect(closed()).toBe(1));
  expect(saved).toEqual([{ fields: { effects: [{ effect: 'Longer waits' }] } }]);
});

test('saving with nothing given says so and stays; Cancel leaves', () => {
  const { saved, closed } = open('markets');
  save();
  expect([saved, closed()]).toEqual([[], 0]);
  expect(screen.getByText('Nothing is given for Markets yet. Cancel leaves it empty.')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(closed()).toBe(1);
});

test('what stood and was not touched closes, and taking it away is saved', async () => {
  const untouched = open('markets', ['Austria']);
  save();
  expect([untouched.saved, untouched.closed()]).toEqual([[], 1]);
  cleanup();
  const taken = open('markets', ['Austria']);
  fireEvent.click(screen.getByRole('button', { name: /^Remove/ }));
  save();
  await waitFor(() => expect(taken.closed()).toBe(1));
  expect(taken.saved).toEqual([{ fields: { markets: null } }]);
});

test('a day that cannot be read is not saved as the last one that could', () => {
  const { saved, closed } = open('nextReview', '2026-07-14');
  typed('2027');
  typed('2027-13');
  save();
  expect([saved, closed()]).toEqual([[], 0]);
});
