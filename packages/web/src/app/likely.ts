import { pages } from './pages.ts';
import { SystemLine } from './system-line.ts';

/** Where most people go next (UX i): from a list to one of its rows, from anywhere else to a list. */
const likely = (path: string): readonly string[] =>
  /^\/[a-z-]+$/.test(path)
    ? ['/$collection/$ref', '/', '/$collection']
    : ['/$collection', '/$collection/$ref', '/'];

/** At the latest after so long, ms: a busy page may never rest. */
const latest = 2_000;

/** Runs once the browser has nothing better to do; where it cannot say, a while later. Answers how to call it off. */
export const onIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, latest);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run, { timeout: latest });
  return () => cancelIdleCallback(asked);
};

/** Fetches the code of the likeliest pages one after the other, each in a pause of its own. Answers how to stop. */
export const fetchLikely = (loads = loadsOf(likely(location.pathname))): (() => void) => {
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
  SystemLine.fetch,
];
