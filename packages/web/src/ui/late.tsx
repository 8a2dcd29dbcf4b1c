import { type ComponentType, createElement, lazy, useState } from 'react';

/** A component whose code comes after the page's. `fetch` begins that ahead of need. */
export type Late<P> = ComponentType<P> & { fetch: () => Promise<unknown> };

/**
 * Like React's `lazy`, inside a `Suspense` of its own, but drawn at once where the code is there already. `lazy` shows its
 * fallback even then, and React keeps a fallback that was shown for 300 ms.
 */
export const late = <P extends object>(load: () => Promise<ComponentType<P>>): Late<P> => {
  let here: ComponentType<P> | undefined;
  const fetch = async (): Promise<ComponentType<P>> => {
    here ??= await load();
    return here;
  };
  const Waiting = lazy(async () => ({ default: await fetch() }));
  const Component = (props: P) => {
    // For the life of what is drawn: another component in its place would lose what was typed there.
    const [drawn] = useState<{ as: ComponentType<P> }>(() => ({ as: here ?? Waiting }));
    return createElement(drawn.as, props);
  };
  return Object.assign(Component, { fetch });
};
