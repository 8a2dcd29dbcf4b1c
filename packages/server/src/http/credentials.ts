import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type IdentityServices, identifySession, identifyToken } from '../features/sign-in/identify.ts';
import type { Caller } from './caller.ts';
import type { SessionCookie } from './route.ts';

export const cookieName = 'throughline';
/** Says that this browser was signed in from before, and lets nobody in. */
export const browserCookieName = 'throughline-browser';
const browserCookieMs = 400 * 24 * 3_600_000;

export type Identify = (request: FastifyRequest) => Promise<Caller | null>;

/** Reads who sends a request: a bearer token where there is one (RFC 6750), else the session's cookie. */
export function identifier(services: IdentityServices): Identify {
  return async (request) => {
    const authorization = request.headers.authorization;
    if (authorization !== undefined) {
      const token = /^Bearer +([\w~+/.=-]{1,200})$/i.exec(authorization.trim())?.[1];
      return token ? identifyToken(services, token) : null;
    }
    const cookie = request.cookies[cookieName];
    return cookie ? identifySession(services, cookie) : null;
  };
}

export function setSessionCookie(reply: FastifyReply, cookie: SessionCookie, secure: boolean): void {
  reply.setCookie(cookieName, cookie.token, { ...attributes(secure), expires: cookie.expiresAt });
  const expires = new Date(Date.now() + browserCookieMs);
  reply.setCookie(browserCookieName, cookie.browser, { ...attributes(secure), expires });
}

export function clearSessionCookie(reply: FastifyReply, secure: boolean): void {
  reply.clearCookie(cookieName, attributes(secure));
}

/** `lax`: a link from a message opens the page signed in, and no foreign form changes anything. */
function attributes(secure: boolean) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
}
