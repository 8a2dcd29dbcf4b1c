import { setTimeout as pause } from 'node:timers/promises';
import { Loop } from '../loop.ts';
import { atOnce, organisationsWithPending, sequence } from '../store/log.ts';
import { TreeBroken } from '../store/log-tree.ts';
import type { Store } from '../store/store.ts';
import { noteRefusal } from './note-refusal.ts';
import { SigningRefused } from './refused.ts';
import { type Signing, signAll } from './signer.ts';

type Options = { readonly everyMs: number; readonly onError: (error: unknown) => void };

/** Changes that come this close upon each other get their places together: each placing costs a write to the disk, which writers wait for. */
const gatherMs = 40;
/** Entries may be placed by another node, and wait for this one's signature no longer than this. */
const signEveryMs = 250;
/** A checkpoint a write would cost two writes to the disk each; this many a second are enough for any reader. */
const restMs = 100;

/**
 * Follows the changes of this node at once and those of others by looking every `everyMs`, and signs what was placed.
 * Several nodes may run one: the head's row lets only one at a time through, and so does the signer's lock.
 */
export function startSequencer(signing: Signing, options: Options): AsyncDisposable {
  const { store } = signing;
  const broken = (organisation: string, error: TreeBroken) =>
    noteRefusal(signing, organisation, new SigningRefused('broken', `${error.message}.`, { cause: error }));
  const signer = new Loop({
    work: async () => {
      if ((await signAll(signing)) > 0) await pause(restMs);
    },
    everyMs: signEveryMs,
    onError: options.onError,
  });
  const placer = new Loop({
    ...options,
    restMs: gatherMs,
    work: async () => {
      if (await sequenceAll(store, broken)) signer.nudge();
    },
  });
  const stop = store.onCommitted(() => placer.nudge());
  placer.nudge();
  signer.nudge();
  return {
    [Symbol.asyncDispose]: async () => {
      stop();
      await placer[Symbol.asyncDispose]();
      await signer[Symbol.asyncDispose]();
    },
  };
}

/**
 * Places what is pending now; answers whether anything was placed. A batch of each organisation after the other, so that
 * one that writes without end keeps no other waiting. A log that does not fit itself stays as it is, and so does not
 * keep them waiting either.
 */
export async function sequenceAll(
  store: Store,
  broken: (organisation: string, error: TreeBroken) => Promise<void> = refuse,
): Promise<boolean> {
  let waiting = await store.asOwner(organisationsWithPending);
  let placed = false;
  while (waiting.length > 0) {
    const goesOn: string[] = [];
    for (const organisation of waiting) {
      try {
        const count = await store.asOwner((db) => sequence(db, organisation, new Date()));
        if (count === 'busy' || count === 0) continue;
        placed = true;
        store.announce(organisation);
        if (count === atOnce) goesOn.push(organisation);
      } catch (error) {
        if (!(error instanceof TreeBroken)) throw error;
        await broken(organisation, error);
      }
    }
    waiting = goesOn;
  }
  return placed;
}

async function refuse(_organisation: string, error: TreeBroken): Promise<void> {
  throw error;
}
