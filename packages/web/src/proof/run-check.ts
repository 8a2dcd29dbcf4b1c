import type { CheckAsk } from './check.ts';
import type { CheckResult } from './check-result.ts';

/** What the worker answers: a result, or what kept it from checking at all. */
export type CheckAnswer = { result: CheckResult } | { failed: string };

/**
 * Checks in a worker of its own, which is fetched now and ended afterwards: no page carries the verifier, and none
 * waits for it. Throws where nothing could be checked, such as when a tile was not answered.
 */
export const runCheck = (ask: CheckAsk): Promise<CheckResult> =>
  new Promise((done, fail) => {
    const worker = new Worker(new URL('./check-worker.ts', import.meta.url), { type: 'module' });
    const end = (settle: () => void): void => {
      worker.terminate();
      settle();
    };
    worker.onerror = (event) => end(() => fail(new Error(event.message)));
    worker.onmessage = ({ data }: MessageEvent<CheckAnswer>) =>
      end(() => ('result' in data ? done(data.result) : fail(new Error(data.failed))));
    worker.postMessage(ask);
  });
