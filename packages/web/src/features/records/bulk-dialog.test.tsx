import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import type { JobWire } from '@throughline/domain/wire.ts';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { testKind, testRow } from '../../kinds/test-kind.ts';
import { BulkDialog } from './bulk-dialog.tsx';

type Answer = { applied?: readonly string[]; job?: { id: string } };
/** Bodies that went out, each with whether it only asked. */
let sent: { dryRun: boolean; body: unknown }[] = [];
const row = testRow();
const outcome = { applied: ['a'], unchanged: [], refused: [], voided: 0, stale: 0 };
/** What a change answers, how its job stands, and the jobs that were asked to stop. */
let answer: Answer = outcome;
let job: Partial<JobWire> = {};
let stopped: string[] = [];
const running = { state: 'running', done: 200, total: 405 } as const;
const counts = { applied: 400, unchanged: 3, refused: 2 };
const refused = [{ id: 'x', ref: 'SYS-7', title: 'Pricing', reason: 'This record is archived.' }];
const ended = {
  state: 'done',
  done: 405,
  total: 405,
  result: { counts, refused, voided: 1, stale: 0 },
} as const;

beforeEach(() => {
  sent = [];
  stopped = [];
  answer = outcome;
  const headers = { 'content-type': 'application/json' };
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    const of = /jobs\/(j\d)(\/cancel)?$/.exec(url);
    if (of?.[2]) stopped.push(of[1] ?? '');
    if (of)
      return new Response(JSON.stringify({ id: of[1], type: 'bulk-dry-run', message: '', ...job }), {
        headers,
      });
    sent.push({ dryRun: url.includes('dryRun=true'), body: JSON.parse(String(init.body)) });
    return new Response(JSON.stringify(answer), { headers });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

let client: QueryClient;
const open = (): (() => void) => {
  client = new QueryClient();
  const { unmount } = render(
    <QueryClientProvider client={client}>
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
  return unmount;
};
/** Asks what a day would do, and lets the job that finds out begin. */
const askOfMany = async (): Promise<() => void> => {
  answer = { job: { id: 'j1' } };
  job = running;
  const close = open();
  fireEvent.change(day(), { target: { value: '1 Feb 2027' } });
  press('See what it does');
  await screen.findByText('200 / 405');
  return close;
};
/** The job is heard of again, as the event stream has it. */
const hear = (state: Partial<JobWire>): void => {
  job = state;
  void client.invalidateQueries({ queryKey: ['job'] });
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

test('many records are looked at by a job: its progress shows, then what it found, and then it can be applied', async () => {
  await askOfMany();
  expect(screen.getByRole('progressbar', { name: 'Looking at each record' })).toBeDefined();
  expect(screen.queryByText(/Apply to/)).toBeNull();
  hear(ended);
  await screen.findByText(/Applies to 400 of 1/);
  expect(screen.getByText('2 refuse:')).toBeDefined();
  expect(screen.getByText(/This record is archived/)).toBeDefined();
  // One of two was told by name.
  expect(screen.getByText('And 1 more.')).toBeDefined();
  expect(screen.queryByRole('progressbar')).toBeNull();
  answer = { job: { id: 'j2' } };
  press('Apply to 400');
  await waitFor(() => expect(sent.map(({ dryRun }) => dryRun)).toEqual([true, false]));
  expect(stopped).toEqual([]);
});

test('what is looked at for nobody is stopped: on request, by another value, by closing', async () => {
  await askOfMany();
  press('Stop looking');
  await waitFor(() => expect(stopped).toEqual(['j1']));
  expect(screen.queryByRole('progressbar')).toBeNull();
  press('See what it does');
  await screen.findByText('200 / 405');
  fireEvent.change(day(), { target: { value: '2 Feb 2027' } });
  await waitFor(() => expect(stopped).toEqual(['j1', 'j1']));
  cleanup();
  (await askOfMany())();
  await waitFor(() => expect(stopped).toHaveLength(3));
});

test.each([
  [{ state: 'failed', message: 'Nothing to do here.' } as const, 'Nothing to do here.'],
  [{ state: 'failed', message: '' } as const, /could not be found out/],
])('a look that fails says so and offers to look again: %j', async (state, told) => {
  await askOfMany();
  hear(state);
  expect((await screen.findByRole('alert')).textContent).toMatch(told);
  expect(screen.getByRole('button', { name: 'See what it does' })).toBeDefined();
  expect(stopped).toEqual([]);
});

test('a look that was stopped elsewhere leaves the question open', async () => {
  await askOfMany();
  hear({ state: 'cancelled' });
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  expect(screen.queryByRole('alert')).toBeNull();
  expect(screen.queryByText(/Apply to/)).toBeNull();
});
