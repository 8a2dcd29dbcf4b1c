import type { Actor } from '@throughline/domain/actor.ts';
import { DomainError } from '@throughline/domain/errors.ts';
import type { Json } from '@throughline/domain/json.ts';
import { MailRefused } from '../mail.ts';
import type { Services } from '../services.ts';
import type { Context } from '../store/context.ts';
import { findJob, holdJob, type StoredJob, updateJob } from '../store/jobs.ts';
import { memberActing } from '../store/powers.ts';
import type { Reader } from '../store/reader.ts';
import { tokenActorById } from '../store/tokens.ts';

/** What a job's handler is handed: who asked, and how to tell progress. `progress` throws when the job was cancelled. */
export type JobTools = {
  readonly ctx: Context;
  progress(done: number, total: number | null, message: string): Promise<void>;
};
/** Long work by type. A handler may be run again after a crash: what it did before must not harm. */
export type JobHandler = (services: Services, input: Json, tools: JobTools) => Promise<Json>;
export type JobHandlers = Readonly<Record<string, JobHandler>>;

/** Thrown out of a handler when somebody asked the job to stop. */
class Cancelled extends Error {
  override readonly name = 'JobCancelled';
}

const tellEveryMs = 250;

/**
 * Runs one job to its end and keeps how it ended. A refusal of the domain is an end; anything else is thrown for another
 * try, and is an end too on the `last` one. Does nothing where another process is at it.
 */
export async function runJob(
  services: Services,
  handlers: JobHandlers,
  organisation: string,
  id: string,
  last = false,
): Promise<void> {
  await using held = await holdJob(services.store.owner, id);
  if (!held) return;
  const rule: Context = {
    organisation,
    actor: { type: 'rule', rule: 'jobs' },
    at: services.clock(),
    because: id,
    request: null,
  };
  const asked = await services.store.readWhole(organisation, async (reader) => {
    const job = await findJob(reader, id);
    return job ? { job, actor: await actorOf(reader, job, services.clock()) } : undefined;
  });
  if (!asked || asked.job.ended_at) return;
  const handler = handlers[asked.job.type];
  const keep = (change: Parameters<typeof updateJob>[2]) =>
    services.store.change({ ...rule, at: services.clock() }, (write) => updateJob(write, id, change));
  const end = (state: string, message: string, result: Json) =>
    keep({ state, message, result, ended_at: services.clock() });
  if (!handler) return end('failed', `This release does not know how to do "${asked.job.type}".`, null);
  await keep({ state: 'running', started_at: services.clock() });
  try {
    const tools = {
      ctx: { ...rule, actor: asked.actor },
      progress: teller(services, organisation, id, keep),
    };
    const result = await handler(services, asked.job.input, tools);
    await end('done', '', result);
  } catch (error) {
    if (error instanceof Cancelled) await end('cancelled', 'Stopped on request.', null);
    else if (error instanceof DomainError)
      await end('failed', error.message, { code: error.code, errors: [...error.items] });
    else if (error instanceof MailRefused && (last || error.final)) await end('failed', error.message, null);
    else if (last) {
      await end('failed', 'This failed for a technical reason, and was tried for the last time.', null);
      throw error;
    } else {
      await keep({
        state: 'waiting',
        message:
          error instanceof MailRefused
            ? `${error.message} It will be tried again.`
            : 'This failed for a technical reason and will be tried again.',
      });
      throw error;
    }
  }
}

function teller(
  services: Services,
  organisation: string,
  id: string,
  keep: (change: { done: number; total: number | null; message: string }) => Promise<void>,
) {
  let last = 0;
  return async (done: number, total: number | null, message: string): Promise<void> => {
    if (Date.now() - last < tellEveryMs && done !== total) return;
    last = Date.now();
    const job = await services.store.readWhole(organisation, (reader) => findJob(reader, id));
    if (job?.cancel_at) throw new Cancelled('The job was asked to stop');
    await keep({ done, total, message });
  };
}

/** The job acts as whoever asked for it, with what they may now: a member of no organisation any more may nothing. */
async function actorOf(reader: Reader, job: StoredJob, now: Date): Promise<Actor> {
  if (job.by_type === 'rule') return { type: 'rule', rule: job.by_id };
  if (job.by_type === 'token') return tokenActorById(reader, job.by_id);
  return memberActing(reader, job.by_id, now);
}
