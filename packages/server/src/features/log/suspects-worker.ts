import { isMainThread, parentPort, workerData } from 'node:worker_threads';
import { registry } from '@throughline/domain/kinds/all.ts';
import type { ClientConfig } from 'pg';
import { openPools } from '../../store/pools.ts';
import { Store } from '../../store/store.ts';
import { lookAtOneMoment } from '../../store/verify/places.ts';
import { findSuspects, type Suspects } from './suspects.ts';

export type ToWorker = {
  readonly connection: ClientConfig;
  readonly organisation: string;
  /** The moment that is looked at, as the connection that waits for the answer named it. */
  readonly moment: string;
};

export type FromWorker = { readonly done: number } | { readonly suspects: Suspects };

async function work({ connection, organisation, moment }: ToWorker, tell: (said: FromWorker) => void) {
  // A connection that is cut fails the statement on it, and that is told.
  const pools = openPools(connection, () => undefined);
  try {
    const suspects = await new Store(pools, registry).asOwner(async (db) => {
      await lookAtOneMoment(db, moment);
      return findSuspects({ db, organisation, registry }, (done) => tell({ done }));
    });
    tell({ suspects });
  } finally {
    await pools.end();
  }
}

const port = parentPort;
if (!isMainThread && port) await work(workerData, (said) => port.postMessage(said));
