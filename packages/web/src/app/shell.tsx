import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { t } from '../text/t.ts';
import { IconButton } from '../ui/button.tsx';
import { Drawer } from '../ui/dialog.tsx';
import type { Hotkey } from '../ui/hotkey-registry.ts';
import { MenuIcon } from '../ui/icons.ts';
import { LiveRegion } from '../ui/live-region.tsx';
import { useNavigate, usePath } from '../ui/navigate.ts';
import { usePreference } from '../ui/preferences.ts';
import { ToastArea } from '../ui/toast.tsx';
import { useHotkeyListener, useHotkeys } from '../ui/use-hotkeys.ts';
import { Mark } from './mark.tsx';
import { type Place, type Section, visibleSections } from './navigation.ts';
import { PaletteDialog } from './palette-dialog.tsx';
import css from './shell.module.css';
import type { ShellData } from './shell-data.ts';
import { Sidebar } from './sidebar.tsx';

/** Looked up rarely: fetched when it is. */
const KeysDialog = lazy(async () => {
  const { KeysDialog: component } = await import('./keys-dialog.tsx');
  return { default: component };
});

const isKnown = (data: ShellData) => (place: Place) =>
  place.collection === undefined
    ? data.hasPage(place.path)
    : data.collections?.has(place.collection) === true;

const useShellKeys = (
  sections: readonly Section[],
  open: { palette: (() => void) | null; keys: () => void; fold: () => void },
): void => {
  const navigate = useNavigate();
  const go: Hotkey[] = sections.map((section) => ({
    keys: `g ${section.letter}`,
    label: t('keys.go', { place: t(section.label) }),
    group: 'go',
    run: () => navigate(section.places[0]?.path ?? '/'),
  }));
  useHotkeys([
    ...(open.palette === null
      ? []
      : [{ keys: 'mod+k', label: t('keys.palette'), group: 'everywhere' as const, run: open.palette }]),
    { keys: '?', label: t('keys.help'), group: 'everywhere', run: open.keys },
    { keys: '[', label: t('keys.sidebar'), group: 'everywhere', run: open.fold },
    ...go,
  ]);
};

/** A new page is read from its beginning, and its way there is not walked again (WCAG 2.4.3). */
const useFocusOnMove = (path: string) => {
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    if (before.current === path) return;
    before.current = path;
    main.current?.focus({ preventScroll: true });
  }, [path]);
  return main;
};

/** Sidebar, main region, and what floats over every page. */
export const Shell = ({ data, children }: { data: ShellData; children: ReactNode }) => {
  const path = usePath();
  const main = useFocusOnMove(path);
  const [sidebarKept, keepSidebar] = usePreference('sidebar', 'wide');
  const folded = sidebarKept === 'narrow';
  const [opened, setOpened] = useState<{ what: 'palette' | 'keys' | 'sidebar'; on: string } | null>(null);
  // What floats belongs to the page it was opened on: moving closes it.
  const over = opened?.on === path ? opened.what : 'none';
  const open = (what: 'palette' | 'keys' | 'sidebar') => () => setOpened({ what, on: path });
  const sections = useMemo(() => visibleSections(isKnown(data)), [data]);
  const close = (): void => setOpened(null);
  const fold = (): void => keepSidebar(folded ? 'wide' : 'narrow');
  useHotkeyListener();
  const search = data.accountAlone === true ? null : open('palette');
  useShellKeys(sections, { palette: search, keys: open('keys'), fold });

  const sidebar = (narrow: boolean) => (
    <Sidebar data={data} sections={sections} path={path} folded={narrow} onFold={fold} onSearch={search} />
  );
  return (
    <div className={css.app} data-folded={folded || undefined}>
      <a className={css.skip} href="#main">
        {t('app.skip')}
      </a>
      <div className={css.side}>{sidebar(folded)}</div>
      <header className={css.topbar}>
        <IconButton label={t('app.open-menu')} icon={<MenuIcon />} onClick={open('sidebar')} />
        <Mark />
        <span className={css.name}>{data.organisation ?? t('app.name')}</span>
      </header>
      <main id="main" ref={main} tabIndex={-1} className={css.main}>
        {children}
        {data.printed === undefined ? null : <footer className={css.printed}>{data.printed}</footer>}
      </main>
      <Drawer
        opened={over === 'sidebar'}
        onClose={close}
        title={data.organisation ?? t('app.name')}
        side="left"
        width={272}
      >
        {over === 'sidebar' ? sidebar(false) : null}
      </Drawer>
      <PaletteDialog opened={over === 'palette'} onClose={close} sections={sections} />
      <Suspense fallback={null}>{over === 'keys' ? <KeysDialog opened onClose={close} /> : null}</Suspense>
      <ToastArea />
      <LiveRegion />
    </div>
  );
};
