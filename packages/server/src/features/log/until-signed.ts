import { setTimeout as pause } from 'node:timers/promises';
import type { Services } from '../../services.ts';
import { entriesWritten } from '../../store/log.ts';
import { publishedCheckpoint, signingRefusal } from '../../store/log-checkpoint.ts';

/** A checkpoint follows its entries within half a second; how long whoever needs it waits, and how often it is looked at. */
const [signedWithinMs, lookEveryMs] = [2_000, 50];

/**
 * Does `work` until what was written before is under a signed checkpoint, nothing can be signed, or the time is over.
 * Another node may be at it at any moment, and then `work` finds nothing to do.
 */
export async function untilSigned(
  { store }: Services,
  organisation: string,
  work: () => Promise<void>,
): Promise<void> {
  const written = await store.asOwner((db) => entriesWritten(db, organisation));
  const isSettled = () =>
    store.asOwner(async (db) => {
      const signed = (await publishedCheckpoint(db, organisation))?.size ?? 0;
      return signed >= written || (await signingRefusal(db, organisation)) !== undefined;
    });
  for (let waited = 0; waited < signedWithinMs; waited += lookEveryMs) {
    await work();
    if (await isSettled()) return;
    await pause(lookEveryMs);
  }
}
