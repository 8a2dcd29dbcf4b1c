import type { JobWire } from '@throughline/domain/wire.ts';
import { z } from 'zod';
import { cancelJob, listJobs, readJob } from '../../features/jobs/jobs.ts';
import type { StoredJob } from '../../store/jobs.ts';
import * as common from '../answers/common.ts';
import { type Answer, type Call, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, idShape } from '../shapes.ts';

const tag = 'Jobs';
const byId = z.strictObject({ id: idShape });
const states = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const;

export const job = z
  .strictObject({
    id: common.id,
    type: z.string(),
    state: z.enum(states),
    done: z.int(),
    total: z.int().nullable(),
    message: z.string(),
    startedAt: common.moment.nullable(),
    endedAt: common.moment.nullable(),
    result: z.json(),
  })
  .meta({ id: 'Job' }) satisfies z.ZodType<JobWire>;

export function jobWire(stored: StoredJob): JobWire {
  const state = states.find((name) => name === stored.state);
  if (!state) throw new Error(`The state "${stored.state}" of a job is unknown to this release`);
  const { id, type, done, total, message, result } = stored;
  return {
    id,
    type,
    state,
    done,
    total,
    message,
    startedAt: stored.started_at?.toISOString() ?? null,
    endedAt: stored.ended_at?.toISOString() ?? null,
    result,
  };
}

export function jobRoutes(services: HttpServices): Route[] {
  const answers = { 200: { description: 'The job.', shape: job } };
  const one = async ({ caller, params }: Call<{ id: string }>): Promise<Answer> =>
    ok(jobWire(await readJob(services, caller, params.id)));
  return [
    route({
      method: 'GET',
      path: '/jobs',
      tag,
      summary: 'Long work, newest first: your own, or all of it for whoever looks after jobs',
      access: 'signed-in',
      query: z.strictObject({ limit: countShape(200, 50) }),
      answers: { 200: { description: 'The jobs.', shape: common.list(job) } },
      handle: async ({ caller, query }) =>
        ok({ items: (await listJobs(services, caller, query.limit)).map(jobWire) }),
    }),
    route({
      method: 'GET',
      path: '/jobs/:id',
      tag,
      summary: 'One job',
      access: 'signed-in',
      params: byId,
      answers,
      handle: one,
    }),
    route({
      method: 'POST',
      path: '/jobs/:id/cancel',
      tag,
      summary: 'Asks a job to stop',
      access: 'signed-in',
      params: byId,
      answers,
      handle: async (call) => {
        await cancelJob(services, call.change(), call.params.id);
        return one(call);
      },
      replay: async (_subject, call) => one(call),
    }),
  ];
}
