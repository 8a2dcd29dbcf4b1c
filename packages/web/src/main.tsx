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

/** The frame comes before its page where that takes longer than this, ms. */
const patience = 200;

/**
 * The page is drawn together with its frame. A frame alone, drawn while the page's code is read, would hold the page
 * back: React keeps for 300 ms whatever stood in for something else.
 */
const page = router.load();
void Promise.race([page, new Promise((done) => setTimeout(done, patience))]).finally(() =>
  createRoot(root).render(
    <StrictMode>
      <ThemeProvider>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ThemeProvider>
    </StrictMode>,
  ),
);
