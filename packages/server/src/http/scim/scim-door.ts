import { DomainError, notFound } from '@throughline/domain/errors.ts';
import { provisions } from '@throughline/domain/token-scope.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Identify } from '../credentials.ts';
import { readJson } from '../json-body.ts';
import { WrongMethod } from '../problem.ts';
import { ensureClean } from '../refusals.ts';
import type { HttpServices } from '../services.ts';
import { resourceTypes, schemaResources, serviceProviderConfig } from './discovery.ts';
import { groupRoutes } from './groups.ts';
import type { Resource } from './patch.ts';
import {
  type OpenCall,
  type ScimAnswer,
  type ScimCall,
  type ScimRoute,
  scimMedia,
  scimPrefix,
} from './route.ts';
import { refusalOf, ScimError } from './scim-error.ts';
import { userRoutes } from './users.ts';

/** Requests a minute and network: providers send many at once, and a program gone wild is held. */
export const requestsPerMinute = 3_000;

/** Every address of the protocol (RFC 7644 §3.2). */
export function scimRoutes(services: HttpServices): ScimRoute[] {
  return [...discoveryRoutes(services), ...userRoutes(services), ...groupRoutes(services), bulk];
}

function discoveryRoutes({ config }: HttpServices): ScimRoute[] {
  const listed = (Resources: readonly Resource[]): ScimAnswer => ({
    status: 200,
    body: {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
      totalResults: Resources.length,
      startIndex: 1,
      itemsPerPage: Resources.length,
      Resources,
    },
  });
  const one = (all: readonly Resource[], id: string): ScimAnswer => {
    const body = all.find((each) => String(each.id).toLowerCase() === id.toLowerCase());
    if (!body) throw notFound();
    return { status: 200, body };
  };
  return [
    {
      method: 'GET',
      path: '/ServiceProviderConfig',
      // Clients read here how to prove who they are, before they can (RFC 7643 §5).
      open: true,
      handle: async ({ base }) => ({
        status: 200,
        body: serviceProviderConfig(base, `${config.publicUrl}/api/docs`),
      }),
    },
    { method: 'GET', path: '/ResourceTypes', handle: async ({ base }) => listed(resourceTypes(base)) },
    {
      method: 'GET',
      path: '/ResourceTypes/:id',
      handle: async ({ base, id }) => one(resourceTypes(base), id),
    },
    { method: 'GET', path: '/Schemas', handle: async ({ base }) => listed(schemaResources(base)) },
    { method: 'GET', path: '/Schemas/:id', handle: async ({ base, id }) => one(schemaResources(base), id) },
  ];
}

const bulk: ScimRoute = {
  method: 'POST',
  path: '/Bulk',
  handle: async () => {
    throw new ScimError(501, undefined, 'Bulk is not offered: send one request for each change.');
  },
};

/** Serves provisioning below `/scim/v2`, with refusals and media types of its own (RFC 7644 §3.12, §8.1). */
export function addScim(app: FastifyInstance, services: HttpServices, identify: Identify): void {
  const routes = scimRoutes(services);
  void app.register(
    async (scim) => {
      scim.addContentTypeParser('application/scim+json', { parseAs: 'buffer' }, (_request, body, done) => {
        try {
          done(null, readJson(Buffer.from(body)));
        } catch (error) {
          done(error instanceof Error ? error : new Error(String(error)));
        }
      });
      scim.setErrorHandler((error, request, reply) => {
        const { status, body, headers, unexpected } = refusalOf(error, String(request.id));
        if (unexpected) services.log(error, String(request.id));
        return reply
          .code(status)
          .headers({ 'cache-control': 'no-store', ...headers })
          .type(scimMedia)
          .send(JSON.stringify(body));
      });
      const nowhere = async (request: FastifyRequest): Promise<never> => {
        throw notThere(routes, request);
      };
      scim.setNotFoundHandler(nowhere);
      // Pages take every other address that is read: what is unknown here is answered here (RFC 7644 §3.12).
      scim.get('/*', nowhere);
      for (const route of routes) register(scim, services, identify, route);
    },
    { prefix: scimPrefix },
  );
}

function register(scim: FastifyInstance, services: HttpServices, identify: Identify, route: ScimRoute): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  scim.route({
    method: route.method,
    url: route.path,
    config: { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } },
    // Before the body is read: whoever may not ask sends nothing that has to be parsed.
    onRequest: async (request) => {
      if (!route.open) callers.set(request, await admit(identify, request));
      if (route.method === 'DELETE') withoutBody(request);
    },
    handler: async (request, reply) => {
      const open = openCall(services, request);
      const answer = route.open
        ? await route.handle(open)
        : await route.handle(asked(services, open, callers));
      reply.code(answer.status).headers({ 'cache-control': 'no-store', ...answer.headers });
      return answer.body === undefined
        ? reply.send()
        : reply.type(scimMedia).send(JSON.stringify(answer.body));
    },
  });
}

/** A DELETE says all by its address (RFC 7644 §3.6). Some clients name a media type all the same, and send nothing of it. */
function withoutBody({ headers }: FastifyRequest): void {
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0)
    delete headers['content-type'];
}

/** A cookie opens nothing here: no page can make a browser provision anybody. */
async function admit(identify: Identify, request: FastifyRequest): Promise<Caller> {
  const caller = request.headers.authorization === undefined ? null : await identify(request);
  if (caller?.by.type !== 'token')
    throw new DomainError('unauthenticated', 'Send a token for provisioning as Authorization: Bearer TOKEN.');
  if (!provisions(caller.actor))
    throw new DomainError(
      'out-of-scope',
      'This token is not for provisioning. An administrator makes one that is, under API tokens.',
    );
  return caller;
}

function openCall({ config }: HttpServices, request: FastifyRequest): OpenCall {
  ensureClean(request.params);
  ensureClean(request.query);
  const id = partOf(request.params, 'id');
  return {
    id: typeof id === 'string' ? id : '',
    query: Object.fromEntries(Object.entries(request.query ?? {})),
    body: request.body,
    base: `${config.publicUrl}${scimPrefix}`,
    request,
  };
}

function asked({ clock }: HttpServices, open: OpenCall, callers: WeakMap<FastifyRequest, Caller>): ScimCall {
  const caller = callers.get(open.request);
  if (!caller) throw new Error('An address that is not open was asked by nobody');
  const { organisation, actor } = caller;
  return {
    ...open,
    who: { organisation, actor },
    change: () => ({ organisation, actor, at: clock(), because: null, request: String(open.request.id) }),
  };
}

const partOf = (of: unknown, name: string): unknown =>
  typeof of === 'object' && of !== null ? Object.entries(of).find(([key]) => key === name)?.[1] : undefined;

/** An address that takes other methods says which; any other is not there. */
function notThere(routes: readonly ScimRoute[], { url, method }: FastifyRequest): Error {
  const path = (url.split('?')[0] ?? '').slice(scimPrefix.length);
  const allowed = routes
    .filter((route) => new RegExp(`^${route.path.replace(/:[a-z]+/g, '[^/]+')}$`).test(path))
    .map((route) => route.method);
  return allowed.length > 0 && !allowed.some((one) => one === method)
    ? new WrongMethod([...new Set(allowed)].sort())
    : notFound();
}
