import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { kindsQuery } from '../api/kinds.ts';
import { membersQuery } from '../api/members.ts';
import { claims } from '../gallery/fixtures/records.ts';
import { gap } from '../gallery/fixtures/trace.ts';
import { testKind } from '../kinds/test-kind.ts';
import { MakeTaskDialog } from './make-task-dialog.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Opens the dialog on a gap; answers the bodies that go out. */
const open = (): { fields: Record<string, unknown> }[] => {
  const sent: { fields: Record<string, unknown> }[] = [];
  vi.stubGlobal('fetch', async (_: string, { method, body: given }: RequestInit) => {
    if (method === 'POST') sent.push(JSON.parse(String(given)));
    const body = JSON.stringify({ record: { ref: 'TSK-1' }, items: [] });
    return new Response(body, { status: 201, headers: { 'content-type': 'application/json' } });
  });
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  client.setQueryData(kindsQuery.queryKey, [{ ...testKind, name: 'task' }]);
  client.setQueryData(membersQuery.queryKey, []);
  const named = gap({ rule: 'SC5', sentence: ['SYS-412 names no market.'] });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
        <MakeTaskDialog gap={named} system={claims} onClose={() => undefined} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return sent;
};
const due = () => screen.getByRole<HTMLInputElement>('textbox', { name: /^Due/ });
const make = () => fireEvent.click(screen.getByRole('button', { name: 'Make the task' }));

test('a task is not made for a day that does not exist, and then for the one that does', async () => {
  const sent = open();
  fireEvent.change(due(), { target: { value: '31 Jun 2027' } });
  make();
  expect(sent).toEqual([]);
  expect(screen.getByText(/31 Jun 2027. is not a date/)).toBeDefined();
  fireEvent.change(due(), { target: { value: '30 Jun 2027' } });
  make();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.fields).toMatchObject({ rule: 'SC5', due: '2027-06-30' });
});

test('a task may have no day', async () => {
  const sent = open();
  make();
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.fields).toEqual({ name: 'SYS-412 names no market', rule: 'SC5' });
});
