import { isObject } from '@throughline/domain/json.ts';
import { Logger, run } from 'graphile-worker';
import type { Services } from '../services.ts';
import { jobTask, takeUpJobs } from '../store/job-queue.ts';
import { refreshStatistics, statisticsTask } from '../store/statistics.ts';
import { type JobHandlers, runJob } from './run-job.ts';

/** Work of the installation that belongs to no organisation: by the clock (five fields of cron, in UTC), or when the queue is told. */
export type Chore = { readonly cron?: string; readonly work: (payload: unknown) => Promise<unknown> };

/**
 * Starts working through the queue on this node, also of what a process left that ended without a word; disposing waits
 * for the job at hand.
 */
export async function startWorker(
  services: Services,
  handlers: JobHandlers,
  options: {
    concurrency: number;
    onError: (error: unknown) => void;
    chores?: Readonly<Record<string, Chore>>;
  },
): Promise<AsyncDisposable> {
  const chores: Readonly<Record<string, Chore>> = {
    ...options.chores,
    [statisticsTask]: { work: () => refreshStatistics(services.store.owner) },
    'take-up-jobs': { cron: '* * * * *', work: () => takeUpJobs(services.store.owner) },
  };
  await takeUpJobs(services.store.owner);
  const runner = await run({
    pgPool: services.store.owner,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: new Logger(() => () => undefined),
    crontab: Object.entries(chores)
      .flatMap(([name, { cron }]) => (cron === undefined ? [] : [`${cron} ${name}`]))
      .join('\n'),
    taskList: {
      ...Object.fromEntries(Object.entries(chores).map(([name, { work }]) => [name, told(work, options)])),
      [jobTask]: async (payload, { job: { attempts, max_attempts: most } }) => {
        const { organisation, job } = readPayload(payload);
        await told(() => runJob(services, handlers, organisation, job, attempts >= most), options)(payload);
      },
    },
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await runner.stop();
      // Only now is its own listening connection given back: the pool could not end before.
      await runner.promise;
    },
  };
}

/** What fails is told and waits in the queue for another try. */
function told(work: Chore['work'], { onError }: { onError: (error: unknown) => void }) {
  return async (payload: unknown): Promise<void> => {
    try {
      await work(payload);
    } catch (error) {
      onError(error);
      throw error;
    }
  };
}

function readPayload(payload: unknown): { organisation: string; job: string } {
  if (!isObject(payload) || typeof payload.organisation !== 'string' || typeof payload.job !== 'string') {
    throw new TypeError('A job is named by its organisation and its id');
  }
  return { organisation: payload.organisation, job: payload.job };
}
