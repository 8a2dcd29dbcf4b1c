import type { FastifyInstance } from 'fastify';

/** One policy for every answer: no script, style or frame but our own, and nobody frames us. */
export const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "object-src 'none'",
].join('; ');

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
} as const;

/** Set before anything else, so that refusals and files carry them too. */
export function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const all: Record<string, string> = publicUrl.startsWith('https:')
    ? { ...headers, 'strict-transport-security': 'max-age=31536000' }
    : { ...headers };
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(all);
  });
}
