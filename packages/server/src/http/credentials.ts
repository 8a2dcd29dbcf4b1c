import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type IdentityServices, identifySession, identifyToken } from '../features/sign-in/identify.ts';
import type { Caller } from './caller.ts';
import type { SessionCookie } from './route.ts';

/** `session` lets in; `browser` says that this browser was signed in from before, and lets nobody in. */
export const cookieNames = { session: 'throughline', browser: 'throughline-browser' } as const;
/**
 * Over TLS the names begin so, and none without it is read: a browser keeps such a cookie only from this very host and
 * over TLS (draft-ietf-httpbis-rfc6265bis §4.1.3), so that neither a neighbouring host nor a forged plain answer puts
 * somebody else's session into it.
 */
export const hostPrefix = '__Host-';
const browserCookieMs = 400 * 24 * 3_600_000;

/** Whether people reach this server over TLS: so it is configured, or a trusted proxy says it of this request. */
export function overTls(request: FastifyRequest, publicUrl: string): boolean {
  return publicUrl.startsWith('https:') || request.protocol === 'https';
}

/** What the session's cookie is called for people who reach the server at its own address. */
export const sessionCookieAt = (publicUrl: string): string =>
  nameOf('session', publicUrl.startsWith('https:'));

/** What a browser keeps for us, and sent. */
export type Kept = { readonly [which in keyof typeof cookieNames]: string | undefined };

export function keptCookies(request: FastifyRequest, publicUrl: string): Kept {
  const secure = overTls(request, publicUrl);
  const { cookies } = request;
  return { session: cookies[nameOf('session', secure)], browser: cookies[nameOf('browser', secure)] };
}

export type Identify = (request: FastifyRequest) => Promise<Caller | null>;

/** Reads who sends a request: a bearer token where there is one (RFC 6750), else the session's cookie. */
export function identifier(services: IdentityServices, publicUrl: string): Identify {
  return async (request) => {
    const shown = secretIn(request, publicUrl);
    if (shown === null) return null;
    return 'token' in shown ? identifyToken(services, shown.token) : identifySession(services, shown.session);
  };
}

/** What a request shows to be let in by: a token where it sends one, whatever else it sends. */
function secretIn(
  request: FastifyRequest,
  publicUrl: string,
): { readonly token: string } | { readonly session: string } | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const token = /^Bearer +([\w~+/.=-]{1,200})$/i.exec(authorization.trim())?.[1];
    return token ? { token } : null;
  }
  const { session } = keptCookies(request, publicUrl);
  return session ? { session } : null;
}

/** The same as one text, however it is written around it. */
export function secretShown(request: FastifyRequest, publicUrl: string): string | null {
  const shown = secretIn(request, publicUrl);
  return shown && ('token' in shown ? `token ${shown.token}` : `session ${shown.session}`);
}

export function setSessionCookie(reply: FastifyReply, cookie: SessionCookie, secure: boolean): void {
  reply.setCookie(nameOf('session', secure), cookie.token, {
    ...attributes(secure),
    expires: cookie.expiresAt,
  });
  keepBrowser(reply, cookie.browser, secure);
}

export function keepBrowser(reply: FastifyReply, browser: string, secure: boolean): void {
  const expires = new Date(Date.now() + browserCookieMs);
  reply.setCookie(nameOf('browser', secure), browser, { ...attributes(secure), expires });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(nameOf('session', secure), attributes(secure));
}

const nameOf = (which: keyof typeof cookieNames, secure: boolean): string =>
  `${secure ? hostPrefix : ''}${cookieNames[which]}`;

/** `lax`: a link from a message opens the page signed in, and no foreign form changes anything. */
function attributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
