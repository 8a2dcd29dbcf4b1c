import { notFound } from '@throughline/domain/errors.ts';
import { stateNames } from '@throughline/domain/soa/matrix-view.ts';
import { cellTargets } from '@throughline/domain/soa/set-cells.ts';
import { z } from 'zod';
import { matrixFile, matrixFormats } from '../../exports/matrix.ts';
import { FactsCache } from '../../features/line/facts.ts';
import { readCell, readMatrix } from '../../features/soa/read-matrix.ts';
import { cellsAtOnce, setBefore, setCells, unsetCells } from '../../features/soa/set-cells.ts';
import { ensureMay } from '../../records/load.ts';
import * as shapes from '../answers/soa-matrix.ts';
import { attachment } from '../attachment.ts';
import type { Caller } from '../caller.ts';
import { refWire } from '../present/ref.ts';
import type { Names } from '../present/sentence.ts';
import { matrixCellWire, matrixWire } from '../present/soa-matrix.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, flagShape, idShape, lineShape, textShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Statement of Applicability';
const words = z.string().max(200).optional();

const filter = {
  control: words,
  topic: words,
  system: words,
  unit: words,
  owner: words,
  stage: words,
  running: z.enum(['running', 'all']).optional(),
  state: z.enum(stateNames).optional(),
};

const version = z.int().min(1).max(2_000_000_000);
/** 0: there was no record before. */
const before = z.int().min(0).max(2_000_000_000);
const day = dateShape.exactOptional();
const cellsBody = z.strictObject({
  cells: z
    .array(z.strictObject({ control: lineShape(100), system: lineShape(60) }))
    .min(1)
    .max(cellsAtOnce),
  state: z.enum(cellTargets),
  fields: z
    .strictObject({
      howItWorks: textShape(4000).exactOptional(),
      owner: idShape.exactOptional(),
      inPlaceSince: day,
      plannedOn: day,
      movedBecause: textShape(2000).exactOptional(),
      endedOn: day,
    })
    .prefault({}),
  because,
});

/** Controls by systems: the statement over the whole register, one cell, and as a file. */
export function soaMatrixRoutes(services: HttpServices): Route[] {
  const { registry, catalogue } = services;
  const facts = FactsCache.of(services);
  const namesFor = (
    actor: Caller['actor'],
    read: Pick<Awaited<ReturnType<typeof readMatrix>>, 'refs'>,
  ): Names => ({
    ...{ registry, catalogue, actor },
    refs: new Map([...read.refs].map(([id, row]) => [id, refWire(registry, row)])),
    members: new Map(),
  });
  const shown = async ({ organisation, actor }: Caller) => {
    const read = await readMatrix(services, facts, { organisation, actor });
    return matrixWire({ ...namesFor(actor, read), members: read.members }, read);
  };
  return [
    route({
      method: 'GET',
      path: '/soa/matrix',
      tag,
      summary: 'How every control stands on every system, packed: a letter for each cell',
      access: 'signed-in',
      answers: { 200: { description: 'The matrix.', shape: shapes.soaMatrix } },
      handle: async ({ caller }) => ok(await shown(caller)),
    }),
    route({
      method: 'GET',
      path: '/soa/matrix/export',
      tag,
      summary: 'The matrix as a file, a row for each system that the filter shows',
      access: 'signed-in',
      query: z.strictObject({ ...filter, format: z.enum(matrixFormats).default('xlsx') }),
      answers: { 200: { description: 'The file.', media: 'application/octet-stream' } },
      handle: async ({ caller, query: { format, ...asked } }) => {
        ensureMay(caller.actor, registry.get('applicability'), 'export');
        const file = matrixFile(await shown(caller), asked, format);
        const headers = { 'content-type': file.media, 'content-disposition': attachment(file.name) };
        return { status: 200, body: file.body, headers };
      },
    }),
    route({
      method: 'POST',
      path: '/soa/matrix/cells',
      tag,
      summary:
        'Sets many cells in one change, or its dry run: what refuses is named and leaves the others alone',
      access: 'signed-in',
      query: z.strictObject({ dryRun: flagShape }),
      body: cellsBody,
      answers: { 200: { description: 'What each cell took or refused.', shape: shapes.cellsSet } },
      handle: async (call) => {
        const { because: why, ...asked } = call.body;
        return ok(await setCells(services, facts, call.change(why), asked, call.query));
      },
      replay: async (subject) => ok(setBefore(subject)),
    }),
    route({
      method: 'POST',
      path: '/soa/matrix/cells/undo',
      tag,
      summary: 'Takes back what setting cells wrote: all of it, or nothing where a record was built upon',
      access: 'signed-in',
      body: z.strictObject({
        undo: z
          .array(z.strictObject({ record: lineShape(60), from: before, to: version }))
          .min(1)
          .max(cellsAtOnce),
        because,
      }),
      answers: { 200: { description: 'How many records were restored.', shape: shapes.cellsRestored } },
      handle: async (call) => ok(await unsetCells(services, call.change(call.body.because), call.body.undo)),
      replay: async (_subject, call) => ok({ restored: call.body.undo.length }),
    }),
    route({
      method: 'GET',
      path: '/soa/matrix/:control/:system',
      tag,
      summary: 'One cell: the implementations behind it, and the step where there is none',
      access: 'signed-in',
      params: z.strictObject({ control: z.string().max(100), system: z.string().max(100) }),
      answers: { 200: { description: 'The cell.', shape: shapes.soaMatrixCell } },
      handle: async ({ caller, params }) => {
        const { organisation, actor } = caller;
        const read = await readCell(services, facts, { organisation, actor, ...params });
        const cell = matrixCellWire(namesFor(actor, read), read);
        if (!cell) throw notFound();
        return ok(cell);
      },
    }),
  ];
}
