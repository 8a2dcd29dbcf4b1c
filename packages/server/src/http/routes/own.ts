import { z } from 'zod';
import { keepPreferences } from '../../features/preferences/preferences.ts';
import { deleteView, editView, listViews, readView, saveView } from '../../features/views/views.ts';
import type { SavedView } from '../../store/views.ts';
import * as common from '../answers/common.ts';
import type { Caller } from '../caller.ts';
import { created, nothing, ok, type Route, route } from '../route.ts';
import type { HttpServices } from '../services.ts';
import { idShape, jsonShape, lineShape, textShape } from '../shapes.ts';

const tag = 'Your own';
const byId = z.strictObject({ id: idShape });
const savedView = z
  .strictObject({
    id: common.id,
    collection: z.string(),
    name: z.string(),
    query: z.string(),
    shared: z.boolean(),
    yours: z.boolean(),
  })
  .meta({ id: 'View' });

const viewWire = (view: SavedView, { actor }: Caller): z.output<typeof savedView> => ({
  id: view.id,
  collection: view.collection,
  name: view.name,
  query: view.query,
  shared: view.shared,
  yours: actor.type === 'person' && actor.member === view.member,
});

/** What belongs to one person: settings of the pages, saved views. */
export function ownRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'PUT',
      path: '/preferences',
      tag,
      summary: 'Keeps your settings of the pages, whole',
      access: 'signed-in',
      body: z.record(z.string().max(100), jsonShape),
      answers: { 200: { description: 'The preferences as kept.', shape: common.free } },
      handle: async (call) => {
        await keepPreferences(services, call.change(), call.body);
        return ok(call.body);
      },
    }),
    ...viewRoutes(services),
  ];
}

function viewRoutes(services: HttpServices): Route[] {
  return [
    route({
      method: 'GET',
      path: '/views',
      tag,
      summary: 'Saved views: your own and those shared, by name',
      access: 'signed-in',
      query: z.strictObject({ collection: lineShape(60).optional() }),
      answers: { 200: { description: 'The views.', shape: common.list(savedView) } },
      handle: async ({ caller, query }) => {
        const views = await listViews(services, caller, query.collection);
        return ok({ items: views.map((view) => viewWire(view, caller)) });
      },
    }),
    route({
      method: 'POST',
      path: '/views',
      tag,
      summary: 'Saves a view of a register',
      access: 'signed-in',
      body: z.strictObject({
        collection: lineShape(60),
        name: lineShape(80),
        query: textShape(4000),
        shared: z.boolean().default(false),
      }),
      answers: { 201: { description: 'The view.', shape: savedView } },
      handle: async (call) =>
        created(viewWire(await saveView(services, call.change(), call.body), call.caller)),
      replay: async (subject, { caller }) =>
        created(viewWire(await readView(services, caller, subject ?? ''), caller)),
    }),
    route({
      method: 'PATCH',
      path: '/views/:id',
      tag,
      summary: 'Changes a view of your own',
      access: 'signed-in',
      params: byId,
      body: z.strictObject({
        name: lineShape(80).optional(),
        query: textShape(4000).optional(),
        shared: z.boolean().optional(),
      }),
      answers: { 200: { description: 'The view.', shape: savedView } },
      handle: async (call) =>
        ok(viewWire(await editView(services, call.change(), call.params.id, call.body), call.caller)),
    }),
    route({
      method: 'DELETE',
      path: '/views/:id',
      tag,
      summary: 'Removes a view of your own',
      access: 'signed-in',
      params: byId,
      answers: { 204: { description: 'Removed.' } },
      handle: async (call) => {
        await deleteView(services, call.change(), call.params.id);
        return nothing;
      },
    }),
  ];
}
