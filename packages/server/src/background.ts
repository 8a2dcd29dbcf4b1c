import { FactsCache } from './features/line/facts.ts';
import { StandingWorker } from './features/line/worker.ts';
import { jobHandlers } from './job-handlers.ts';
import { startWorker } from './jobs/worker.ts';
import { startSequencer } from './log/sequencer.ts';
import { Loop } from './loop.ts';
import type { Services } from './services.ts';

const elsewhereMs = 1_000;
const trendMs = 10 * 60_000;

/**
 * What goes on beside requests: places in the log, standings, the day's trend, long work. Each node runs all of it; the
 * database lets only one at a time through where that matters. Disposing waits for what is at hand.
 */
export async function startBackground(
  services: Services,
  onError: (error: unknown) => void,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  stack.use(startSequencer(services.store, { everyMs: elsewhereMs, onError }));
  const standing = stack.use(
    new StandingWorker(services, FactsCache.of(services), { everyMs: elsewhereMs, onError }),
  );
  const trend = stack.use(new Loop({ work: () => standing.keepTrends(), everyMs: trendMs, onError }));
  trend.nudge();
  stack.use(await startWorker(services, jobHandlers, { concurrency: 2, onError }));
  return stack.move();
}
