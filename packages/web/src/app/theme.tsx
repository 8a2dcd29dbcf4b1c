import { MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { t } from '../text/t.ts';
import { usePreference } from '../ui/preferences.ts';

export type Theme = 'light' | 'dark' | 'system';

const isTheme = (value: string): value is Theme =>
  value === 'light' || value === 'dark' || value === 'system';
const device = window.matchMedia('(prefers-color-scheme: dark)');
const followDevice = (listener: () => void): (() => void) => {
  device.addEventListener('change', listener);
  return () => device.removeEventListener('change', listener);
};

/** The chosen theme and the switch for it. `src/begin.js` reads what this browser keeps before the first paint. */
export const useTheme = (): [Theme, (next: Theme) => void] => {
  const [chosen, choose] = usePreference('theme', 'system');
  return [isTheme(chosen) ? chosen : 'system', choose];
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
  const [chosen] = useTheme();
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
