import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { MeWire } from '@throughline/domain/wire.ts';
import { post } from '../../api/client.ts';
import { sessionQuery } from '../../api/session.ts';
import { useNavigate } from '../../ui/navigate.ts';

/** A way in: what is sent, and where it leads. What an earlier person saw on this page is forgotten. */
export const useEntrance = <Body>(path: string, next: string) => {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: (body: Body) => post<MeWire>(path, body),
    onSuccess: (me) => {
      client.clear();
      client.setQueryData(sessionQuery.queryKey, me);
      navigate(next, { replace: true });
    },
  });
};

/**
 * Only an address of this application: a link that leads elsewhere after signing in is a trap. Tabs and line ends are no
 * part of one, and browsers take them out: `/` tab `/elsewhere.example` would lead there.
 */
export const safeNext = (next: string | undefined): string =>
  next !== undefined && /^\/(?![/\\])\S*$/.test(next) && !next.startsWith('/sign-in') ? next : '/';
