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

function inThread(task: ToWorker, signal: AbortSignal, progress: (done: number) => void): Promise<Suspects> {
  const url = new URL(`./suspects-worker${extname(fileURLToPath(import.meta.url))}`, import.meta.url);
  const worker = new Worker(url, { workerData: task });
  const { promise, resolve, reject } = Promise.withResolvers<Suspects>();
  worker.on('message', (said: FromWorker) => ('done' in said ? progress(said.done) : resolve(said.suspects)));
  worker.once('error', reject);
  worker.once('exit', () => reject(new Error('Looking through the versions ended before its end')));
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return promise.finally(() => signal.removeEventListener('abort', stop));
}
