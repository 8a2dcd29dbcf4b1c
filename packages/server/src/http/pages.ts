import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { notFound } from '@throughline/domain/errors.ts';
import type { FastifyInstance } from 'fastify';
import { cookieNames, hostPrefix } from './credentials.ts';
import { pageLinks } from './page-links.ts';

/**
 * Addresses of the API, of provisioning, of telemetry and of an organisation's published log; what else begins with `/log`
 * is a page of one part more at most.
 */
const served = /^\/(api|v1|scim)(\/|$)|^\/log\/([0-9a-f]{8}-|[^/]+\/)/;

/** Pages for whoever is not signed in. */
const open = new Set(['/sign-in', '/setup', '/invitation', '/password', '/welcome']);
const session = new RegExp(`(^|;\\s*)(${hostPrefix})?${cookieNames.session}=`);

/**
 * Serves the built pages: files named after their content for ever, the frame never kept. Every other address outside
 * the API is a page, whose script finds out whether it exists. Who brings no session is sent to sign in at once: the
 * page's own script would fetch the page, ask who is there, and only then do the same.
 */
export async function addPages(app: FastifyInstance, root: string | undefined): Promise<void> {
  if (root === undefined || !existsSync(join(root, 'index.html'))) return;
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    // Beside most files stands the same packed, made with the build.
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const named = path.includes(`${join(root, 'assets')}`);
      reply.header('cache-control', named ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  const links = pageLinks(root);
  app.get('/*', async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    // A file that is not there stays missing; a page has no extension and is asked for as HTML.
    const page = !served.test(path) && !/\.[a-z0-9]{2,5}$/i.test(path);
    if (!page) throw notFound();
    if (!open.has(path) && !path.startsWith('/sign-in/') && !session.test(request.headers.cookie ?? '')) {
      reply.header('cache-control', 'no-store');
      return reply.redirect(`/sign-in?next=${encodeURIComponent(request.url)}`);
    }
    const link = links.get(path);
    if (link) reply.header('link', link);
    return reply.sendFile('index.html');
  });
}
