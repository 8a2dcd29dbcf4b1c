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
const onIdle = (run: () => void): (() => void) => {
  if (typeof requestIdleCallback !== 'function') {
    const timer = setTimeout(run, latest);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(run, { timeout: latest });
  return () => cancelIdleCallback(asked);
};

type Load = () => Promise<unknown>;

/** Does one after the other, each in a pause of its own. Answers how to stop. */
export const inPauses = (loads: readonly Load[]): (() => void) => {
  let stop = (): void => undefined;
  const next = (at: number): void => {
    const load = loads[at];
    if (load === undefined) return;
    stop = onIdle(() => {
      // What cannot be fetched now is asked for again, and told, when it is needed.
      void Promise.allSettled([load()]).then(() => next(at + 1));
    });
  };
  next(0);
  return () => stop();
};

/** The code of the likeliest next pages, the likeliest first. */
export const likelyPages = (path: string): readonly Load[] => [
  ...likely(path).flatMap((one) => pages.find((page) => page.path === one)?.load ?? []),
  // The largest part of a system's page, which no other record has.
  SystemLine.fetch,
];
