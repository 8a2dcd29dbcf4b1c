import { Outlet } from '@tanstack/react-router';
import { Shell } from './shell.tsx';
import { useShellData } from './use-shell-data.ts';

/** The frame around every page but the bare ones. */
export const ShellRoute = () => (
  <Shell data={useShellData()}>
    <Outlet />
  </Shell>
);
