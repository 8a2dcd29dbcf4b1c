import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import type { GapWire, KindWire } from '@throughline/domain/wire.ts';
import { afterEach, expect, test } from 'vitest';
import { kindsQuery } from '../api/kinds.ts';
import { claims } from '../gallery/fixtures/records.ts';
import { gap } from '../gallery/fixtures/trace.ts';
import { testKind } from '../kinds/test-kind.ts';
import { GapBlock } from './gap-block.tsx';

afterEach(cleanup);

const taskKind = { ...testKind, name: 'task', abilities: { create: { allowed: true } } } as const;
const buttons = (
  given: GapWire,
  kinds: readonly KindWire[] = [taskKind],
  sealed = false,
): (string | null)[] => {
  const client = new QueryClient();
  client.setQueryData(kindsQuery.queryKey, kinds);
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
        <ol>
          <GapBlock
            id="g"
            gap={given}
            verdict="gap"
            primary={false}
            onAction={() => undefined}
            system={claims}
            sealed={sealed}
          />
        </ol>
      </MantineProvider>
    </QueryClientProvider>,
  );
  return screen.getAllByRole('button').map((one) => one.getAttribute('aria-label') ?? one.textContent);
};
const bare = gap({ rule: 'SC5', sentence: ['SYS-412 names no market.'] });

test('a gap has one button with a word: its action; making a task stands behind a menu', () => {
  const action = {
    label: 'Name the markets',
    do: { type: 'edit', ref: 'SYS-412', part: 'markets' },
    ability: { allowed: true },
  } as const;
  expect(buttons({ ...bare, action, task: null, causedBy: null })).toEqual([
    'Name the markets',
    'More about this gap',
  ]);
});

test('where nothing else can be done, a task is the one thing to do', () => {
  expect(buttons({ ...bare, action: null, task: null, causedBy: null })).toEqual(['Make a task']);
});

test('a rule of the house alone may be asked to be waived, behind the menu, and not twice', () => {
  const open = { ...bare, action: null, task: null, causedBy: null };
  const both = [taskKind, { ...taskKind, name: 'waiver' }];
  const more = ['Make a task', 'More about this gap'];
  expect(buttons({ ...open, source: 'house' }, both)).toEqual(more);
  cleanup();
  expect(buttons({ ...open, source: 'house' })).toEqual(['Make a task']);
  cleanup();
  for (const source of ['law', 'contract', 'standard', 'advice'] as const) {
    expect(buttons({ ...open, source }, both)).toEqual(['Make a task']);
    cleanup();
  }
  expect(buttons({ ...open, source: 'house', accepted: { by: 'AIMS manager', until: null } }, both)).toEqual([
    'Make a task',
  ]);
});

test('what speaks of sealed records is made no task: whoever got it would be told', () => {
  const action = {
    label: 'Triage CON-1',
    do: { type: 'edit', ref: 'CON-1', part: 'triagedAt' },
    ability: { allowed: true },
  } as const;
  const sealed = gap({ rule: 'AS4', sentence: ['CON-1 is not triaged.'], action });
  expect(buttons(sealed, [taskKind], true)).toEqual(['Triage CON-1']);
});
