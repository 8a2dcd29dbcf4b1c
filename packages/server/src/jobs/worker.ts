import { isObject } from '@throughline/domain/json.ts';
import { Logger, run } from 'graphile-worker';
import type { Services } from '../services.ts';
import { jobTask } from '../store/job-queue.ts';
import { type JobHandlers, runJob } from './run-job.ts';

/** Starts working through the queue on this node; disposing waits for the job at hand. */
export async function startWorker(
  services: Services,
  handlers: JobHandlers,
  options: { concurrency: number; onError: (error: unknown) => void },
): Promise<AsyncDisposable> {
  const runner = await run({
    pgPool: services.store.owner,
    concurrency: options.concurrency,
    noHandleSignals: true,
    pollInterval: 1_000,
    logger: new Logger(() => () => undefined),
    taskList: {
      [jobTask]: async (payload) => {
        const { organisation, job } = readPayload(payload);
        try {
          await runJob(services, handlers, organisation, job);
        } catch (error) {
          options.onError(error);
          throw error;
        }
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

function readPayload(payload: unknown): { organisation: string; job: string } {
  if (!isObject(payload) || typeof payload.organisation !== 'string' || typeof payload.job !== 'string') {
    throw new TypeError('A job is named by its organisation and its id');
  }
  return { organisation: payload.organisation, job: payload.job };
}
