import { Outlet } from '@tanstack/react-router';
import { pages } from './pages.ts';
import { Shell } from './shell.tsx';
import type { ShellData } from './shell-data.ts';

const paths = new Set(pages.map((page) => page.path));
const data: ShellData = { hasPage: (path) => paths.has(path) };

/** The frame around every page but the bare ones. */
export const ShellRoute = () => (
  <Shell data={data}>
    <Outlet />
  </Shell>
);
