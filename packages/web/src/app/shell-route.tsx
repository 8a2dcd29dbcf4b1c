import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useServerEvents } from '../api/events.ts';
import { useSession } from '../api/session.ts';
import { Shell } from './shell.tsx';
import { useShellData } from './use-shell-data.ts';

/** Records in the palette come after the first page has been drawn. */
const PaletteRecords = lazy(async () => {
  const { PaletteRecords: component } = await import('../features/search/palette-records.tsx');
  return { default: component };
});

/** Mounted for who is signed in: what others change turns the open page without a reload. */
const LiveEvents = () => {
  useServerEvents('/api/v1/events');
  return null;
};

/** The frame around every page but the bare ones. */
export const ShellRoute = () => (
  <Shell data={useShellData()}>
    <Outlet />
    {useSession() === undefined ? null : <LiveEvents />}
    <Suspense fallback={null}>
      <PaletteRecords />
    </Suspense>
  </Shell>
);
