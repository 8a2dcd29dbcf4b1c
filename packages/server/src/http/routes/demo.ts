import type { DemoWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { askDemo, type demoJobs, readDemo } from '../../features/demo/ask-demo.ts';
import { readJob } from '../../features/jobs/jobs.ts';
import * as common from '../answers/common.ts';
import { refWire } from '../present/ref.ts';
import { type Answer, type Call, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { job, jobWire } from './jobs.ts';

const tag = 'Demo organisation';

const demo = z
  .strictObject({
    standing: z.enum(['none', 'partly', 'loaded']),
    systems: z.int(),
    records: z.array(common.ref),
  })
  .meta({ id: 'Demo' }) satisfies z.ZodType<DemoWire>;

/** An invented insurer to look at: loaded and removed by an administrator, marked wherever it counts. */
export function demoRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const ask =
    (what: keyof typeof demoJobs) =>
    async (call: Call): Promise<Answer> => {
      const id = await askDemo(services, call.change(), what);
      return { status: 202, body: jobWire(await readJob(services, call.caller, id)) };
    };
  return [
    route({
      method: 'GET',
      path: '/demo',
      tag,
      summary: 'Whether the demo organisation is here, and which records are its own',
      access: 'signed-in',
      answers: { 200: { description: 'Its systems and records that stand in a register.', shape: demo } },
      handle: async ({ caller }) => {
        const { standing, systems, records } = await readDemo(services, caller);
        return ok({ standing, systems, records: records.map((row) => refWire(registry, row)) });
      },
    }),
    route({
      method: 'POST',
      path: '/demo',
      tag,
      summary: 'Loads the demo organisation, as a job',
      access: 'settings',
      answers: { 202: { description: 'The job that loads it.', shape: job } },
      handle: ask('load'),
      replay: async (subject, { caller }) => ({
        status: 202,
        body: jobWire(await readJob(services, caller, subject ?? '')),
      }),
    }),
    route({
      method: 'DELETE',
      path: '/demo',
      tag,
      summary: 'Archives the records of the demo organisation and dismisses its people, as a job',
      access: 'settings',
      answers: { 202: { description: 'The job that removes it.', shape: job } },
      handle: ask('remove'),
    }),
  ];
}
