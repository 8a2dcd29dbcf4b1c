import type { SampleCheckWire } from '@throughline/domain/wire-soa.ts';
import { z } from 'zod';
import { checkTestSample, drawTestSample } from '../../features/control-tests/draw-sample.ts';
import { readRecord } from '../../records/read-record.ts';
import * as common from '../answers/common.ts';
import { refWire } from '../present/ref.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';

const tag = 'Statement of Applicability';
const ofTest = z.strictObject({ ref: lineShape(60) });

const check = z
  .strictObject({
    drawn: z.boolean(),
    repeated: z.enum(['same', 'differs', 'list-gone']).nullable(),
  })
  .meta({ id: 'SampleCheck' }) satisfies z.ZodType<SampleCheckWire>;

/** Samples of control tests: drawn by lot from a population that is kept, so that anyone can draw them again (9.1). */
export function controlTestSampleRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  return [
    route({
      method: 'POST',
      path: '/control-tests/:ref/sample',
      tag,
      summary: 'Draws the sample of a control test, and keeps the list, its digest and the seed',
      access: 'signed-in',
      params: ofTest,
      versioned: true,
      body: z.strictObject({
        /** The lines of a list, or the implementations of the control that are in place. */
        population: z.union([z.literal('in-place'), z.array(lineShape(200)).min(1).max(10_000)]),
        size: z.int().min(1).max(200),
        seed: lineShape(200).nullable().optional(),
        reason: lineShape(300).nullable().optional(),
      }),
      answers: { 200: { description: 'The test, with its sample.', shape: common.ref } },
      handle: async (call) => {
        const { population, size, seed = null, reason = null } = call.body;
        const input = { ref: call.params.ref, version: call.version(), population, size, seed, reason };
        const test = await drawTestSample(services, call.change(), input);
        const answer = refWire(registry, { ...test, archived: test.archivedAt !== null });
        return { ...ok(answer), version: test.version };
      },
      replay: async (_subject, { caller, params }) => {
        const kind = registry.get('control-test');
        const { record } = await readRecord(services, { ...caller, kind, ref: params.ref });
        return ok(refWire(registry, { ...record, archived: record.archivedAt !== null }));
      },
    }),
    route({
      method: 'GET',
      path: '/control-tests/:ref/sample',
      tag,
      summary: 'Draws the sample once more and says whether it is the one on record',
      access: 'signed-in',
      params: ofTest,
      answers: { 200: { description: 'Whether the draw repeats.', shape: check } },
      handle: async ({ caller, params }) => {
        const { organisation, actor } = caller;
        return ok(await checkTestSample(services, { organisation, actor, ref: params.ref }));
      },
    }),
  ];
}
