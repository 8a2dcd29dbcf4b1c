import { keptSince, type Retained } from '@throughline/domain/retention.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { organisationIds, organisationSettings } from '../../store/organisations.ts';
import { dropExpiredExports } from '../../store/person-exports.ts';
import { forgetCells, forgetOrigins, logTaken, removeJobs } from '../../store/retention.ts';

/** What was taken away of each organisation, in rows. */
export type Taken = Readonly<Partial<Record<Retained, number>>>;

/**
 * Takes away in every organisation what ended longer ago than it keeps such things, with one entry of its log where there
 * was anything. Records, versions, files, approvals and the log itself stay.
 */
export async function applyRetention(services: Services): Promise<ReadonlyMap<string, Taken>> {
  const all = new Map<string, Taken>();
  for (const organisation of await services.store.asOwner(organisationIds))
    all.set(organisation, await applyTo(services, organisation));
  return all;
}

async function applyTo({ store, clock }: Services, organisation: string): Promise<Taken> {
  const now = clock();
  const { retention } = await store.readWhole(organisation, organisationSettings);
  const since = (what: Retained) => keptSince(retention, what, now);
  const actor = { type: 'rule', rule: 'retention' } as const;
  const ctx: Context = { organisation, actor, at: now, because: null, request: null };
  return store.change(ctx, async (write) => {
    await dropExpiredExports(write);
    const part = async (what: Retained, take: typeof removeJobs) => {
      const before = since(what);
      return before ? take(write, before) : 0;
    };
    const counts = {
      sessions: await part('sessions', forgetOrigins),
      jobs: await part('jobs', removeJobs),
      importCells: await part('importCells', forgetCells),
    };
    const taken: Taken = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
    if (Object.keys(taken).length > 0) logTaken(write, taken, since('importCells'));
    return taken;
  });
}
