import { z } from 'zod';
import { indexFile, indexFormats } from '../../exports/mandatory-index.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readReadiness } from '../../features/line/read-readiness.ts';
import { readCoverage, readGaps, readTrend } from '../../features/line/read-register.ts';
import { judgeItem } from '../../records/judge-item.ts';
import { ensureMay } from '../../records/load.ts';
import * as common from '../answers/common.ts';
import * as shapes from '../answers/line.ts';
import type { Caller } from '../caller.ts';
import { coverageWire, namedInReadiness, readinessWire } from '../present/readiness.ts';
import { refWire } from '../present/ref.ts';
import { nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, lineShape, textShape } from '../shapes.ts';

const tag = 'Readiness';

/** The register's standing, counted from kept lines. */
export function readinessRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const cache = FactsCache.of(services);
  const standing = async ({ organisation, actor }: Pick<Caller, 'organisation' | 'actor'>) => {
    const read = await readReadiness(services, cache, { organisation, actor }, namedInReadiness);
    const refs = new Map([...read.refs].map(([id, row]) => [id, refWire(registry, row)]));
    return readinessWire({ registry, catalogue, actor, refs, members: read.members }, read.readiness);
  };
  return [
    route({
      method: 'GET',
      path: '/readiness',
      tag,
      summary: 'How the register and the organisation stand, and the mandatory set',
      access: 'signed-in',
      answers: {
        200: { description: 'Counts with denominators; nothing is scored.', shape: shapes.readiness },
      },
      handle: async (call) => {
        return ok(await standing(call.caller));
      },
    }),
    route({
      method: 'GET',
      path: '/readiness/mandatory/export',
      tag,
      summary: 'The index of the mandatory set: items, documents, versions, marks, owners, dates',
      access: 'signed-in',
      query: z.strictObject({ format: z.enum(indexFormats).default('csv') }),
      answers: { 200: { description: 'The file.', media: 'text/csv' } },
      handle: async (call) => {
        ensureMay(call.caller.actor, registry.get('document'), 'export');
        const { asOf, mandatory, supporting } = await standing(call.caller);
        const file = indexFile({ asOf, mandatory, supporting }, call.query.format);
        const headers = {
          'content-type': file.media,
          'content-disposition': `attachment; filename="${file.name}"`,
        };
        return { status: 200, body: file.body, headers };
      },
    }),
    route({
      method: 'POST',
      path: '/readiness/judgements',
      tag,
      summary: 'Keeps what a person says of an item: able to explain it to an auditor, or not',
      access: 'signed-in',
      body: z.strictObject({
        item: lineShape(20),
        answer: z.enum(['yes', 'no']),
        version: z.int().min(1).max(2_000_000_000).nullable().optional(),
        note: textShape(2_000).nullable().optional(),
      }),
      answers: { 204: { description: 'Kept.' } },
      handle: async (call) => {
        const { item, answer, version = null, note = null } = call.body;
        await judgeItem(services, call.change(), { item, answer, version, note });
        return nothing;
      },
      replay: async () => nothing,
    }),
    route({
      method: 'GET',
      path: '/readiness/coverage',
      tag,
      summary: 'Gaps by clause, control, unit or owner, with how many systems they are counted over',
      access: 'signed-in',
      query: z.strictObject({ by: z.enum(['clause', 'control', 'unit', 'owner']).default('clause') }),
      answers: { 200: { description: 'One row for each.', shape: shapes.coverage } },
      handle: async (call) => {
        const { organisation, actor } = call.caller;
        const { rows, members } = await readCoverage(services, { organisation, actor, by: call.query.by });
        return ok(coverageWire({ catalogue, members }, call.query.by, rows));
      },
    }),
    route({
      method: 'GET',
      path: '/readiness/gaps',
      tag,
      summary: 'Gaps over the register, the worst and oldest first',
      access: 'signed-in',
      query: z.strictObject({
        station: z.string().max(40).optional(),
        rule: z.string().max(20).optional(),
        source: shapes.source.optional(),
        limit: countShape(500, 100),
        cursor: z
          .string()
          .regex(
            /^[0-2]\.\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])\.\d{1,18}$/,
            'This is not a cursor that a page gave.',
          )
          .optional(),
      }),
      answers: { 200: { description: 'A page of gaps.', shape: common.list(shapes.gapRow) } },
      handle: async (call) => {
        const { organisation, actor } = call.caller;
        const { rows, refs, members, next, total } = await readGaps(services, {
          organisation,
          actor,
          ...call.query,
        });
        const items = rows.map((row) => {
          const system = row.system ? refs.get(row.system) : undefined;
          return {
            system: system ? refWire(registry, system) : null,
            station: row.station,
            rule: row.rule,
            ruleText: row.text,
            source: row.source,
            weight: row.weight,
            since: row.since,
            owner: row.owner ? (members.get(row.owner) ?? null) : null,
          };
        });
        return ok({
          items,
          ...(next ? { next } : {}),
          ...(total === null ? {} : { total: { count: total, more: false } }),
        });
      },
    }),
    route({
      method: 'GET',
      path: '/readiness/trend',
      tag,
      summary: 'How the register stood, one row a day',
      access: 'signed-in',
      query: z.strictObject({ days: countShape(1_000, 84) }),
      answers: { 200: { description: 'Days, oldest first.', shape: shapes.trend } },
      handle: async (call) => {
        const { organisation, actor } = call.caller;
        return ok({ days: await readTrend(services, { organisation, actor, days: call.query.days }) });
      },
    }),
  ];
}
