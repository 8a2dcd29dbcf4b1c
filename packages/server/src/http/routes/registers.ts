import { unprocessable } from '@throughline/domain/errors.ts';
import type { Patch } from '@throughline/domain/kinds/edit.ts';
import { answerLabels } from '@throughline/domain/kinds/fields.ts';
import type { Kind } from '@throughline/domain/kinds/kind.ts';
import { isEmpty, isId } from '@throughline/domain/kinds/values.ts';
import { shown } from '@throughline/domain/text.ts';
import type { RegisterWire } from '@throughline/domain/wire.ts';
import { z } from 'zod';
import { type BulkAct, bulkAgain } from '../../records/bulk-change.ts';
import { type BulkChoice, requestBulk } from '../../records/bulk-request.ts';
import { exportRecords } from '../../records/export-records.ts';
import { countPage, facets, listPage } from '../../records/list-records.ts';
import * as answers from '../answers/records.ts';
import { columnsOf, countWire, registerWire } from '../present/row.ts';
import { type Answer, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { flagShape, lineShape } from '../shapes.ts';
import { because, inRegister, kindOf, patchOf, patchShape, tag } from './record-tools.ts';

const named = { type: 'string', description: 'A record by ref, such as SYS-42, or by id.' };
const words = { type: 'string' };
/**
 * Filters are named after parts of the kind, so the use case reads them and refuses by name. The contract names what
 * every register takes; a filter by a relation names its records as `system` and `linked` do.
 */
const anyFilter = z.record(z.string().max(100), z.string()).meta({
  properties: {
    q: words,
    system: named,
    linked: named,
    archived: { enum: ['true', 'false', 'any'] },
    asOf: { type: 'string', format: 'date-time' },
  },
});

export function registerRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/:collection',
      tag,
      summary:
        'A page of the register: `q`, filters by part, `sort`, `from`, `limit`, `cursor`, `cols`, `archived`, `asOf`. Alternatives are parted by commas; a value with a comma stands in quotation marks: `unit="A, B",C`',
      access: 'signed-in',
      params: inRegister,
      query: anyFilter,
      answers: { 200: { description: 'The rows, and where the next page begins.', shape: answers.register } },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        return ok(await registerPage(services, call.caller, kind, call.query));
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/count',
      tag,
      summary:
        'How many rows match the filters, up to 10,000, and for systems how many of them have a gap at each station; `asOf` as it stood then',
      access: 'signed-in',
      params: inRegister,
      query: anyFilter,
      answers: {
        200: { description: 'The count; `more` when it stopped at its limit.', shape: answers.count },
      },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { organisation, actor } = call.caller;
        const counted = await countPage(services, { organisation, actor, kind, query: call.query });
        return ok(countWire(services, counted));
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/facets',
      tag,
      summary: 'Counts by one indexed part (`by`) under the filters given; for systems also their gaps',
      access: 'signed-in',
      params: inRegister,
      query: anyFilter,
      answers: { 200: { description: 'Values with their counts, most first.', shape: answers.facets } },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { organisation, actor } = call.caller;
        const counted = await facets(services, { organisation, actor, kind, query: call.query });
        const part = call.query.by ?? '';
        const items = counted.map(({ value, written, count, gaps }) => ({
          value,
          label: labelOf(kind, part, { value, written }),
          count,
          ...(gaps === null ? {} : { gaps }),
        }));
        return ok({ items });
      },
    }),
    route({
      method: 'GET',
      path: '/:collection/export',
      tag,
      summary:
        'The rows that match with every column, as `format` csv, xlsx or json; `asOf` as they stood then',
      access: 'signed-in',
      params: inRegister,
      query: anyFilter,
      answers: { 200: { description: 'The file.', media: 'text/csv' } },
      handle: async (call) => {
        const kind = kindOf(services, call.params);
        const { organisation, actor } = call.caller;
        const file = await exportRecords(services, { organisation, actor, kind, query: call.query });
        const headers = {
          'content-type': file.media,
          'content-disposition': `attachment; filename="${file.fileName}"`,
        };
        return { status: 200, body: file.body, headers };
      },
    }),
    bulkRoute(services),
  ];
}

async function registerPage(
  services: HttpServices,
  caller: { readonly organisation: string; readonly actor: Parameters<typeof listPage>[1]['actor'] },
  kind: Kind,
  query: Readonly<Record<string, string>>,
): Promise<RegisterWire> {
  const { organisation, actor } = caller;
  const columns = columnsOf(kind, query.cols);
  const problems = columns.unknown.map((name) => ({
    at: 'cols',
    message: `${kind.plural} have no column "${name.slice(0, 40)}".`,
  }));
  if (problems.length > 0) throw unprocessable(problems);
  const page = await listPage(services, { organisation, actor, kind, query }, columns.relations);
  return registerWire(services.registry, page, columns);
}

/** Options stand in a slot behind their place: "07 operation". */
const withoutPlace = (value: string): string => value.replace(/^\d\d /, '');

/** A facet's value in words: a state's or option's label, a text as one of the rows has it, else the value as it is. */
function labelOf(kind: Kind, part: string, facet: { value: string; written: string | null }): string {
  if (part === 'state') return kind.lifecycle.states[withoutPlace(facet.value)]?.label ?? facet.value;
  const field = kind.fields[part];
  const id = withoutPlace(facet.value);
  if (field?.type === 'choice') return field.options.find((option) => option.id === id)?.label ?? id;
  if (field?.type === 'answer')
    return Object.entries(answerLabels).find(([answer]) => answer === id)?.[1] ?? id;
  return (field?.type === 'line' ? facet.written : null) ?? facet.value;
}

const bulkBody = z
  .strictObject({
    refs: z.array(z.string().max(60)).min(1).max(10_000).optional(),
    filter: anyFilter.optional(),
    patch: z
      .strictObject({ ...patchShape, clear: z.array(lineShape(60)).max(100).optional(), because })
      .optional(),
    transition: lineShape(60).optional(),
    archive: z.literal(true).optional(),
    because,
  })
  .refine((body) => (body.refs === undefined) !== (body.filter === undefined), {
    path: ['refs'],
    error: 'Name the records by refs or by a filter, one of the two.',
  })
  .refine(
    (body) => [body.patch, body.transition, body.archive].filter((act) => act !== undefined).length === 1,
    {
      path: ['patch'],
      error: 'Say one thing to do: patch, transition or archive.',
    },
  );

function bulkRoute(services: HttpServices): Route {
  return route({
    method: 'POST',
    path: '/:collection/bulk',
    tag,
    summary: 'The same change on many records, or its dry run; over 200 it becomes a job',
    access: 'signed-in',
    params: inRegister,
    query: z.strictObject({ dryRun: flagShape }),
    body: bulkBody,
    answers: {
      200: { description: 'What each record took or refused.', shape: answers.bulk },
      202: { description: 'The job that works it.', shape: answers.bulk },
    },
    handle: async (call): Promise<Answer> => {
      const kind = kindOf(services, call.params);
      const { body } = call;
      const choice: BulkChoice = body.refs ? { refs: body.refs } : { filter: body.filter ?? {} };
      const done = await requestBulk(services, call.change(body.because ?? body.patch?.because), kind, {
        choice,
        act: actOf(body),
        dryRun: call.query.dryRun,
      });
      if ('job' in done) return { status: 202, body: { ...nothingDone, job: { id: done.job } } };
      return ok(done.outcome);
    },
    replay: async (subject, call): Promise<Answer> => {
      if (subject === null) return ok(nothingDone);
      if (isId(subject)) return { status: 202, body: { ...nothingDone, job: { id: subject } } };
      const { body } = call;
      const ctx = call.change(body.because ?? body.patch?.because);
      const kind = kindOf(services, call.params);
      return ok(await bulkAgain(services, ctx, kind, { act: actOf(body), subject }));
    },
  });
}

const nothingDone = { applied: [], unchanged: [], refused: [], voided: 0, stale: 0 };

/**
 * What a bulk change sets. To empty a field on many records is said by name in `clear`: an empty value is what a form
 * sends for text that it could not read, and nobody looks at every record afterwards.
 */
function meantPatch({ clear = [], ...patch }: NonNullable<z.output<typeof bulkBody>['patch']>): Patch {
  const { fields = {}, links = {} } = patchOf(patch);
  const blank = (value: unknown) => isEmpty(typeof value === 'string' ? value.trim() : value);
  const problems = Object.entries(fields).flatMap(([name, value]) => {
    const at = `fields.${shown(name)}`;
    if (clear.includes(name)) return [{ at, message: 'Set it or clear it, one of the two.' }];
    return blank(value) ? [{ at, message: `No value is given. To empty it, name it in clear.` }] : [];
  });
  if (problems.length > 0) throw unprocessable(problems);
  return { fields: { ...fields, ...Object.fromEntries(clear.map((name) => [name, null])) }, links };
}

function actOf(body: z.output<typeof bulkBody>): BulkAct {
  if (body.transition !== undefined) return { transition: body.transition };
  if (body.archive) return { archive: true };
  return { patch: meantPatch(body.patch ?? {}) };
}
