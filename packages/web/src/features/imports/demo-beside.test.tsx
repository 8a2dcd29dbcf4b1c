import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { JobWire } from '@throughline/domain/wire.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DemoBeside } from './demo-beside.tsx';

let roles: readonly string[] = [];
let standing: 'loaded' | 'offered' = 'loaded';
let job: Partial<JobWire> = {};
/** What was asked of the server to change, in order. */
let asked: string[] = [];

beforeEach(() => {
  roles = ['aims-manager'];
  standing = 'loaded';
  job = { state: 'running', done: 10, total: 200 };
  asked = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    if (method !== 'GET') asked.push(`${method} ${url}`);
    const answer = (): object => {
      if (method === 'DELETE' || url.includes('/jobs/'))
        return { id: `j${asked.length}`, type: 'demo-remove', message: '', ...job };
      if (url.endsWith('/demo')) return { standing: 'loaded', systems: 12, records: [] };
      return { organisation: { id: 'o1' }, roles, demo: standing };
    };
    return new Response(JSON.stringify(answer()), { headers: { 'content-type': 'application/json' } });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = (mixing = false) => {
  const onMix = vi.fn();
  const client = new QueryClient();
  const { container } = render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
        <DemoBeside mixing={mixing} onMix={onMix} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  /** As the server tells of a job that went on. */
  const tell = () => client.invalidateQueries({ queryKey: ['job'] });
  return { onMix, container, tell };
};

test('with a demo here it says what mixing means, and asks', async () => {
  const { onMix } = show();
  await screen.findByText('The demo organisation is here, with 12 systems.');
  fireEvent.click(screen.getByRole('button', { name: 'Keep the demo beside it' }));
  expect(onMix).toHaveBeenCalledOnce();
  expect(asked).toEqual([]);
});

test('removing it asks the server once, shows the work, and is over when the demo is gone', async () => {
  const { container, tell } = show();
  fireEvent.click(await screen.findByRole('button', { name: 'Remove the demo first' }));
  await screen.findByRole('progressbar', { name: 'The demo organisation is being removed.' });
  expect(asked).toEqual(['DELETE /api/v1/demo']);
  job = { state: 'done' };
  standing = 'offered';
  await tell();
  await waitFor(() => expect(container.textContent).toBe(''));
});

test('a removal that failed says why, and can be asked for again', async () => {
  job = { state: 'failed', message: 'The server was stopped.' };
  show();
  fireEvent.click(await screen.findByRole('button', { name: 'Remove the demo first' }));
  expect((await screen.findByRole('alert')).textContent).toBe('The server was stopped.');
  job = { state: 'running', done: 0, total: 200 };
  fireEvent.click(screen.getByRole('button', { name: 'Remove the demo first' }));
  await screen.findByRole('progressbar', { name: 'The demo organisation is being removed.' });
  expect(asked).toEqual(['DELETE /api/v1/demo', 'DELETE /api/v1/demo']);
});

test('who may not remove it reads who could, and may go on', async () => {
  roles = ['system-owner'];
  show();
  const button = await screen.findByRole('button', { name: /Remove the demo first/ });
  expect(button.getAttribute('aria-disabled')).toBe('true');
  screen.getByText('Your roles do not allow this. Administrator or AIMS manager could.');
  fireEvent.click(button);
  expect(asked).toEqual([]);
});

test('once decided it says what stays, and asks no more', async () => {
  show(true);
  await screen.findByText(/stays beside what you import/);
  expect(screen.queryByRole('button')).toBe(null);
});
