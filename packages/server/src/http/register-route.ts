import { createHash } from 'node:crypto';
import { type Actor, actorRef } from '@throughline/domain/actor.ts';
import { DomainError, Replayed } from '@throughline/domain/errors.ts';
import { notAllowed } from '@throughline/domain/kind-words.ts';
import {
  canAdminister,
  type OrganisationAct,
  rightToAdminister,
  scopeRefusesOrganisation,
  whoAdministers,
} from '@throughline/domain/permissions.ts';
import { rolesInWords } from '@throughline/domain/role-words.ts';
import { changesNothing, leavesAct, provisions } from '@throughline/domain/token-scope.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { BrowserMarks } from '../features/sign-in/browser-mark.ts';
import type { Once } from '../store/idempotency.ts';
import type { Store } from '../store/store.ts';
import type { Caller } from './caller.ts';
import { compressed } from './compressed.ts';
import {
  clearSessionCookie,
  type Identify,
  type Kept,
  keepBrowser,
  keptCookies,
  overTls,
  setSessionCookie,
} from './credentials.ts';
import { ensureFactor, lacksFactor } from './factor-needed.ts';
import { ensureFresh, refuseUnknownHand } from './fresh-proof.ts';
import { ensureMayLast } from './lasting.ts';
import { networkOf } from './network.ts';
import { ensureClean, readShape } from './refusals.ts';
import type { Answer, Call, Route } from './route.ts';

export const apiPrefix = '/api/v1';
/** Which organisation a request is meant for; without it, the one of the session or token. */
export const organisationHeader = 'x-throughline-organisation';
/** The same of what carries no header: a link to a file, a stream of events. */
export const organisationParameter = 'forOrganisation';

/** A parameter that is not known is refused everywhere: `dryRun=true` where there is no dry run would be carried out. */
const noQuery = z.strictObject({});

export type RouteServices = {
  readonly store: Store;
  readonly clock: () => Date;
  readonly identify: Identify;
  readonly marks: BrowserMarks;
  /** Where people reach this server: it decides how cookies travel. */
  readonly publicUrl: string;
};

/** Registers one described route: who asks, from where, for what, in which version, how often; then `handle`. */
export function registerRoute(app: FastifyInstance, services: RouteServices, route: Route): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  app.route({
    method: route.method,
    url: `${apiPrefix}${route.path}`,
    ...(route.uncompressed ? { compress: false } : {}),
    config: route.perMinute ? { rateLimit: { max: route.perMinute, timeWindow: 60_000 } } : {},
    // Before the body is read: whoever may not ask sends nothing that has to be parsed.
    onRequest: async (request) => {
      if (route.access === 'open') return;
      callers.set(request, await admit(services, route, request));
    },
    handler: async (request, reply) => {
      const call = callOf(services, route, request, callers.get(request));
      const secure = overTls(request, services.publicUrl);
      return send(reply, await carryOut(services.store, route, call), secure, route.uncompressed === true);
    },
  });
}

async function admit(services: RouteServices, route: Route, request: FastifyRequest): Promise<Caller> {
  const caller = await services.identify(request);
  if (!caller) throw new DomainError('unauthenticated', 'Sign in first, or send a token that is still good.');
  // A foreign page can make a browser send our cookie, but not this header (fetch standard, CORS-safelisted headers).
  if (caller.by.type === 'session' && route.method !== 'GET' && request.headers['x-throughline'] !== '1') {
    throw new DomainError(
      'foreign-page',
      'A change that comes with a cookie carries the header x-throughline: 1.',
    );
  }
  ensureSameOrganisation(caller, request);
  ensureMayAsk(caller);
  ensureFactor(caller, route, services.clock());
  ensureMayChange(caller, route);
  ensureMayRead(caller, route);
  if (route.access !== 'signed-in' && route.access !== 'open') ensureAdministers(caller, route.access);
  return caller;
}

/**
 * A page names the organisation that it was loaded for. Where its person went on in another one meanwhile, in another tab,
 * nothing is read and nothing written there in the belief that it is here.
 */
function ensureSameOrganisation({ organisation }: Caller, request: FastifyRequest): void {
  const meant = [request.headers[organisationHeader], queryOf(request)[organisationParameter]];
  if (meant.every((one) => one === undefined || one === organisation)) return;
  throw new DomainError(
    'other-organisation',
    'You went on in another organisation. Load this page again, or go back to the organisation that it was for.',
  );
}

const queryOf = ({ query }: FastifyRequest): Readonly<Record<string, unknown>> =>
  typeof query === 'object' && query !== null ? { ...query } : {};

/** What a route is asked, without the name of the organisation: that was held against who asks. */
function askedOf(route: Route, request: FastifyRequest): Readonly<Record<string, unknown>> {
  const { [organisationParameter]: meant, ...asked } = queryOf(request);
  return route.access === 'open' && meant !== undefined
    ? { ...asked, [organisationParameter]: meant }
    : asked;
}

/** A token for provisioning opens the addresses of provisioning and nothing else, not even what every member may ask. */
function ensureMayAsk({ actor }: Caller): void {
  if (provisions(actor))
    throw new DomainError('out-of-scope', 'This token is for provisioning alone: it works below /scim/v2.');
}

/** A token that only reads is refused here, before any use case: none of them has to think of it. */
function ensureMayChange({ actor }: Caller, route: Route): void {
  if (route.method === 'GET' || actor.type !== 'token' || !actor.scope || !changesNothing(actor.scope))
    return;
  throw new DomainError('out-of-scope', 'This token only reads: its scope does not let it change anything.');
}

/** What every member may ask asks of a token that its scope names reading; what needs an act of its own asks for that. */
function ensureMayRead({ actor }: Caller, { method, access }: Route): void {
  if (method !== 'GET' || access !== 'signed-in' || actor.type !== 'token') return;
  if (!actor.scope || leavesAct(actor.scope, 'read')) return;
  throw new DomainError('out-of-scope', 'This token does not read: its scope does not name reading.');
}

function ensureAdministers(caller: Caller, act: OrganisationAct): void {
  if (canAdminister(caller.actor, act)) return;
  const who = whoAdministers(act);
  const narrowed = scopeRefusesOrganisation(caller.actor, act);
  throw new DomainError(
    narrowed ? 'out-of-scope' : 'forbidden',
    `${notAllowed(narrowed ? 'scope' : 'roles')} It is for: ${rolesInWords(who)}.`,
    [],
    { who },
  );
}

/** Whom an act on the organisation itself is done for, where only their place gives the right to it. */
function behalfIn({ access }: Route, actor: Actor): string | null {
  if (access === 'open' || access === 'signed-in') return null;
  return rightToAdminister(actor, access)?.onBehalfOf ?? null;
}

function callOf(
  services: RouteServices,
  route: Route,
  request: FastifyRequest,
  caller: Caller | undefined,
): Call {
  ensureClean(request.params);
  ensureClean(request.query);
  const now = services.clock();
  const body = route.body ? readShape(route.body, request.body) : undefined;
  const version = () => versionOf(request);
  if (route.versioned) version();
  const once = caller && route.method === 'POST' ? onceOf(request, caller) : undefined;
  if (once && !route.replay)
    throw new DomainError('unprocessable', 'This address does not take an Idempotency-Key.', [
      {
        at: 'idempotency-key',
        message:
          'No answer is kept here to be given again. Look at what stands before you send this once more.',
      },
    ]);
  return {
    params: route.params ? readShape(route.params, request.params) : request.params,
    query: readShape(route.query ?? noQuery, askedOf(route, request)),
    body,
    get caller() {
      if (!caller) throw new Error(`${route.method} ${route.path} is open and asks who calls`);
      return caller;
    },
    now,
    id: request.id,
    ip: networkOf(request.ip),
    kept: ownCookies(services, request),
    newBrowser: services.marks.issue,
    version,
    callerNow: async () => {
      const now = await services.identify(request);
      if (now === null || now.organisation !== caller?.organisation) return null;
      return lacksFactor(now.by, services.clock()) ? null : now;
    },
    change(because) {
      const { organisation, actor, by } = this.caller;
      const presence = by.type === 'session' ? by.presence : undefined;
      const common = { at: now, because: because ?? null, request: request.id, once, presence };
      return { organisation, actor, onBehalfOf: behalfIn(route, actor), ...common };
    },
    request,
  };
}

/** A mark that somebody else put into a browser would make it theirs: it counts as none. */
function ownCookies({ marks, publicUrl }: RouteServices, request: FastifyRequest): Kept {
  const { session, browser } = keptCookies(request, publicUrl);
  return { session, browser: browser !== undefined && marks.isOurs(browser) ? browser : undefined };
}

async function carryOut(store: Store, route: Route, call: Call): Promise<Answer> {
  if (route.access !== 'open') refuseUnknownHand(route, call.caller);
  if (route.access !== 'open') await ensureMayLast(store, route, call.caller, call.body, call.now);
  // After what was sent was read: nobody is asked for a proof of what is refused by its shape.
  if (route.access !== 'open') await ensureFresh(store, route, call.caller, call.now);
  try {
    return await route.handle(call);
  } catch (error) {
    if (error instanceof Replayed && route.replay) return route.replay(error.subject, call);
    throw error;
  }
}

/** RFC 9110 §13.1.1. Versions are whole numbers in quotation marks; a weak tag names no version. */
function versionOf(request: FastifyRequest): number {
  const given = request.headers['if-match'];
  if (given === undefined) {
    throw new DomainError('version-required', 'Send If-Match with the version that you saw, from its ETag.');
  }
  const match = /^"(\d{1,9})"$/.exec(given.trim());
  if (!match) throw new DomainError('malformed', 'If-Match is a version in quotation marks, such as "3".');
  return Number(match[1]);
}

function onceOf(request: FastifyRequest, caller: Caller): Once | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) {
    throw new DomainError(
      'malformed',
      'An Idempotency-Key has 1 to 200 printable ASCII characters without blanks.',
    );
  }
  const { type, id } = actorRef(caller.actor);
  const digest = createHash('sha256')
    .update(`${request.method} ${request.url}\n`)
    .update(JSON.stringify(request.body ?? null))
    .digest();
  return { actor: `${type}:${id}`, key, digest, done: false };
}

function send(reply: FastifyReply, answer: Answer, secure: boolean, uncompressed: boolean): FastifyReply {
  reply.code(answer.status);
  if (answer.version !== undefined) reply.header('etag', `"${answer.version}"`);
  if (answer.cookie === 'clear') clearSessionCookie(reply, secure);
  else if (answer.cookie && 'keep' in answer.cookie) keepBrowser(reply, answer.cookie.keep, secure);
  else if (answer.cookie) setSessionCookie(reply, answer.cookie, secure);
  if (!answer.headers?.['cache-control']) reply.header('cache-control', 'no-store');
  if (answer.headers) reply.headers(answer.headers);
  if (answer.headers?.['content-type'] === undefined && answer.body !== undefined) {
    reply.type('application/json; charset=utf-8');
    return sendText(reply, JSON.stringify(answer.body), uncompressed);
  }
  if (typeof answer.body === 'string') return sendText(reply, answer.body, uncompressed);
  return reply.send(answer.body);
}

function sendText(reply: FastifyReply, text: string, uncompressed: boolean): FastifyReply {
  const accepted = reply.request.headers['accept-encoding'];
  const packed = uncompressed ? undefined : compressed(text, accepted);
  if (!packed) return reply.send(text);
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'accept-encoding' : `${vary}, accept-encoding`);
  return reply.header('content-encoding', packed.encoding).send(packed.bytes);
}
