import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { canAdminister } from '@throughline/domain/permissions.ts';
import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import { findJob, recentJobs, type StoredJob, updateJob } from '../../store/jobs.ts';

type Who = { readonly organisation: string; readonly actor: Actor };

/** The newest jobs: all of them for whoever looks after jobs, else one's own. */
export async function listJobs(services: Services, who: Who, limit: number): Promise<StoredJob[]> {
  const jobs = await services.store.read(who, (reader) => recentJobs(reader, limit));
  return jobs.filter((job) => concerns(job, who.actor));
}

export async function readJob(services: Services, who: Who, id: string): Promise<StoredJob> {
  const job = await services.store.read(who, (reader) => findJob(reader, id));
  if (!job || !concerns(job, who.actor)) throw notFound();
  return job;
}

/** Asks a job to stop: one that waits never starts, one that runs stops where it next tells its progress. */
export async function cancelJob(services: Services, ctx: Context, id: string): Promise<void> {
  await services.store.change(ctx, async (write) => {
    const job = await findJob(write, id);
    if (!job || !concerns(job, ctx.actor)) throw notFound();
    if (job.ended_at) throw new DomainError('conflict', 'This job has ended.');
    const waits = job.state === 'waiting';
    await updateJob(write, id, {
      cancel_at: ctx.at,
      ...(waits ? { state: 'cancelled', ended_at: ctx.at } : {}),
    });
    write.made(id);
  });
}

export function concerns(job: Pick<StoredJob, 'by_type' | 'by_id'>, actor: Actor): boolean {
  const me = actorRef(actor);
  return canAdminister(actor, 'jobs') || (job.by_type === me.type && job.by_id === me.id);
}
