import './ui/base.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { setSignedOutHandler } from './api/client.ts';
import { queryClient } from './app/query-client.ts';
import { router } from './app/router.tsx';
import { ThemeProvider } from './app/theme.tsx';

/** Pages for whoever is not signed in: a refusal there ends no session. */
const bare = /^\/(sign-in|password|invitation|setup)(\/|$)/;

/** Where a session ended, sign-in takes over and brings the person back to where they were. */
setSignedOutHandler(() => {
  const { pathname, href } = router.history.location;
  if (bare.test(pathname)) return;
  queryClient.clear();
  router.history.push(`/sign-in?next=${encodeURIComponent(href)}`);
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
