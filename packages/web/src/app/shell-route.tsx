import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type ServerEvent, useServerEvents } from '../api/events.ts';
import { apiPath } from '../api/records.ts';
import { accountAlone, sessionQuery, useSession } from '../api/session.ts';
import { logStateQuery } from '../proof/log-state.ts';
import { late } from '../ui/late.tsx';
import { useNavigate, usePath } from '../ui/navigate.ts';
import { inPauses, likelyPages } from './likely.ts';
import { queryClient } from './query-client.ts';
import { Shell } from './shell.tsx';
import { usePreferenceSync } from './use-preference-sync.ts';
import { useShellData } from './use-shell-data.ts';

/** Records in the palette, long work, an old proof, another organisation in another tab: none is needed to read a page. */
const PaletteRecords = late(
  async () => (await import('../features/search/palette-records.tsx')).PaletteRecords,
);
const JobsTray = late(async () => (await import('../features/jobs/jobs-tray.tsx')).JobsTray);
const OldProof = late(async () => (await import('../features/sign-in/old-proof.tsx')).OldProof);
const OtherOrganisation = late(
  async () => (await import('../features/sign-in/other-organisation.tsx')).OtherOrganisation,
);

/**
 * Whether the code of what stands behind every page is there. It is fetched in pauses once the page itself has been drawn:
 * after the page that most go to next, before the others.
 */
const useBehind = (): boolean => {
  const [here, setHere] = useState(false);
  useEffect(() => {
    const [first, ...others] = likelyPages(location.pathname);
    const behind = async (): Promise<void> => {
      await Promise.all([PaletteRecords, JobsTray, OldProof, OtherOrganisation].map((part) => part.fetch()));
      setHere(true);
    };
    return inPauses([...(first === undefined ? [] : [first]), behind, ...others]);
  }, []);
  return here;
};

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
  const behindHere = useBehind();
  usePreferenceSync();
  useFactorDemand();
  return (
    <Shell data={behindHere ? { ...data, tray: <JobsTray /> } : data}>
      {signedIn ? <Live /> : null}
      <Outlet />
      {behindHere ? (
        <>
          <PaletteRecords />
          <OldProof />
          <OtherOrganisation />
        </>
      ) : null}
    </Shell>
  );
};
