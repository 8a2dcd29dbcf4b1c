import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { BulkDialog } from './bulk-dialog.tsx';

/** Bodies that went out, each with whether it only asked. */
let sent: { dryRun: boolean; body: unknown }[] = [];
const row = testRow();
const outcome = { applied: ['a'], unchanged: [], refused: [], voided: 0, stale: 0 };

beforeEach(() => {
  sent = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push({ dryRun: url.includes('dryRun=true'), body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(outcome), { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = (): void => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
        <BulkDialog
          kind={testKind}
          task={{ do: 'field', name: 'nextReview' }}
          target={{ rows: [row], count: 1 }}
          onClose={() => undefined}
          onDone={() => undefined}
        />
      </MantineProvider>
    </QueryClientProvider>,
  );
};
const day = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Next review' });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
const { ref } = row;

test('a day that does not exist is refused: nothing is asked, nothing is applied, what was typed stays', () => {
  open();
  fireEvent.change(day(), { target: { value: '30 Feb 2027' } });
  press('See what it does');
  expect(sent).toEqual([]);
  expect(day().value).toBe('30 Feb 2027');
  expect(screen.getByText(/30 Feb 2027. is not a date/)).toBeDefined();
  expect(screen.queryByText(/Apply to/)).toBeNull();
  expect(screen.queryByRole('status')).toBeNull();
});

test('what was said of one day does not hold for another that cannot be read', async () => {
  open();
  fireEvent.change(day(), { target: { value: '1 Feb 2027' } });
  press('See what it does');
  await screen.findByText('Apply to 1');
  fireEvent.change(day(), { target: { value: '30 Feb 2027' } });
  expect(screen.queryByText('Apply to 1')).toBeNull();
  press('See what it does');
  const patch = { fields: { nextReview: '2027-02-01' } };
  expect(sent).toEqual([{ dryRun: true, body: { refs: [ref], patch } }]);
});

test('a field is emptied on purpose only', async () => {
  open();
  press('See what it does');
  expect(sent).toEqual([]);
  expect(screen.getByText('Give a value for Next review first.')).toBeDefined();
  fireEvent.click(screen.getByLabelText('Take Next review away from all of them'));
  press('See what it does');
  fireEvent.click(await screen.findByRole('button', { name: 'Apply to 1' }));
  const body = { refs: [ref], patch: { clear: ['nextReview'] } };
  await waitFor(() => expect(sent.filter(({ dryRun }) => !dryRun)).toEqual([{ dryRun: false, body }]));
  expect(sent).toContainEqual({ dryRun: true, body });
});
