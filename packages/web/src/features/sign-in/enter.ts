import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { useState } from 'react';
import { isStep } from '../../api/account.ts';
import { post } from '../../api/client.ts';
import { setLoadedFor } from '../../api/organisation.ts';
import { sessionQuery } from '../../api/session.ts';
import { useNavigate } from '../../ui/navigate.ts';

/** Lets whoever signed in onto the page where they wanted to be. What an earlier person saw here is forgotten. */
export const useArrival = (next: string) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (me: MeWire): void => {
    client.clear();
    setLoadedFor(me.organisation.id);
    client.setQueryData(sessionQuery.queryKey, me);
    navigate(next, { replace: true });
  };
};

/** A way in: what is sent, and where it leads; or what is asked for next (`ask`), where a second factor is. */
export const useEntrance = <Body>(path: string, next: string) => {
  const arrive = useArrival(next);
  const [ask, setAsk] = useState<StepWire | null>(null);
  const enter = useMutation({
    mutationFn: (body: Body) => post<MeWire | StepWire>(path, body),
    onSuccess: (answer) => (isStep(answer) ? setAsk(answer) : arrive(answer)),
  });
  return { ...enter, ask, again: () => setAsk(null) };
};

/**
 * Only an address of this application: a link that leads elsewhere after signing in is a trap. Tabs and line ends are no
 * part of one, and browsers take them out: `/` tab `/elsewhere.example` would lead there.
 */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])\S*$/.test(next) && !next.startsWith('/sign-in') ? next : '/';
