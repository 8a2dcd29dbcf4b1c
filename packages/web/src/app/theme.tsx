import { MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { t } from '../text/t.ts';
import { createStore, keepPreference, readPreference, useStore } from '../ui/store.ts';

export type Theme = 'light' | 'dark' | 'system';

const read = (): Theme => {
  const kept = readPreference('theme', 'system');
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};
const theme = createStore<Theme>(read());
const device = window.matchMedia('(prefers-color-scheme: dark)');
const followDevice = (listener: () => void): (() => void) => {
  device.addEventListener('change', listener);
  return () => device.removeEventListener('change', listener);
};

/** The chosen theme and the switch for it. Kept in this browser; `public/theme.js` reads the same preference before the first paint. */
export const useTheme = (): [Theme, (next: Theme) => void] => {
  const change = (next: Theme): void => {
    theme.set(next);
    keepPreference('theme', next);
  };
  return [useStore(theme), change];
};

/** What floats is drawn inside one named region, so that nothing of the page stands outside its landmarks. */
const mantineTheme = {
  respectReducedMotion: true,
  fontFamily: 'var(--font)',
  components: { Portal: { defaultProps: { target: '#overlays' } } },
};

/**
 * Mantine without its run-time style elements: variables come from `ui/tokens.css` and `ui/mantine.css`.
 * Mantine's own colour scheme hook writes a style element on a switch, so the scheme is kept here and forced there.
 */
export const ThemeProvider = ({ children }: { children: ReactNode }) => {
  const chosen = useStore(theme);
  const dark = useSyncExternalStore(followDevice, () => device.matches);
  const scheme = chosen === 'system' ? (dark ? 'dark' : 'light') : chosen;
  useEffect(() => {
    document.documentElement.setAttribute('data-mantine-color-scheme', scheme);
  }, [scheme]);
  return (
    <MantineProvider
      withCssVariables={false}
      withGlobalClasses={false}
      forceColorScheme={scheme}
      theme={mantineTheme}
    >
      {children}
      <section id="overlays" aria-label={t('app.overlays')} />
    </MantineProvider>
  );
};
