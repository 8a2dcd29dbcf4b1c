import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import { canAdminister } from '@throughline/domain/permissions.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { type DemoStanding, demoRefs, demoStanding, demoSystems, hasRecords } from '../../store/demo.ts';
import { askForJob, recentJobs } from '../../store/jobs.ts';
import type { Reader } from '../../store/reader.ts';
import type { Asker } from '../../store/reading.ts';
import type { RefRow } from '../../store/records.ts';
import { ensureMayDemo, ensureRoom } from './load-demo.ts';

export const demoJobs = { load: 'demo', remove: 'demo-remove' } as const;

export type DemoView = {
  readonly standing: DemoStanding;
  readonly systems: number;
  readonly records: readonly RefRow[];
};

/** Whether the demo is here, and which records are its own. */
export async function readDemo(services: Services, who: Asker): Promise<DemoView> {
  return services.store.read(who, async (reader) => ({
    standing: await demoStanding(reader),
    systems: await demoSystems(reader),
    records: await demoRefs(reader),
  }));
}

/** What the frame around the pages says of the demo: that it is here, or that this person may load it and there is room. */
export async function demoOffer(reader: Reader, actor: Actor): Promise<'offered' | 'loaded' | undefined> {
  if ((await demoStanding(reader)) !== 'none') return 'loaded';
  return canAdminister(actor, 'settings') && !(await hasRecords(reader)) ? 'offered' : undefined;
}

/** Asks for the demo to be loaded or removed in the background; answers the job's id. Refuses at once what would be refused then. */
export async function askDemo(
  services: Services,
  ctx: Context,
  what: keyof typeof demoJobs,
): Promise<string> {
  ensureMayDemo(ctx.actor);
  return services.store.change(ctx, async (write) => {
    if (what === 'load') await ensureRoom(write);
    if (what === 'remove' && (await demoStanding(write)) === 'none')
      throw new DomainError('conflict', 'There is no demo organisation here.');
    const types: readonly string[] = Object.values(demoJobs);
    const busy = (await recentJobs(write, 20)).some((job) => types.includes(job.type) && !job.ended_at);
    if (busy)
      throw new DomainError('conflict', 'The demo organisation is being loaded or removed right now.');
    return askForJob(write, demoJobs[what], null);
  });
}
