import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { Shell } from './shell.tsx';
import { useShellData } from './use-shell-data.ts';

/** Records in the palette come after the first page has been drawn. */
const PaletteRecords = lazy(async () => {
  const { PaletteRecords: component } = await import('../features/search/palette-records.tsx');
  return { default: component };
});

/** The frame around every page but the bare ones. */
export const ShellRoute = () => (
  <Shell data={useShellData()}>
    <Outlet />
    <Suspense fallback={null}>
      <PaletteRecords />
    </Suspense>
  </Shell>
);
