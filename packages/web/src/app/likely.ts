import { pages } from './pages.ts';

/** Where most people go next, whatever page they began on (UX i). */
const likely = ['/$collection', '/$collection/$ref', '/'];

/** Runs once the browser has nothing better to do; where it cannot say, a while later. */
const onIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, 2_000);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run);
  return () => cancelIdleCallback(asked);
};

/** Fetches the code of the likeliest pages one after the other, each in a pause of its own. Answers how to stop. */
export const fetchLikely = (loads = loadsOf(likely)): (() => void) => {
  let stop = (): void => undefined;
  const next = (at: number): void => {
    const load = loads[at];
    if (load === undefined) return;
    stop = onIdle(() => {
      // What cannot be fetched now is asked for again, and told, when its page is opened.
      load().then(
        () => next(at + 1),
        () => undefined,
      );
    });
  };
  next(0);
  return () => stop();
};

const loadsOf = (paths: readonly string[]): readonly (() => Promise<unknown>)[] => [
  ...paths.flatMap((path) => pages.find((page) => page.path === path)?.load ?? []),
  // The largest part of a system's page, which no other record has.
  () => import('../features/line/system-line.tsx'),
];
