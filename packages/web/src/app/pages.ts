import type { ComponentType } from 'react';
import { type Ahead, askHome, askRecord } from './ahead.ts';

/** A page file exports its component as `Page`. */
export type PageModule = { Page: ComponentType };

export type PageRoute = {
  /** TanStack Router path: `/systems`, `/$collection/$ref`. Fixed parts win over parameters. */
  path: string;
  load: () => Promise<PageModule>;
  /** `bare` pages stand without the sidebar: sign-in, walk mode. */
  frame?: 'shell' | 'bare';
  /** Asks for what it shows, while its code is fetched and where a link to it is about to be followed. */
  ahead?: Ahead;
};

/** Every page of the application, one line each. A page is a chunk of its own, fetched when it is needed. */
export const pages: readonly PageRoute[] = [
  { path: '/', load: () => import('../features/home/home-page.tsx'), ahead: askHome },
  { path: '/readiness', load: () => import('../features/readiness/readiness-page.tsx') },
  { path: '/soa', load: () => import('../features/soa/soa-page.tsx') },
  { path: '/soa/matrix', load: () => import('../features/soa/matrix-page.tsx') },
  { path: '/import', load: () => import('../features/imports/import-page.tsx') },
  { path: '/import/$id', load: () => import('../features/imports/wizard-page.tsx') },
  { path: '/settings', load: () => import('../features/settings/organisation-page.tsx') },
  { path: '/sign-in-settings', load: () => import('../features/settings/provider-page.tsx') },
  { path: '/members', load: () => import('../features/settings/people-page.tsx') },
  { path: '/groups', load: () => import('../features/settings/groups-page.tsx') },
  { path: '/roles', load: () => import('../features/settings/roles-page.tsx') },
  { path: '/deputies', load: () => import('../features/settings/deputies-page.tsx') },
  { path: '/provisioning', load: () => import('../features/settings/provisioning-page.tsx') },
  { path: '/removals', load: () => import('../features/settings/removals-page.tsx') },
  { path: '/units', load: () => import('../features/settings/units-page.tsx') },
  { path: '/tokens', load: () => import('../features/settings/tokens-page.tsx') },
  { path: '/authority', load: () => import('../features/settings/authority-page.tsx') },
  { path: '/account', load: () => import('../features/settings/account-page.tsx') },
  { path: '/preferences', load: () => import('../features/settings/preferences-page.tsx') },
  { path: '/demo', load: () => import('../features/settings/demo-page.tsx') },
  { path: '/jobs', load: () => import('./routes/jobs-route.tsx') },
  { path: '/log', load: () => import('../features/log/log-page.tsx') },
  { path: '/log/checkpoints', load: () => import('../features/log/checkpoints-page.tsx') },
  { path: '/log/verify', load: () => import('../features/log/verify-page.tsx') },
  { path: '/sign-in', load: () => import('../features/sign-in/sign-in-page.tsx'), frame: 'bare' },
  {
    path: '/sign-in/return',
    load: () => import('../features/sign-in/return-page.tsx'),
    frame: 'bare',
  },
  {
    path: '/sign-in/$address',
    load: () => import('../features/sign-in/sign-in-page.tsx'),
    frame: 'bare',
  },
  { path: '/setup', load: () => import('../features/sign-in/setup-page.tsx'), frame: 'bare' },
  { path: '/invitation', load: () => import('../features/sign-in/invitation-page.tsx'), frame: 'bare' },
  { path: '/password', load: () => import('../features/sign-in/password-page.tsx'), frame: 'bare' },
  { path: '/welcome', load: () => import('../features/sign-in/welcome-page.tsx'), frame: 'bare' },
  { path: '/systems/$ref/walk', load: () => import('../features/walk/walk-page.tsx'), frame: 'bare' },
  { path: '/walks/draw', load: () => import('../features/walk/draw-page.tsx') },
  { path: '/classifications/rules', load: () => import('../features/classification/rules-page.tsx') },
  { path: '/classifications/due', load: () => import('../features/classification/due-page.tsx') },
  { path: '/classifications/many', load: () => import('../features/classification/many-page.tsx') },
  { path: '/use-cases/$ref/classes', load: () => import('./routes/classes-route.tsx') },
  { path: '/classification-schemes/$ref/table', load: () => import('./routes/scheme-route.tsx') },
  { path: '/classification-schemes/$ref/changes', load: () => import('./routes/scheme-changes-route.tsx') },
  { path: '/crosswalk', load: () => import('../features/crosswalk/crosswalk-page.tsx') },
  { path: '/coverage', load: () => import('../features/crosswalk/coverage-page.tsx') },
  { path: '/obligations/overlaps', load: () => import('../features/crosswalk/overlaps-page.tsx') },
  { path: '/gap-analyses/$ref/progress', load: () => import('./routes/gap-route.tsx') },
  { path: '/classifications/$ref/interview', load: () => import('./routes/interview-route.tsx') },
  { path: '/impact-assessments/$ref/sheet', load: () => import('./routes/impact-route.tsx') },
  { path: '/risk-assessments/$ref/findings', load: () => import('./routes/findings-route.tsx') },
  { path: '/control-tests/$ref/sample', load: () => import('./routes/sample-route.tsx') },
  { path: '/treatments/$ref/comparison', load: () => import('./routes/comparison-route.tsx') },
  { path: '/risks/matrix', load: () => import('../features/risk/matrix-page.tsx') },
  { path: '/gates/exceptions', load: () => import('../features/gates/exceptions-page.tsx') },
  { path: '/gates/$ref/criteria', load: () => import('./routes/gate-route.tsx') },
  { path: '/systems/$ref/gates', load: () => import('./routes/system-gates-route.tsx') },
  { path: '/risks/$ref/rating', load: () => import('./routes/rating-route.tsx') },
  { path: '/search', load: () => import('../features/search/search-page.tsx') },
  { path: '/$collection', load: () => import('./routes/register-route.tsx') },
  { path: '/$collection/new', load: () => import('./routes/create-route.tsx') },
  { path: '/$collection/$ref', load: () => import('./routes/record-route.tsx'), ahead: askRecord },
  { path: '/$collection/$ref/edit', load: () => import('./routes/edit-route.tsx') },
];

/** Components of the development build only: `import.meta.env` is replaced at build time, so production carries none of it. */
export const developmentPages: readonly PageRoute[] =
  import.meta.env.DEV || import.meta.env.MODE === 'gallery'
    ? [
        { path: '/_gallery', load: () => import('../gallery/gallery-page.tsx') },
        { path: '/_gallery/line', load: () => import('./routes/gallery-line-route.tsx') },
      ]
    : [];
