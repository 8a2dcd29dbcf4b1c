import { Loop } from '../loop.ts';
import { organisationsWithPending, sequence } from '../store/log.ts';
import type { Store } from '../store/store.ts';

/**
 * Follows the changes of this node at once and those of others by looking every `everyMs`. Several nodes may run one:
 * the head's row lets only one at a time through.
 */
export function startSequencer(
  store: Store,
  options: { everyMs: number; onError: (error: unknown) => void },
): Loop {
  const loop = new Loop({ ...options, work: () => sequenceAll(store) });
  store.onCommitted(() => loop.nudge());
  loop.nudge();
  return loop;
}

/** Places everything that is pending now; answers whether anything was placed. */
export async function sequenceAll(store: Store): Promise<boolean> {
  const organisations = await store.asOwner(organisationsWithPending);
  let placed = 0;
  for (const organisation of organisations) {
    for (;;) {
      const count = await store.asOwner((db) => sequence(db, organisation, new Date()));
      if (count === 'busy' || count === 0) break;
      placed += count;
      store.announce(organisation);
    }
  }
  return placed > 0;
}
