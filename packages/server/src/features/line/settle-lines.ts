import type { Services } from '../../services.ts';
import { dueSystems, outstanding } from '../../store/standing.ts';
import { computeLines } from './compute.ts';
import { FactsCache } from './facts.ts';
import { markUsersOf } from './mark-users.ts';

const atOnce = 100;

/**
 * Computes every line of one organisation that is due now: for a command that counts lines where no server keeps them
 * current. A server that computes the same lines meanwhile does no harm; the newer result stays.
 */
export async function settleLines(
  services: Services,
  organisation: string,
  progress: (done: number, total: number) => void,
): Promise<void> {
  const cache = FactsCache.of(services);
  const { count } = await services.store.readWhole(organisation, outstanding);
  for (let done = 0; ; ) {
    await markUsersOf(services, organisation);
    const { systems } = await services.store.readWhole(organisation, (reader) =>
      dueSystems(reader, services.clock(), atOnce),
    );
    if (systems.length === 0) return;
    await computeLines(services, cache, organisation, systems);
    done += systems.length;
    progress(done, Math.max(count, done));
  }
}
