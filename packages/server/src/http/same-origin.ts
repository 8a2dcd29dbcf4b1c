import { DomainError } from '@throughline/domain/errors.ts';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses a change that a browser sends for a page of another site, before anything is read: with our cookie it would
 * act for whoever is signed in, and without one it would sign them in as somebody else. A token is never sent by a
 * browser unasked, so a request that carries one is not looked at.
 */
export function addOriginCheck(app: FastifyInstance, config: { readonly publicUrl: string }): void {
  app.addHook('onRequest', async (request) => {
    if (reading.includes(request.method) || request.headers.authorization !== undefined) return;
    if (comesFromHere(request, config.publicUrl)) return;
    throw new DomainError('foreign-page', 'A page of another site asked for this change.');
  });
}

/**
 * What the browser says of the page (Fetch Metadata: no page can set it), else its origin (RFC 6454): that of the address
 * people use. Without TLS it may be whatever name was asked, such as `localhost`. Programs send neither.
 */
function comesFromHere(request: FastifyRequest, publicUrl: string): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const [from, ours] = [new URL(origin), new URL(publicUrl)];
  return from.origin === ours.origin || (ours.protocol === 'http:' && from.origin === `http://${host}`);
}
