import { frameworkNames, frameworks } from '@throughline/domain/crosswalk/frameworks.ts';
import { carriedStates } from '@throughline/domain/crosswalk/standings.ts';
import { z } from 'zod';
import { readCoverage, readCrosswalk, readReuse } from '../../features/crosswalk/coverage.ts';
import { freezeBaseline, readGaps } from '../../features/crosswalk/gap-analysis.ts';
import { namePrimary, readOverlaps } from '../../features/crosswalk/overlaps.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readFrameworkStandings, readSystemStandings } from '../../features/soa/read-standings.ts';
import * as shapes from '../answers/crosswalk.ts';
import type { Caller } from '../caller.ts';
import { coverageWire, crosswalkWire, gapProgressWire, overlapsWire } from '../present/crosswalk.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, lineShape, refShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Crosswalk';
const named = z.strictObject({ ref: lineShape(60) });

/** Frameworks beside the standard: what leads where, how far controls reach, who sees to what is asked twice, and how far a plan came. */
export function crosswalkRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const facts = FactsCache.of(services);
  const overlaps = async (caller: Caller, system: string | undefined) =>
    ok(overlapsWire(registry, catalogue, await readOverlaps(services, { ...caller, system })));
  const gaps = async (caller: Caller, ref: string) => {
    const view = await readGaps(services, { ...caller, ref });
    return { ...ok(gapProgressWire(registry, catalogue, view)), version: view.record.version };
  };
  return [
    route({
      method: 'GET',
      path: '/crosswalk',
      tag,
      summary:
        'What each clause and control of the standard shares with other frameworks, with basis and confidence',
      access: 'signed-in',
      answers: { 200: { description: 'The rows; none of them is a verdict.', shape: shapes.crosswalk } },
      handle: async ({ caller }) =>
        ok(crosswalkWire(services, caller.actor, await readCrosswalk(services, caller))),
    }),
    route({
      method: 'GET',
      path: '/evidence/:ref/reuse',
      tag,
      summary: 'What a piece of evidence may also speak to; nothing is marked as met',
      access: 'signed-in',
      params: named,
      answers: { 200: { description: 'Rows from the controls that it names.', shape: shapes.crosswalk } },
      handle: async ({ caller, params }) =>
        ok(crosswalkWire(services, caller.actor, await readReuse(services, { ...caller, ref: params.ref }))),
    }),
    route({
      method: 'GET',
      path: '/coverage',
      tag,
      summary: 'Running systems, controls, evidence and requirements by what a framework asks for',
      access: 'signed-in',
      query: z.strictObject({ framework: z.enum(frameworks).default('iso42001') }),
      answers: { 200: { description: 'One row for each item.', shape: shapes.frameworkCoverage } },
      handle: async ({ caller, query }) =>
        ok(coverageWire(await readCoverage(services, caller, query.framework))),
    }),
    route({
      method: 'GET',
      path: '/coverage/standings',
      tag,
      summary:
        'By item of a framework: on how many running systems its controls are in place, tested and evidenced',
      access: 'signed-in',
      query: z.strictObject({ framework: z.enum(frameworks).default('iso42001') }),
      answers: { 200: { description: 'Counts; none is a verdict.', shape: shapes.frameworkStandings } },
      handle: async ({ caller, query: { framework } }) => {
        const found = await readFrameworkStandings(services, facts, caller, framework);
        return ok({ ...found, name: frameworkNames[framework] });
      },
    }),
    route({
      method: 'GET',
      path: '/coverage/systems',
      tag,
      summary:
        'System by system how far each framework is carried; of one item the systems where it stands so',
      access: 'signed-in',
      query: z.strictObject({
        framework: z.enum(frameworks).default('iso42001'),
        item: lineShape(60).optional(),
        stands: z.enum(carriedStates).optional(),
        q: lineShape(200).optional(),
        page: countShape(10_000, 1),
        limit: countShape(200, 50),
      }),
      answers: { 200: { description: 'The systems, by their number.', shape: shapes.systemStandings } },
      handle: async ({ caller, query }) => {
        const { items, ...rest } = await readSystemStandings(services, facts, caller, query);
        const named = ({ id, ref, title }: (typeof items)[number]['system']) => ({ id, ref, title });
        return ok({ ...rest, items: items.map((one) => ({ ...one, system: named(one.system) })) });
      },
    }),
    route({
      method: 'GET',
      path: '/obligations/overlaps',
      tag,
      summary: 'Requirements that ask for the same, and the one whose owner sees to them',
      access: 'signed-in',
      query: z.strictObject({ system: lineShape(60).optional() }),
      answers: { 200: { description: 'Groups with their grounds.', shape: shapes.overlaps } },
      handle: ({ caller, query }) => overlaps(caller, query.system),
    }),
    route({
      method: 'POST',
      path: '/obligations/overlaps',
      tag,
      summary: 'Names the requirement whose owner sees to others that ask for the same',
      access: 'signed-in',
      body: z.strictObject({
        primary: refShape,
        others: z.array(refShape).min(1).max(100),
        system: lineShape(60).optional(),
        because,
      }),
      answers: { 200: { description: 'The groups as they stand now.', shape: shapes.overlaps } },
      handle: async (call) => {
        const { primary, others, system, because: why } = call.body;
        await namePrimary(services, call.change(why), { primary, others });
        return overlaps(call.caller, system);
      },
      replay: (_subject, { caller, body }) => overlaps(caller, body.system),
    }),
    route({
      method: 'GET',
      path: '/gap-analyses/:ref/progress',
      tag,
      summary: 'Where each item stood, stands now and is to be, with the tasks of the plan',
      access: 'signed-in',
      params: named,
      answers: { 200: { description: 'The items.', shape: shapes.gapProgress } },
      handle: ({ caller, params }) => gaps(caller, params.ref),
    }),
    route({
      method: 'POST',
      path: '/gap-analyses/:ref/baseline',
      tag,
      summary: 'Counts where every item stands now and keeps it as the baseline, once',
      access: 'signed-in',
      params: named,
      body: z.strictObject({ because }),
      versioned: true,
      answers: { 200: { description: 'The analysis with its baseline.', shape: shapes.gapProgress } },
      handle: async (call) => {
        const { ref } = call.params;
        await freezeBaseline(services, call.change(call.body.because), { ref, version: call.version() });
        return gaps(call.caller, ref);
      },
      replay: (_subject, { caller, params }) => gaps(caller, params.ref),
    }),
  ];
}
