import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
} from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../ui/navigate.ts';
import { AbsentPage } from './absent-page.tsx';
import { BrokenPage } from './broken-page.tsx';
import { developmentPages, type PageRoute, pages } from './pages.ts';
import { ShellRoute } from './shell-route.tsx';

const root = createRootRoute({
  component: Outlet,
  errorComponent: BrokenPage,
  notFoundComponent: AbsentPage,
});
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: ShellRoute });

const routeOf = (page: PageRoute) =>
  createRoute({
    getParentRoute: () => (page.frame === 'bare' ? root : shell),
    path: page.path,
    component: lazyRouteComponent(page.load, 'Page'),
    errorComponent: BrokenPage,
    ...(page.ahead === undefined
      ? {}
      : {
          loader: ({ params, location }) => page.ahead?.({ params, search: parseSearch(location.searchStr) }),
        }),
  });

const all = [...pages, ...developmentPages];
const framed = all.filter((page) => page.frame !== 'bare').map(routeOf);
const bare = all.filter((page) => page.frame === 'bare').map(routeOf);
/** Whatever no page answers to stands inside the shell, so that there is a way on. */
const rest = createRoute({ getParentRoute: () => shell, path: '$', component: AbsentPage });

export const router = createRouter({
  routeTree: root.addChildren([shell.addChildren([...framed, rest]), ...bare]),
  parseSearch,
  stringifySearch,
  defaultPreload: false,
  defaultPendingMs: 150,
  scrollRestoration: false,
});
