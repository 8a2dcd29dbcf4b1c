import type { FastifyInstance } from 'fastify';
import { docsPage, docsStyle } from './docs-page.ts';
import { openApi } from './openapi.ts';
import { apiPrefix } from './register-route.ts';
import type { Route } from './route.ts';
import type { HttpServices } from './services.ts';

/** The contract and the page that reads it aloud: built from the routes at the first request, not at the start. */
export function addDocs(app: FastifyInstance, services: HttpServices, routes: readonly Route[]): void {
  let document: ReturnType<typeof openApi> | undefined;
  const contract = () => {
    document ??= openApi(routes, services.registry, services.config.publicUrl);
    return document;
  };
  app.get(`${apiPrefix}/openapi.json`, async (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .header('cache-control', 'no-cache')
      .send(JSON.stringify(contract())),
  );
  app.get('/api/docs', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(docsPage(contract())),
  );
  app.get('/api/docs.css', async (_request, reply) =>
    reply.type('text/css; charset=utf-8').header('cache-control', 'no-cache').send(docsStyle),
  );
}
