import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HttpServices } from './services.ts';

type Work = () => Promise<void>;
const waiting = new WeakMap<FastifyRequest, Work[]>();

/** Keeps work until the answer has left: what is written then cannot be seen in the time that the answer took. */
export function afterAnswer(request: FastifyRequest, work: Work): void {
  waiting.set(request, [...(waiting.get(request) ?? []), work]);
}

/** Runs what waits for answers to leave; closing waits for it. What fails is told to the log. */
export function addAfterwards(app: FastifyInstance, { log }: Pick<HttpServices, 'log'>): void {
  const running = new Set<Promise<void>>();
  app.addHook('onResponse', async (request) => {
    for (const work of waiting.get(request) ?? []) {
      const run = work().catch((error: unknown) => log(error, request.id));
      running.add(run);
      run.then(() => running.delete(run));
    }
  });
  app.addHook('onClose', async () => {
    await Promise.all(running);
  });
}
