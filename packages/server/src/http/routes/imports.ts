import { DomainError, unprocessable } from '@throughline/domain/errors.ts';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { analyseFile, ensureMayImport, ensureMayImportSome } from '../../features/imports/analyse-file.ts';
import { changeMapping, type MappingPatch } from '../../features/imports/change-mapping.ts';
import { discardImport } from '../../features/imports/discard-import.ts';
import { listImports, listProfiles, showImport } from '../../features/imports/list-imports.ts';
import { importReport, previewImport } from '../../features/imports/preview-import.ts';
import { collect } from '../../features/imports/read/read-file.ts';
import { limits, tooLarge } from '../../features/imports/read/table.ts';
import { rejectedFile } from '../../features/imports/rejected-file.ts';
import { requestApply } from '../../features/imports/request-apply.ts';
import { undoImport } from '../../features/imports/undo-import.ts';
import * as common from '../answers/common.ts';
import * as answers from '../answers/imports.ts';
import { attachment } from '../attachment.ts';
import { bindFile } from '../once.ts';
import { type Call, created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { countShape, idShape, lineShape } from '../shapes.ts';

const tag = 'Imports';
const byId = z.strictObject({ id: idShape });
const shown = { description: 'The import.', shape: answers.analysed };

const uploadQuery = z.strictObject({
  kind: lineShape(60).optional(),
  profile: lineShape(120).optional(),
  encoding: lineShape(40).optional(),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().min(1).max(200).optional(),
  headerRow: z
    .string()
    .regex(/^[1-9]\d{0,5}$/, 'The number of a row.')
    .meta({ type: 'integer', minimum: 1 })
    .transform(Number)
    .optional(),
});

const columnPatch = z.strictObject({
  index: z.int().min(0),
  target: lineShape(220).nullable().exactOptional(),
  dateOrder: z.enum(['month-first', 'day-first']).nullable().exactOptional(),
  decimal: z.enum(['point', 'comma']).nullable().exactOptional(),
  values: z.record(lineShape(500), z.string().max(200)).nullable().exactOptional(),
});
const mappingPatch = z.strictObject({
  profile: lineShape(120).nullable().exactOptional(),
  source: lineShape(120).exactOptional(),
  columns: z.array(columnPatch).max(limits.columns).exactOptional(),
  identity: z.array(z.string().max(1_000)).max(20).exactOptional(),
  fiscalYearStart: z.int().min(1).max(12).nullable().exactOptional(),
  saveAs: lineShape(120).exactOptional(),
}) satisfies z.ZodType<MappingPatch>;

const applyBody = z.strictObject({
  archiveMissing: z.boolean().exactOptional(),
  expect: z.strictObject({ added: z.int(), changed: z.int(), missing: z.int() }).exactOptional(),
});

/** Files become records: read, mapped, previewed, applied, undone. */
export function importRoutes(services: HttpServices): Route[] {
  return [...uploadRoutes(services), ...oneRoutes(services), ...profileRoutes(services)];
}

function uploadRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/imports',
      tag,
      summary: 'Imports, newest first',
      access: 'signed-in',
      query: z.strictObject({ limit: countShape(100, 20) }),
      answers: { 200: { description: 'The imports.', shape: common.list(answers.summary) } },
      handle: async ({ caller, query }) => ok({ items: await listImports(services, caller, query.limit) }),
    }),
    route({
      method: 'POST',
      path: '/imports',
      tag,
      summary:
        'Reads a file of at most 100 MiB and proposes where its columns go; without `kind` it finds out what the rows are. No register changes',
      access: 'signed-in',
      form: true,
      query: uploadQuery,
      answers: { 201: shown },
      handle: async (call) => {
        const { kind: name, profile, ...read } = call.query;
        const kind = name === undefined ? undefined : services.registry.find(name);
        if (kind) ensureMayImport(call.caller.actor, kind, services.registry);
        else if (name !== undefined)
          throw unprocessable([{ at: 'kind', message: `There is no register "${name.slice(0, 60)}".` }]);
        else ensureMayImportSome(call.caller.actor, services.registry);
        const file = await received(call.request);
        const chosen = profile === undefined ? {} : { profile: profile === 'none' ? null : profile };
        const stored = await analyseFile(services, bindFile(call.change(), file.bytes), {
          ...file,
          ...(kind ? { kind } : {}),
          read,
          ...chosen,
        });
        return created(await showImport(services, call.change(), stored.id));
      },
      replay: async (subject, call) => created(await showImport(services, call.change(), subject ?? '')),
    }),
  ];
}

function oneRoutes(services: HttpServices): Route[] {
  const show = async (call: Call<{ id: string }>) =>
    ok(await showImport(services, call.change(), call.params.id));
  return [
    route({
      method: 'GET',
      path: '/imports/:id',
      tag,
      summary: 'What was found in a file and how it is read',
      access: 'signed-in',
      params: byId,
      answers: { 200: shown },
      handle: show,
    }),
    route({
      method: 'PATCH',
      path: '/imports/:id',
      tag,
      summary: 'Changes how the file is read, until it is applied',
      access: 'signed-in',
      params: byId,
      body: mappingPatch,
      answers: { 200: shown },
      handle: async (call) => {
        await changeMapping(services, call.change(), call.params.id, call.body);
        return show(call);
      },
    }),
    route({
      method: 'DELETE',
      path: '/imports/:id',
      tag,
      summary: 'Takes away a file that was read and not applied, with its raw rows',
      access: 'signed-in',
      params: byId,
      answers: { 204: { description: 'It is gone.' } },
      handle: async (call) => {
        await discardImport(services, call.change(), call.params.id);
        return nothing;
      },
    }),
    route({
      method: 'POST',
      path: '/imports/:id/preview',
      tag,
      summary: 'What applying would do, by the same code; writes nothing',
      access: 'signed-in',
      params: byId,
      answers: { 200: { description: 'The dry run.', shape: answers.preview } },
      handle: async (call) => ok(await previewImport(services, call.change(), call.params.id)),
      replay: async (_subject, call) => ok(await previewImport(services, call.change(), call.params.id)),
    }),
    route({
      method: 'GET',
      path: '/imports/:id/report',
      tag,
      summary: 'Every cell that is read as something else or not taken, without a limit',
      access: 'signed-in',
      params: byId,
      answers: { 200: { description: 'The cells.', shape: answers.report } },
      handle: async (call) => ok(await importReport(services, call.change(), call.params.id)),
    }),
    route({
      method: 'GET',
      path: '/imports/:id/rejected',
      tag,
      summary:
        'The rows that are not taken, or not whole, as they stand in the file, with line, column and reason',
      access: 'signed-in',
      params: byId,
      answers: { 200: { description: 'The rows, as CSV that can be imported again.', media: 'text/csv' } },
      handle: async (call) => {
        const file = await rejectedFile(services, call.change(), call.params.id);
        const headers = {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': attachment(file.name),
        };
        return { status: 200, body: file.csv, headers };
      },
    }),
    route({
      method: 'POST',
      path: '/imports/:id/apply',
      tag,
      summary: 'Applies the import in one change, as a job',
      access: 'signed-in',
      params: byId,
      body: applyBody,
      answers: {
        202: {
          description: 'The job that applies it.',
          shape: z.strictObject({ job: z.strictObject({ id: common.id }) }).meta({ id: 'ImportJob' }),
        },
      },
      handle: async (call) => {
        const job = await requestApply(services, call.change(), call.params.id, call.body);
        return { status: 202, body: { job: { id: job } } };
      },
      replay: async (subject) => ({ status: 202, body: { job: { id: subject } } }),
    }),
    route({
      method: 'POST',
      path: '/imports/:id/undo',
      tag,
      summary: 'Undoes the import, while nothing was built on it',
      access: 'signed-in',
      params: byId,
      answers: { 200: shown },
      handle: async (call) => {
        await undoImport(services, call.change(), call.params.id);
        return show(call);
      },
      replay: async (_subject, call) => show(call),
    }),
  ];
}

function profileRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/import-profiles',
      tag,
      summary: 'Saved mappings, those that ship first',
      access: 'signed-in',
      answers: { 200: { description: 'The profiles.', shape: common.list(answers.profile) } },
      handle: async ({ caller }) => ok({ items: await listProfiles(services, caller) }),
    }),
    route({
      method: 'POST',
      path: '/import-profiles',
      tag,
      summary: 'Keeps the mapping of an import under a name',
      access: 'signed-in',
      body: z.strictObject({ import: idShape, name: lineShape(120) }),
      answers: { 201: { description: 'All profiles.', shape: common.list(answers.profile) } },
      handle: async (call) => {
        await changeMapping(services, call.change(), call.body.import, { saveAs: call.body.name });
        return created({ items: await listProfiles(services, call.caller) });
      },
      replay: async (_subject, { caller }) => created({ items: await listProfiles(services, caller) }),
    }),
  ];
}

/** Room for what a form writes around its file. */
const formBytes = 64 * 1024;

/** The one file of a form, gathered up to the limit and no further. */
async function received(request: FastifyRequest): Promise<{ name: string; bytes: Buffer }> {
  if (!request.isMultipart()) throw new DomainError('unsupported', 'A file is sent as multipart/form-data.');
  // What says itself that it is too large is refused before its first byte is read.
  if (Number(request.headers['content-length'] ?? 0) > limits.bytes + formBytes)
    throw tooLarge('The file', `More than ${limits.bytes / 2 ** 20} MiB were announced.`, 'file');
  const part = await request.file();
  if (!part) throw unprocessable([{ at: 'file', message: 'Send the file as the part "file".' }]);
  const name = part.filename ?? 'file';
  const bytes = await collect(name, part.file);
  if (part.file.truncated) throw tooLarge(name, `The file has more than ${limits.bytes / 2 ** 20} MiB.`);
  return { name, bytes };
}
