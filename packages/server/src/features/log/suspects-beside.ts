import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { registry as products } from '@throughline/domain/kinds/all.ts';
import type { Services } from '../../services.ts';
import { ownerConnection } from '../../store/pools.ts';
import { lookAtOneMoment } from '../../store/verify/places.ts';
import { findSuspects, type Suspects } from './suspects.ts';
import type { FromWorker, ToWorker } from './suspects-worker.ts';

export type BesideAsked = {
  readonly organisation: string;
  /** The moment that another connection looks at, while it does. */
  readonly moment: string;
  /** In a thread of its own, which begins in half a second: worth it for many versions alone. */
  readonly ownThread: boolean;
  /** Ends the thread before it has an answer. */
  readonly signal: AbortSignal;
};

/** Suspects on a connection of their own, and where asked for on a core of their own. */
export function suspectsBeside(
  { store, registry }: Services,
  asked: BesideAsked,
  progress: (done: number) => void,
): Promise<Suspects> {
  const { organisation, moment } = asked;
  // A thread of its own knows the product's kinds alone.
  if (asked.ownThread && registry === products)
    return inThread(
      { connection: ownerConnection(store.owner), organisation, moment },
      asked.signal,
      progress,
    );
  return store.asOwner(async (db) => {
    await lookAtOneMoment(db, moment);
    return findSuspects({ db, organisation, registry }, progress);
  });
}

/**
 * What the thread may take, in MB. It holds a thousand versions at a time, of some 2 KB each, and the ids of what does not
 * fit; rows are garbage as soon as they were compared, and with room for more of them less of its time goes into that.
 */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 96 } as const;

/** A thread that has no memory left ends, and the process goes on: what to do about it is said. */
export function inWords(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY')
    return error;
  return new Error(
    `Looking through the versions took more than the ${resourceLimits.maxOldGenerationSizeMb} MB of memory that it may have, so the log was not verified. Versions this large are none that Throughline writes: look for the largest rows of the table "revision".`,
    { cause: error },
  );
}

function inThread(task: ToWorker, signal: AbortSignal, progress: (done: number) => void): Promise<Suspects> {
  const url = new URL(`./suspects-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { workerData: task, resourceLimits });
  const { promise, resolve, reject } = Promise.withResolvers<Suspects>();
  worker.on('message', (said: FromWorker) => ('done' in said ? progress(said.done) : resolve(said.suspects)));
  worker.once('error', (error) => reject(inWords(error)));
  worker.once('exit', () => reject(new Error('Looking through the versions ended before its end')));
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', stop));
}
