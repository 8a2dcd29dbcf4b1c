import { z } from 'zod';
import { keepTier, readClasses } from '../../features/classification/classes-of-use.ts';
import { compareTiers, readSchemeTable } from '../../features/classification/scheme-table.ts';
import { readDue, validateClass } from '../../features/classification/validate.ts';
import * as shapes from '../answers/classes.ts';
import { dueClassesWire, schemeTableWire, tierComparisonWire, useClassesWire } from '../present/classes.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { dateShape, lineShape, reasonShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Classification';
const named = z.strictObject({ ref: lineShape(60) });

/** Schemes beside the law: the organisation's own tiers as a decision table, classes of others, and the next look at each. */
export function classesRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (call: Parameters<typeof readClasses>[1]) =>
    ok(useClassesWire(registry, await readClasses(services, call)));
  return [
    route({
      method: 'GET',
      path: '/use-cases/:ref/classes',
      tag,
      summary:
        'Every scheme that could be asked of a use, beside each other: what each says and what is missing',
      access: 'signed-in',
      params: named,
      answers: { 200: { description: 'The schemes with their classes.', shape: shapes.useClasses } },
      handle: ({ caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'POST',
      path: '/use-cases/:ref/tier',
      tag,
      summary: 'Keeps the tier that the decision table in force gives to a use as it stands now',
      access: 'signed-in',
      params: named,
      body: z.strictObject({
        scheme: lineShape(60).optional(),
        answers: z.record(lineShape(60), lineShape(300).nullable()).default({}),
        because,
      }),
      answers: { 200: { description: 'The schemes as they stand now.', shape: shapes.useClasses } },
      handle: async (call) => {
        const { body, params, caller } = call;
        const { scheme, answers, because: why } = body;
        await keepTier(services, call.change(why), { ref: params.ref, scheme, answers });
        return shown({ ...caller, ref: params.ref });
      },
      replay: (_subject, { caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'GET',
      path: '/classification-schemes/:ref/table',
      tag,
      summary: 'The decision table of a scheme, with its holes, overlaps and rows that never decide',
      access: 'signed-in',
      params: named,
      answers: { 200: { description: 'The table as it is written now.', shape: shapes.schemeTable } },
      handle: async ({ caller, params }) =>
        ok(schemeTableWire(registry, await readSchemeTable(services, { ...caller, ref: params.ref }))),
    }),
    route({
      method: 'GET',
      path: '/classification-schemes/:ref/changes',
      tag,
      summary: 'Stored tiers that the table as it is written now would change; nothing is changed',
      access: 'signed-in',
      params: named,
      answers: { 200: { description: 'The tiers that would change.', shape: shapes.tierComparison } },
      handle: async ({ caller, params }) =>
        ok(tierComparisonWire(registry, await compareTiers(services, { ...caller, ref: params.ref }))),
    }),
    route({
      method: 'POST',
      path: '/classifications/:ref/validations',
      tag,
      summary: 'Says that a signed-off class was looked at again and that nothing changed, with the reason',
      access: 'signed-in',
      params: named,
      body: z.strictObject({ reason: reasonShape(2000), because }),
      answers: { 204: { description: 'Kept, with the next day.' } },
      handle: async (call) => {
        const { body, params } = call;
        await validateClass(services, call.change(body.because), { ref: params.ref, reason: body.reason });
        return { status: 204 };
      },
      replay: async () => ({ status: 204 }),
    }),
    route({
      method: 'GET',
      path: '/classification/due',
      tag,
      summary: 'Signed-off classes by the day on which they are due to be looked at again',
      access: 'signed-in',
      query: z.strictObject({ until: dateShape.optional() }),
      answers: {
        200: { description: 'The first of them, and how many are over.', shape: shapes.dueClasses },
      },
      handle: async ({ caller, query }) => {
        const { list, names } = await readDue(services, caller, query.until);
        return ok(dueClassesWire(registry, names, list));
      },
    }),
  ];
}
