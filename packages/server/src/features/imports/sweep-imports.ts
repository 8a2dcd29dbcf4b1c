import type { Services } from '../../services.ts';
import { abandonedImports, takeAwayIfAbandoned } from '../../store/abandoned-imports.ts';

/** Uploads that were looked at and never applied are kept so long after somebody last worked on them. */
export const keptDays = 7;
const atOnce = 200;

/**
 * Takes away abandoned uploads of all organisations with their raw rows: they hold what may be personal, and nobody
 * asked to keep it. Answers how many. One that is being applied or changed is left to the next round.
 */
export async function sweepImports(services: Services): Promise<number> {
  const now = services.clock();
  const before = new Date(now.getTime() - keptDays * 24 * 60 * 60 * 1000);
  let taken = 0;
  for (const { organisation, id } of await abandonedImports(services.store, before, atOnce)) {
    const ctx = {
      organisation,
      actor: { type: 'rule', rule: 'sweep-imports' },
      at: now,
      because: null,
      request: null,
    } as const;
    if (await services.store.change(ctx, (write) => takeAwayIfAbandoned(write, id, before))) taken += 1;
  }
  return taken;
}
