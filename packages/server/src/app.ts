import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import { DomainError } from '@throughline/domain/errors.ts';
import Fastify, { type FastifyInstance } from 'fastify';
import { Attempts } from './features/sign-in/attempts.ts';
import { browserMarks } from './features/sign-in/browser-mark.ts';
import { Connections } from './features/sign-in/provider/connections.ts';
import { addAfterwards } from './http/afterwards.ts';
import { boundCallers } from './http/busy-callers.ts';
import { brotli, gzip } from './http/compressed.ts';
import { identifier, secretShown } from './http/credentials.ts';
import { addDocs } from './http/docs.ts';
import { readJson } from './http/json-body.ts';
import { addLogTree } from './http/log-tree.ts';
import { addMetrics, observeAnswers } from './http/metrics.ts';
import { networkOf } from './http/network.ts';
import { addPages } from './http/pages.ts';
import { addProbes } from './http/probes.ts';
import { problemOf } from './http/problem.ts';
import { addProblems } from './http/problems.ts';
import { addHostCheck, answerExpectations, clientErrors } from './http/raw-answers.ts';
import { registerRoute } from './http/register-route.ts';
import type { Route } from './http/route.ts';
import { accountRoutes } from './http/routes/account.ts';
import { authorityRoutes } from './http/routes/authority.ts';
import { blobRoutes } from './http/routes/blobs.ts';
import { catalogueRoutes } from './http/routes/catalogue.ts';
import { classesRoutes } from './http/routes/classes.ts';
import { classificationRoutes } from './http/routes/classification.ts';
import { classificationRulesRoutes } from './http/routes/classification-rules.ts';
import { commentRoutes } from './http/routes/comments.ts';
import { crosswalkRoutes } from './http/routes/crosswalk.ts';
import { demoRoutes } from './http/routes/demo.ts';
import { deputyRoutes } from './http/routes/deputies.ts';
import { dueRemovalRoutes } from './http/routes/due-removals.ts';
import { dutyRoutes } from './http/routes/duties.ts';
import { eventRoutes } from './http/routes/events.ts';
import { gateRoutes } from './http/routes/gates.ts';
import { groupRoutes } from './http/routes/groups.ts';
import { homeRoutes } from './http/routes/home.ts';
import { impactRoutes } from './http/routes/impact.ts';
import { importRoutes } from './http/routes/imports.ts';
import { jobRoutes } from './http/routes/jobs.ts';
import { kindRoutes } from './http/routes/kinds.ts';
import { lineRoutes } from './http/routes/line.ts';
import { logRoutes } from './http/routes/log.ts';
import { logTreeRoutes } from './http/routes/log-tree.ts';
import { memberAccessRoutes } from './http/routes/member-access.ts';
import { memberRoutes } from './http/routes/members.ts';
import { organisationRoutes } from './http/routes/organisation.ts';
import { ownRoutes } from './http/routes/own.ts';
import { proposalRoutes } from './http/routes/proposals.ts';
import { providerSessionRoutes } from './http/routes/provider-session.ts';
import { readinessRoutes } from './http/routes/readiness.ts';
import { recordRoutes } from './http/routes/records.ts';
import { registerRoutes } from './http/routes/registers.ts';
import { resetRoutes } from './http/routes/resets.ts';
import { riskMatrixRoutes } from './http/routes/risk-matrix.ts';
import { riskOpinionRoutes } from './http/routes/risk-opinions.ts';
import { riskRatingRoutes } from './http/routes/risk-rating.ts';
import { roleRoutes } from './http/routes/roles.ts';
import { samePersonRoutes } from './http/routes/same-persons.ts';
import { searchRoutes } from './http/routes/search.ts';
import { signInRoutes } from './http/routes/sign-in.ts';
import { signInProviderRoutes } from './http/routes/sign-in-provider.ts';
import { soaRoutes } from './http/routes/soa.ts';
import { tokenRoutes } from './http/routes/tokens.ts';
import { walkRoutes } from './http/routes/walks.ts';
import { withdrawalRoutes } from './http/routes/withdrawal.ts';
import { addOriginCheck } from './http/same-origin.ts';
import { scimMedia, scimPrefix } from './http/scim/route.ts';
import { addScim } from './http/scim/scim-door.ts';
import { refusalOf } from './http/scim/scim-error.ts';
import { addSecurityHeaders, securityHeaders } from './http/security-headers.ts';
import type { HttpServices } from './http/services.ts';
import { boundStrangers } from './http/strangers.ts';
import { Streams } from './http/streams.ts';
import { newId } from './store/ids.ts';
import { isReady } from './store/ready.ts';

export const maxBodyBytes = 1024 * 1024;
export const maxFileBytes = 100 * 1024 * 1024;

/** Every described route of the API. */
export function routesOf(given: HttpServices, streams: Streams = new Streams()): Route[] {
  const services = { ...given, streams };
  const attempts = new Attempts();
  const connections = new Connections(services.config.loopbackProviders);
  return [
    ...signInRoutes(services, attempts),
    ...resetRoutes(services, attempts),
    ...accountRoutes(services, attempts),
    ...providerSessionRoutes(services, attempts, connections),
    ...signInProviderRoutes(services, connections),
    ...organisationRoutes(services),
    ...dueRemovalRoutes(services),
    ...memberRoutes(services),
    ...memberAccessRoutes(services),
    ...tokenRoutes(services),
    ...authorityRoutes(services),
    ...samePersonRoutes(services),
    ...groupRoutes(services),
    ...deputyRoutes(services),
    ...roleRoutes(services),
    ...dutyRoutes(services),
    ...proposalRoutes(services),
    ...ownRoutes(services),
    ...kindRoutes(services),
    ...catalogueRoutes(services),
    ...homeRoutes(services),
    ...logRoutes(services),
    ...logTreeRoutes(services),
    ...blobRoutes(services),
    ...jobRoutes(services),
    ...eventRoutes(services),
    ...lineRoutes(services),
    ...readinessRoutes(services),
    ...walkRoutes(services),
    ...classificationRulesRoutes(services),
    ...classificationRoutes(services),
    ...classesRoutes(services),
    ...gateRoutes(services),
    ...withdrawalRoutes(services),
    ...impactRoutes(services),
    ...riskRatingRoutes(services),
    ...riskOpinionRoutes(services),
    ...riskMatrixRoutes(services),
    ...soaRoutes(services),
    ...crosswalkRoutes(services),
    ...searchRoutes(services),
    ...registerRoutes(services),
    ...recordRoutes(services),
    ...commentRoutes(services),
    ...importRoutes(services),
    ...demoRoutes(services),
  ];
}

/** Wires the door: plugins, headers, routes, pages. Nothing listens yet; tests inject from here. */
export async function buildApp(services: HttpServices): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    // An empty list trusts nobody; with one, the address is the first from the right that no trusted proxy has.
    trustProxy: [...services.config.trustedProxies],
    bodyLimit: maxBodyBytes,
    genReqId: () => newId(),
    requestTimeout: 120_000,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: false },
    frameworkErrors: (error, request, reply) => {
      const { status, body, headers, media } = refusalAt(request.url, error, String(request.id));
      reply.raw.writeHead(status, {
        ...securityHeaders(services.config.publicUrl),
        'cache-control': 'no-store',
        ...headers,
        'content-type': media,
      });
      reply.raw.end(JSON.stringify(body));
    },
    clientErrorHandler: clientErrors(services.config.publicUrl),
    http: { requireHostHeader: false },
  });
  answerExpectations(app.server, services.config.publicUrl);
  addSecurityHeaders(app, services.config.publicUrl);
  addHostCheck(app);
  addOriginCheck(app, services.config);
  const metrics = observeAnswers(app);
  addAfterwards(app, services);
  await app.register(cookie);
  await app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: brotli,
    zlibOptions: gzip,
  });
  await app.register(multipart, { limits: { fileSize: maxFileBytes, files: 1, fields: 10, parts: 12 } });
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: tooMany,
  });
  app.removeContentTypeParser(['application/json', 'text/plain']);
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    try {
      done(null, readJson(Buffer.from(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  const streams = new Streams();
  app.addHook('preClose', async () => streams.end());
  const routes = routesOf(services, streams);
  addProblems(app, services, routes);
  addProbes(app, () => isReady(services.store));
  addMetrics(app, metrics, services.config.metricsToken);
  const door = {
    store: services.store,
    clock: services.clock,
    identify: boundCallers(
      boundStrangers(identifier(services, services.config.publicUrl)),
      (request) => secretShown(request, services.config.publicUrl),
      services.config.requestsPerCaller ?? 0,
    ),
    marks: browserMarks(services.secrets),
    publicUrl: services.config.publicUrl,
  };
  for (const route of routes) registerRoute(app, door, route);
  addLogTree(app, services, door.identify);
  addScim(app, services, door.identify);
  addDocs(app, services, routes);
  await addPages(app, services.webRoot);
  return app;
}

/** A refusal as those speak who asked: provisioning has a form of its own. */
function refusalAt(url: string, error: unknown, id: string) {
  if (url.startsWith(`${scimPrefix}/`)) return { ...refusalOf(error, id), media: scimMedia };
  const { body, headers } = problemOf(error, id);
  return { status: body.status, body, headers, media: 'application/problem+json; charset=utf-8' };
}

function tooMany(_request: unknown, context: { ttl: number }): Error {
  const retryAfter = Math.ceil(context.ttl / 1000);
  return new DomainError(
    'too-many',
    `Too many requests from here. The next is possible in ${retryAfter} s.`,
    [],
    {
      retryAfter,
    },
  );
}
