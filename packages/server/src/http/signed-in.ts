import '@fastify/cookie';
import { DomainError } from '@throughline/domain/errors.ts';
import type { StepWire } from '@throughline/domain/wire-account.ts';
import type { Requested, Started } from '../features/sign-in/begin.ts';
import { identifySession, type SessionIdentity } from '../features/sign-in/identify.ts';
import { afterAnswer } from './afterwards.ts';
import type { Caller } from './caller.ts';
import { meWire } from './present/me.ts';
import type { Answer, OpenCall } from './route.ts';
import type { HttpServices } from './services.ts';

/** What signing in asks of a request. */
export function requested({ now, id, ip, kept: { browser }, newBrowser, request }: OpenCall): Requested {
  const agent = request.headers['user-agent'];
  // Bytes of a header that are no plain text are no name to show.
  const named = agent !== undefined && /^[\x20-\x7e]+$/.test(agent) ? { agent } : {};
  const afterwards = (work: () => Promise<void>) => afterAnswer(request, work);
  return { at: now, id, ip, afterwards, browser, newBrowser, ...named };
}

/** The session that the browser holds already; signing in again ends it. */
export async function heldSession(
  services: HttpServices,
  { kept }: OpenCall,
): Promise<SessionIdentity | null> {
  return kept.session ? identifySession(services, kept.session) : null;
}

/** Who signed in, with the session in the cookie; or what they show next. */
export async function signedIn(
  services: HttpServices,
  result: Started | { readonly ask: StepWire },
  status: number,
): Promise<Answer> {
  if ('ask' in result) return { status: 202, body: result.ask };
  const caller = await identifySession(services, result.token);
  if (!caller) throw new Error('A session that just began cannot be found');
  const cookie = { token: result.token, expiresAt: result.cookieUntil, browser: result.browser };
  return { status, body: await meWire(services.store, caller, services.clock()), cookie };
}

/** Whoever asks, as a session; a token has no account. */
export function sessionOfCaller({ organisation, actor, by }: Caller): SessionIdentity {
  if (by.type === 'token' || actor.type !== 'person')
    throw new DomainError('forbidden', 'An account belongs to a person; a token has none.');
  return { organisation, actor, by };
}
