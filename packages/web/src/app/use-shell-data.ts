import { useQuery } from '@tanstack/react-query';
import type { KindWire } from '@throughline/domain/wire.ts';
import type { LogStateWire } from '@throughline/domain/wire-log.ts';
import type { MeWire } from '@throughline/domain/wire-session.ts';
import { useEffect, useMemo } from 'react';
import { endSession } from '../api/client.ts';
import { leaveStreams } from '../api/event-stream.ts';
import { kindsQuery } from '../api/kinds.ts';
import { Problem } from '../api/problem.ts';
import { accountAlone, useSession } from '../api/session.ts';
import { goOnIn } from '../api/switch.ts';
import { useLogState } from '../proof/log-state.ts';
import { logSummary, printedCheckpoint } from '../proof/log-summary.ts';
import { remembered } from '../proof/remembered.ts';
import { formatNumber, t } from '../text/t.ts';
import { setTimeZone, useTimeZone } from '../ui/clock.ts';
import type { MenuGroup } from '../ui/menu.tsx';
import { notify } from '../ui/toast.tsx';
import { pages } from './pages.ts';
import { queryClient } from './query-client.ts';
import type { ShellData } from './shell-data.ts';

const paths = new Set(pages.map((page) => page.path));
const hasPage = (path: string): boolean => paths.has(path);

const administration = [
  ['/settings', 'app.admin.settings'],
  ['/members', 'app.admin.members'],
  ['/units', 'units.title'],
  ['/tokens', 'app.admin.tokens'],
  ['/authority', 'app.admin.authority'],
  ['/account', 'account.title'],
  ['/preferences', 'app.admin.preferences'],
  ['/jobs', 'app.admin.jobs'],
  ['/demo', 'demo.title'],
] as const;

/** Where somebody belongs to several organisations, the others stand first: going on there is one click. */
const switchGroup = ({ organisation, organisations }: MeWire): MenuGroup[] =>
  organisations.length < 2
    ? []
    : [
        {
          label: t('switch.organisations'),
          items: organisations.map(({ id, name }) => ({
            label: name,
            checked: id === organisation.id,
            ...(id === organisation.id ? {} : { onSelect: () => void goOn(id, organisation.name) }),
          })),
        },
      ];

const goOn = async (id: string, here: string): Promise<void> => {
  try {
    await queryClient.cancelQueries();
    await goOnIn(id);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    await queryClient.invalidateQueries();
    notify({ text: `${t('switch.failed', { name: here })} ${error.message}` });
  }
};

const organisationMenu = (me: MeWire | undefined): readonly MenuGroup[] | undefined => {
  const items = administration
    .filter(([path]) => hasPage(path))
    .map(([path, key]) => ({ label: t(key), href: path }));
  const groups = [...(me === undefined ? [] : switchGroup(me)), ...(items.length === 0 ? [] : [{ items }])];
  return groups.length === 0 ? undefined : groups;
};

/**
 * What was read goes with the document. Emptying the cache here would make the open page ask anew, and be refused,
 * before the browser has left it.
 */
const signOut = async (): Promise<void> => {
  leaveStreams();
  await queryClient.cancelQueries();
  await endSession();
  window.location.replace('/sign-in');
};

/** The state of the log where the caller may read it; its size alone where not, and until it is there. */
const logOf = (me: MeWire, state: LogStateWire | undefined, zone: string): NonNullable<ShellData['log']> =>
  state === undefined
    ? {
        state: 'unknown',
        sentence: t('app.log.entries', { n: me.log.size }),
        ...(hasPage('/log') ? { href: '/log' } : {}),
      }
    : logSummary(state, remembered(me.organisation.id), zone);

const countsOf = (me: MeWire, kinds: readonly KindWire[]): Readonly<Record<string, number | string>> =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const count = me.counts[kind.name] ?? me.counts[kind.collection];
      return count === undefined ? [] : [[`/${kind.collection}`, formatNumber(count)]];
    }),
  );

/** Whose account it is, and the ways out of it: another organisation, or out. */
const aloneOf = (me: MeWire, name: string | undefined): ShellData => {
  const others = switchGroup(me);
  return {
    accountAlone: true,
    hasPage: () => false,
    organisation: me.organisation.name,
    onSignOut: () => void signOut(),
    ...(name === undefined ? {} : { person: { name } }),
    ...(others.length === 0 ? {} : { organisationMenu: others }),
  };
};

/** What the frame shows, as far as the answers have come. */
export const useShellData = (): ShellData => {
  const me = useSession();
  const kinds = useQuery(kindsQuery).data;
  const log = useLogState();
  const own = me?.organisation.timeZone;
  const zone = useTimeZone();
  useEffect(() => {
    if (own !== undefined) setTimeZone(own);
  }, [own]);
  return useMemo(() => {
    const menu = organisationMenu(me);
    const base: ShellData = { hasPage, ...(menu === undefined ? {} : { organisationMenu: menu }) };
    if (me === undefined) return base;
    const printed = log === undefined ? null : printedCheckpoint(log, zone);
    const name = me.member?.name ?? me.token?.name;
    if (accountAlone(me, Date.now())) return aloneOf(me, name);
    return {
      ...base,
      organisation: me.organisation.name,
      log: logOf(me, log, zone),
      onSignOut: () => void signOut(),
      ...(name === undefined ? {} : { person: { name } }),
      ...(printed === null ? {} : { printed }),
      ...(kinds === undefined
        ? {}
        : { collections: new Set(kinds.map((kind) => kind.collection)), counts: countsOf(me, kinds) }),
    };
  }, [me, kinds, log, zone]);
};
