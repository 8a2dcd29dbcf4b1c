import type { Config } from './config.ts';
import { sweepImports } from './features/imports/sweep-imports.ts';
import { FactsCache } from './features/line/facts.ts';
import { StandingWorker } from './features/line/worker.ts';
import { verifyEveryLog } from './features/log/keep-verdict.ts';
import { applyRetention } from './features/organisation/apply-retention.ts';
import { resetAsked } from './features/sign-in/reset.ts';
import { jobHandlers } from './job-handlers.ts';
import { startWorker } from './jobs/worker.ts';
import { whyNotSigning } from './log/ensure-key.ts';
import { tellFirstKeys, tellRotations } from './log/rotate-key.ts';
import { startSequencer } from './log/sequencer.ts';
import type { Signing } from './log/signer.ts';
import { Loop } from './loop.ts';
import type { Services } from './services.ts';
import { resetTask } from './store/job-queue.ts';

const operator = { type: 'rule', rule: 'operator' } as const;
const elsewhereMs = 1_000;
const trendMs = 10 * 60_000;

/**
 * Finds or makes the key that signs the log, and ends what a rotation left. A node that cannot sign serves all the same,
 * and says so.
 */
export async function openLog(
  config: Pick<Config, 'logKeyDir' | 'logAddress'>,
  { store, clock }: Services,
  tell: (line: string) => void,
): Promise<Signing> {
  const signing = {
    store,
    clock,
    directory: config.logKeyDir,
    address: config.logAddress,
    refused: tell,
  };
  const unsigned = await whyNotSigning(signing);
  if (unsigned !== undefined) tell(unsigned);
  await tellRotations(store, clock, operator);
  if (unsigned === undefined) await tellFirstKeys(signing, operator);
  return signing;
}

/**
 * What goes on beside requests: places in the log and its signature, standings, the day's trend, long work. Each node runs all of it; the
 * database lets only one at a time through where that matters. Disposing waits for what is at hand.
 */
export async function startBackground(
  services: Services,
  signing: Signing,
  onError: (error: unknown) => void,
): Promise<AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  stack.use(startSequencer(signing, { everyMs: elsewhereMs, onError }));
  const standing = stack.use(
    new StandingWorker(services, FactsCache.of(services), { everyMs: elsewhereMs, onError }),
  );
  const trend = stack.use(new Loop({ work: () => standing.keepTrends(), everyMs: trendMs, onError }));
  trend.nudge();
  const chores = {
    [resetTask]: { work: (payload: unknown) => resetAsked(services, payload) },
    'sweep-imports': { cron: '23 * * * *', work: () => sweepImports(services) },
    'apply-retention': { cron: '13 4 * * *', work: () => applyRetention(services) },
    'verify-log': {
      cron: '41 3 * * *',
      work: async () => {
        // Organisations that came since the start.
        if ((await whyNotSigning(signing)) === undefined) await tellFirstKeys(signing, operator);
        await verifyEveryLog(services, signing.directory, signing.refused);
      },
    },
  };
  stack.use(await startWorker(services, jobHandlers, { concurrency: 2, onError, chores }));
  return stack.move();
}
