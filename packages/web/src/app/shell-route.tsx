import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { type ServerEvent, useServerEvents } from '../api/events.ts';
import { apiPath } from '../api/records.ts';
import { accountAlone, sessionQuery, useSession } from '../api/session.ts';
import { logStateQuery } from '../proof/log-state.ts';
import { useNavigate, usePath } from '../ui/navigate.ts';
import { fetchLikely } from './likely.ts';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';
import { usePreferenceSync } from './use-preference-sync.ts';
import { useShellData } from './use-shell-data.ts';

/** Records in the palette come after the first page has been drawn. */
const PaletteRecords = lazy(async () => {
  const { PaletteRecords: component } = await import('../features/search/palette-records.tsx');
  return { default: component };
});

/** Long work is rare: what shows it is fetched after the first page. */
const JobsTray = lazy(async () => {
  const { JobsTray: component } = await import('../features/jobs/jobs-tray.tsx');
  return { default: component };
});

/** A proof is asked for rarely, and must be ready when it is. */
const OldProof = lazy(async () => {
  const { OldProof: component } = await import('../features/sign-in/old-proof.tsx');
  return { default: component };
});

/** Going on in another organisation in another tab is rare too, and told at once. */
const OtherOrganisation = lazy(async () => {
  const { OtherOrganisation: component } = await import('../features/sign-in/other-organisation.tsx');
  return { default: component };
});

const tray = (
  <Suspense fallback={null}>
    <JobsTray />
  </Suspense>
);

/** A checkpoint follows its entries at once; a busy log makes a page ask for the state every few seconds and no more. */
const askEvery = 3_000;
let waiting = false;
const askState = (): void => {
  if (waiting) return;
  waiting = true;
  setTimeout(() => {
    waiting = false;
    void queryClient.invalidateQueries({ queryKey: logStateQuery.queryKey });
  }, askEvery);
};

/** The foot of the sidebar counts on with the log. */
const noteSize = (event: ServerEvent): void => {
  if (event.type !== 'log') return;
  const { queryKey } = sessionQuery;
  queryClient.setQueryData(queryKey, (me) =>
    me === undefined ? me : { ...me, log: { ...me.log, size: event.size } },
  );
  askState();
};

/** Mounted for who is signed in: what others change turns the open page without a reload. */
const Live = () => {
  useServerEvents(`${apiPath}/events`, noteSize);
  useEffect(() => fetchLikely(), []);
  return null;
};

/** Whoever lacks the second factor that is demanded opens their account and nothing else: the server refuses the rest. */
const useFactorDemand = (): void => {
  const over = accountAlone(useSession(), Date.now());
  const path = usePath();
  const navigate = useNavigate();
  useEffect(() => {
    if (over && path !== '/account') navigate('/account', { replace: true });
  }, [over, path, navigate]);
};

/** The frame around every page but the bare ones. What changes elsewhere turns on the page that is open. */
export const ShellRoute = () => {
  const data = useShellData();
  const signedIn = useSession() !== undefined;
  usePreferenceSync();
  useFactorDemand();
  return (
    <Shell data={{ ...data, tray }}>
      {signedIn ? <Live /> : null}
      <Outlet />
      <Suspense fallback={null}>
        <PaletteRecords />
        <OldProof />
        <OtherOrganisation />
      </Suspense>
    </Shell>
  );
};
