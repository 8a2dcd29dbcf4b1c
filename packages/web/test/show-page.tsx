import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { configure, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';

/** How long a page is waited for, ms: the library's own second is less than a busy machine takes to draw one. */
configure({ asyncUtilTimeout: 30_000 });

/** What the server answers to a GET by its path, to anything else by `POST /path`; what is not there is a fault of the test. */
export type Answers = Readonly<Record<string, object>>;

/** Shows a page at its path, with a server that answers only what is given; `answered` are the paths it answered so far. */
export function showPage(
  path: string,
  page: ReactNode,
  answers: Answers,
): { readonly answered: readonly string[] } {
  const answered: string[] = [];
  vi.stubGlobal('fetch', async (url: string, { method = 'GET' }: RequestInit) => {
    const answer = answers[method === 'GET' ? url : `${method} ${url}`];
    if (answer === undefined) throw new Error(`${method} ${url} was not expected`);
    answered.push(url);
    return new Response(JSON.stringify(answer), { headers: { 'content-type': 'application/json' } });
  });
  const routeTree = createRootRoute({ component: () => page, notFoundComponent: () => page });
  const router = createRouter({ routeTree, history: createMemoryHistory({ initialEntries: [path] }) });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return { answered };
}
