import type { Services } from '../../services.ts';
import type { Context } from '../../store/context.ts';
import type { Asker } from '../../store/reading.ts';
import type { HttpServices } from '../services.ts';
import type { Filter } from './filter.ts';
import { listAnswer, readListQuery } from './list.ts';
import { canonical, patched, type Resource, readOperations } from './patch.ts';
import { readProjection } from './projection.ts';
import {
  ensureVersion,
  idIn,
  resourceAnswer,
  type ScimAnswer,
  type ScimCall,
  type ScimRoute,
} from './route.ts';
import type { ResourceSchema } from './schemas.ts';

/** One type of resource: `One` is what stands here, `Said` what a provider says of it, `Which` what is looked for. */
export type ResourceType<One extends { readonly id: string }, Said, Which> = {
  /** Where its resources stand below the address of the protocol, such as `/Users`. */
  readonly path: string;
  readonly schema: ResourceSchema;
  versionOf(one: One): string;
  /** As it is answered; `base` is the address below which resources stand. */
  shown(one: One, base: string): Resource;
  /** What was said of it, which a PATCH works on. */
  said(one: One): Resource;
  /** Reads what a whole resource says. `before` is what stands; absent where it is new. Throws `invalidValue` by name. */
  read(given: Resource, before?: One): Said;
  /** What the store looks for, so that a search for one does not read all; `undefined`: none can fit. */
  which(filter: Filter): Which | undefined;
  readonly kept: {
    list(services: Services, who: Asker, which?: Which): Promise<One[]>;
    one(services: Services, who: Asker, id: string): Promise<One>;
    add(services: Services, ctx: Context, said: Said): Promise<One>;
    change(services: Services, ctx: Context, id: string, next: (before: One) => Said): Promise<One>;
    takeAway(services: Services, ctx: Context, id: string, check: (before: One) => void): Promise<void>;
  };
};

/** The addresses of one type of resource (RFC 7644 §3.2), alike for each. */
export function resourceRoutes<One extends { readonly id: string }, Said, Which>(
  services: HttpServices,
  type: ResourceType<One, Said, Which>,
): ScimRoute[] {
  const { path, schema, kept } = type;
  const single = `${path}/:id`;
  const answered = (call: ScimCall, one: One, status = 200): ScimAnswer =>
    resourceAnswer(call, type.shown(one, call.base), schema, {
      status,
      version: type.versionOf(one),
      location: `${call.base}${path}/${one.id}`,
    });
  const ensureUnchanged = (call: ScimCall) => (before: One) =>
    ensureVersion(call.request, type.versionOf(before));
  const change = async (call: ScimCall, next: (before: One) => Said): Promise<ScimAnswer> => {
    readProjection(call.query, schema);
    const one = await kept.change(services, call.change(), idIn(call.id), (before) => {
      ensureUnchanged(call)(before);
      return next(before);
    });
    return answered(call, one);
  };
  return [
    {
      method: 'GET',
      path,
      handle: async (call) => {
        const query = readListQuery(call.query, schema);
        const which = query.filter ? type.which(query.filter) : undefined;
        const none = query.filter !== undefined && which === undefined;
        const all = none ? [] : await kept.list(services, call.who, which);
        const resources = all.map((one) => type.shown(one, call.base));
        return { status: 200, body: listAnswer(resources, query, schema) };
      },
    },
    {
      method: 'GET',
      path: single,
      handle: async (call) => answered(call, await kept.one(services, call.who, idIn(call.id))),
    },
    {
      method: 'POST',
      path,
      handle: async (call) => {
        readProjection(call.query, schema);
        const said = type.read(canonical(call.body, schema));
        return answered(call, await kept.add(services, call.change(), said), 201);
      },
    },
    {
      method: 'PUT',
      path: single,
      handle: async (call) => {
        const given = canonical(call.body, schema);
        return change(call, (before) => type.read(given, before));
      },
    },
    {
      method: 'PATCH',
      path: single,
      handle: async (call) => {
        const operations = readOperations(call.body);
        return change(call, (before) => type.read(patched(type.said(before), operations, schema), before));
      },
    },
    {
      method: 'DELETE',
      path: single,
      handle: async (call) => {
        await kept.takeAway(services, call.change(), idIn(call.id), ensureUnchanged(call));
        return { status: 204 };
      },
    },
  ];
}
