import { z } from 'zod';
import { readMethods } from '../../features/impact/method.ts';
import { readShared, readSheet } from '../../features/impact/sheet.ts';
import { fillIn, writeSheet } from '../../features/impact/write.ts';
import { impactAlike, impactMethods, impactSheet } from '../answers/impact.ts';
import { alikeWire, methodsWire, sheetWire } from '../present/impact.ts';
import { ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { lineShape } from '../shapes.ts';
import { because } from './record-tools.ts';

const tag = 'Impact assessment';
const ofSheet = z.strictObject({ ref: lineShape(60) });
/** Values are read by the declaration, which names each problem; here they only have a shape. */
const cells = z.record(z.string(), z.unknown());
const edit = z.strictObject({
  fields: cells.optional(),
  effects: z
    .strictObject({
      set: z.array(cells).max(200).optional(),
      remove: z.array(z.int()).max(200).optional(),
    })
    .optional(),
  confirm: z.array(lineShape(60)).max(60).optional(),
  takeMethod: z.boolean().optional(),
  because,
});

/** Impact assessments as they are filled in: by parts, by several people at once, from what is known (6.1.4, 8.4). */
export function impactRoutes(services: HttpServices): Route[] {
  const { registry } = services;
  const shown = async (call: Parameters<typeof readSheet>[1]) => {
    const sheet = await readSheet(services, call);
    return { ...ok(sheetWire(registry, sheet)), version: sheet.record.version };
  };
  return [
    route({
      method: 'GET',
      path: '/impact-assessments/:ref/sheet',
      tag,
      summary:
        'An assessment as it is filled in: what is blank, known elsewhere, noticed, and asked by Article 27',
      access: 'signed-in',
      params: ofSheet,
      answers: { 200: { description: 'The sheet.', shape: impactSheet } },
      handle: ({ caller, params }) => shown({ ...caller, ref: params.ref }),
    }),
    route({
      method: 'PATCH',
      path: '/impact-assessments/:ref/sheet',
      tag,
      summary: 'Writes fields and single effects on top of what others wrote since the version in If-Match',
      access: 'signed-in',
      params: ofSheet,
      body: edit,
      versioned: true,
      answers: { 200: { description: 'The sheet as it stands now.', shape: impactSheet } },
      handle: async (call) => {
        const { fields = {}, effects = {}, confirm = [], takeMethod = false, because: why } = call.body;
        await writeSheet(services, call.change(why), {
          ref: call.params.ref,
          version: call.version(),
          fields,
          effects: { set: effects.set ?? [], remove: effects.remove ?? [] },
          confirm,
          takeMethod,
        });
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'PUT',
      path: '/impact-assessments/:ref/known',
      tag,
      summary: 'Fills blank fields with what other records say, each to be confirmed by a person',
      access: 'signed-in',
      params: ofSheet,
      versioned: true,
      answers: { 200: { description: 'The sheet as it stands now.', shape: impactSheet } },
      handle: async (call) => {
        await fillIn(services, call.change(), { ref: call.params.ref, version: call.version() });
        return shown({ ...call.caller, ref: call.params.ref });
      },
    }),
    route({
      method: 'GET',
      path: '/impact-methods',
      tag,
      summary: 'Which assessments follow the method in force, an earlier version, or none',
      access: 'signed-in',
      answers: { 200: { description: 'Counts, and those on another version.', shape: impactMethods } },
      handle: async ({ caller }) => ok(methodsWire(registry, await readMethods(services, caller))),
    }),
    route({
      method: 'GET',
      path: '/impact-alike',
      tag,
      summary: 'Texts that stand word for word in several assessments',
      access: 'signed-in',
      answers: { 200: { description: 'Texts with the assessments that hold them.', shape: impactAlike } },
      handle: async ({ caller }) => ok(alikeWire(registry, await readShared(services, caller))),
    }),
  ];
}
