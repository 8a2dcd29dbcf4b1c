import { useQuery } from '@tanstack/react-query';
import type { KindWire, MeWire } from '@throughline/domain/wire.ts';
import { useEffect, useMemo } from 'react';
import { del } from '../api/client.ts';
import { kindsQuery } from '../api/kinds.ts';
import { useSession } from '../api/session.ts';
import { formatNumber, t } from '../text/t.ts';
import { setTimeZone } from '../ui/clock.ts';
import type { MenuGroup } from '../ui/menu.tsx';
import { pages } from './pages.ts';
import { queryClient } from './query-client.ts';
import type { ShellData } from './shell-data.ts';

const paths = new Set(pages.map((page) => page.path));
const hasPage = (path: string): boolean => paths.has(path);

const administration = [
  ['/settings', 'app.admin.settings'],
  ['/members', 'app.admin.members'],
  ['/tokens', 'app.admin.tokens'],
  ['/authority', 'app.admin.authority'],
  ['/preferences', 'app.admin.preferences'],
  ['/jobs', 'app.admin.jobs'],
  ['/demo', 'demo.title'],
] as const;

const organisationMenu = (): readonly MenuGroup[] | undefined => {
  const items = administration
    .filter(([path]) => hasPage(path))
    .map(([path, key]) => ({ label: t(key), href: path }));
  return items.length === 0 ? undefined : [{ items }];
};

const signOut = async (): Promise<void> => {
  await del('/api/v1/session');
  queryClient.clear();
  window.location.assign('/sign-in');
};

const logOf = (me: MeWire): NonNullable<ShellData['log']> => ({
  state: 'unknown',
  sentence: t('app.log.entries', { n: me.log.size }),
  ...(hasPage('/log') ? { href: '/log' } : {}),
});

const countsOf = (me: MeWire, kinds: readonly KindWire[]): Readonly<Record<string, number | string>> =>
  Object.fromEntries(
    kinds.flatMap((kind) => {
      const count = me.counts[kind.name] ?? me.counts[kind.collection];
      return count === undefined ? [] : [[`/${kind.collection}`, formatNumber(count)]];
    }),
  );

/** What the frame shows, as far as the answers have come. */
export const useShellData = (): ShellData => {
  const me = useSession();
  const kinds = useQuery(kindsQuery).data;
  const zone = me?.organisation.timeZone;
  useEffect(() => {
    if (zone !== undefined) setTimeZone(zone);
  }, [zone]);
  return useMemo(() => {
    const menu = organisationMenu();
    const base: ShellData = { hasPage, ...(menu === undefined ? {} : { organisationMenu: menu }) };
    if (me === undefined) return base;
    const name = me.member?.name ?? me.token?.name;
    return {
      ...base,
      organisation: me.organisation.name,
      log: logOf(me),
      onSignOut: () => void signOut(),
      ...(name === undefined ? {} : { person: { name } }),
      ...(kinds === undefined
        ? {}
        : { collections: new Set(kinds.map((kind) => kind.collection)), counts: countsOf(me, kinds) }),
    };
  }, [me, kinds]);
};
