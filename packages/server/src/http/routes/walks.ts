import type { WalkDrawWire } from '@throughline/domain/wire-pages.ts';
import { z } from 'zod';
import { type DrawInput, drawWalk } from '../../features/walks/draw-walk.ts';
import { keepWalk } from '../../features/walks/keep-walk.ts';
import { readRecord } from '../../records/read-record.ts';
import * as common from '../answers/common.ts';
import { verdict } from '../answers/line.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import { created, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape, textShape } from '../shapes.ts';
import { moment } from './record-tools.ts';

const tag = 'Walks';

const drawn = z
  .strictObject({
    walk: common.ref,
    system: common.ref.nullable(),
    seed: z.string(),
    population: z.int(),
    from: z.enum(['register', 'outside']),
    source: z.string().nullable(),
    note: z.string().nullable(),
    filter: z.string().nullable(),
    row: z.string().nullable(),
    drawnAt: common.moment,
  })
  .meta({ id: 'WalkDraw' }) satisfies z.ZodType<WalkDrawWire>;

const seconds = z.int().min(0).max(86_400);
const drawBody = z.strictObject({
  /** The register under a filter, or the rows of a list that somebody outside the AIMS keeps. */
  population: z.union([z.literal('register'), z.array(lineShape(500)).min(1).max(100_000)]),
  /** Where an outside list comes from: an id of the population field of a walk. */
  source: lineShape(60).optional(),
  note: lineShape(200).nullable().optional(),
  filter: textShape(2_000).nullable().optional(),
  seed: lineShape(200).nullable().optional(),
});

/** Draws a system by lot and keeps what a person saw on its line. */
export function walkRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  return [
    route({
      method: 'POST',
      path: '/walks/draw',
      tag,
      summary: 'Draws one system from the register, or from a list that somebody else keeps',
      access: 'signed-in',
      body: drawBody,
      answers: { 201: { description: 'What was drawn, and what repeats the draw.', shape: drawn } },
      handle: async (call) => {
        const { population, source = 'other', note = null, filter = null, seed = null } = call.body;
        const input: DrawInput =
          population === 'register'
            ? { from: 'register', filter: filter ?? '', seed }
            : { from: 'outside', population: source, note, rows: population, seed };
        const draw = await drawWalk(services, call.change(), input);
        return created({
          walk: refWire(registry, draw.walk),
          system: draw.system ? refWire(registry, draw.system) : null,
          seed: draw.seed,
          population: draw.population,
          from: input.from,
          source: input.from === 'outside' ? input.population : null,
          note: input.from === 'outside' ? input.note : null,
          filter: input.from === 'register' ? input.filter : null,
          row: draw.row,
          drawnAt: call.now.toISOString(),
        });
      },
      replay: async (subject, { caller }) => created(await drawnBefore(services, caller, subject ?? '')),
    }),
    route({
      method: 'POST',
      path: '/walks/:ref/record',
      tag,
      summary: 'Keeps what was seen on a walk; concluding is a step of its own',
      access: 'signed-in',
      params: z.strictObject({ ref: z.string().max(64) }),
      body: z.strictObject({
        seconds,
        pauses: z.array(z.strictObject({ at: moment, seconds })).max(200),
        stations: z
          .array(
            z.strictObject({
              station: lineShape(40),
              seen: z.enum(['seen', 'gap', 'not-looked-at']),
              known: verdict,
              note: textShape(400),
            }),
          )
          .max(15),
        note: textShape(2_000),
      }),
      answers: { 200: { description: 'The walk.', shape: common.ref } },
      handle: async (call) => {
        const record = await keepWalk(services, call.change(), call.params.ref, call.body);
        return ok(refWire(registry, record));
      },
      replay: async (_subject, { caller, params }) => {
        const kind = registry.get('walk');
        const { record } = await readRecord(services, { ...caller, kind, ref: params.ref });
        return ok(refWire(registry, { ...record, archived: record.archivedAt !== null }));
      },
    }),
  ];
}

/** The answer of a draw that was made before, from the walk that keeps it. */
async function drawnBefore(
  services: HttpServices,
  caller: Caller,
  id: string,
): Promise<Omit<WalkDrawWire, 'system'> & { system: WalkDrawWire['system'] | null }> {
  const { registry } = services;
  const kind = registry.get('walk');
  const { record, refs } = await readRecord(services, { ...caller, kind, ref: id });
  const { fields, links } = record.content;
  const text = (name: string): string | null => {
    const value = fields[name];
    return typeof value === 'string' ? value : null;
  };
  const from = fields.population === 'register' ? 'register' : 'outside';
  const system = refs.get(links.system?.[0] ?? '');
  return {
    walk: refWire(registry, { ...record, archived: record.archivedAt !== null }),
    system: system ? refWire(registry, system) : null,
    seed: text('seed') ?? '',
    population: typeof fields.populationSize === 'number' ? fields.populationSize : 0,
    from,
    source: from === 'outside' ? text('population') : null,
    note: from === 'outside' ? text('populationNote') : null,
    filter: from === 'register' ? (text('populationNote') ?? '') : null,
    row: from === 'outside' ? text('drawnItem') : null,
    drawnAt: text('drawnAt') ?? record.createdAt.toISOString(),
  };
}
