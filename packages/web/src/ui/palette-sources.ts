import { useEffect } from 'react';
import { createStore, useStore } from './store.ts';

export type PaletteResult = {
  id: string;
  /** Heading it stands under, in the order the groups first appear. */
  group: string;
  label: string;
  /** Quiet text on the right: a ref, a kind, a place. */
  hint?: string;
  keys?: string;
  /** Why it cannot be done now: shown grey, and choosing does nothing. */
  reason?: string;
  href?: string;
  run?: () => void;
};

/** Answers what a query finds, best first. `signal` ends when the person has typed on. */
export type PaletteSource = (
  query: string,
  signal: AbortSignal,
) => Promise<readonly PaletteResult[]> | readonly PaletteResult[];

const sources = createStore<readonly PaletteSource[]>([]);

/** Offers results in the palette while the component is mounted. Pass a stable function. */
export const usePaletteSource = (source: PaletteSource): void => {
  useEffect(() => {
    sources.set((now) => [...now, source]);
    return () => sources.set((now) => now.filter((other) => other !== source));
  }, [source]);
};

export const usePaletteSources = (): readonly PaletteSource[] => useStore(sources);
