import type { Services } from '../../services.ts';
import { type Asker, isScoped, narrowingOf } from '../../store/reading.ts';
import { refsById } from '../../store/records.ts';
import type { LiveEvent } from './hub.ts';

/**
 * Whether somebody may hear of an event, for those from whom records are kept: the hub tells everybody the same. `null` for
 * everybody else, who hear of it at once. What cannot be asked is not told.
 */
export function hearing(services: Services, who: Asker): ((event: LiveEvent) => Promise<boolean>) | null {
  const narrowing = narrowingOf(who.actor, services.registry);
  if (narrowing === null) return null;
  return async (event) => {
    if (!('record' in event)) return true;
    const { id, kind } = event.record;
    if (!isScoped(narrowing) && !services.registry.isSealed(kind)) return true;
    return services.store.read(who, async (reader) => (await refsById(reader, [id])).has(id));
  };
}
