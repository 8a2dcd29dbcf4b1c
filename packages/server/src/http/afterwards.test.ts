import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { addAfterwards, afterAnswer } from './afterwards.ts';

function door() {
  const app = Fastify();
  const [heard, told]: [string[], unknown[]] = [[], []];
  const { promise, resolve } = Promise.withResolvers<void>();
  addAfterwards(app, { log: (error) => told.push(error) });
  app.get('/', async (request) => {
    afterAnswer(request, async () => {
      await promise;
      heard.push('first');
    });
    afterAnswer(request, async () => {
      throw new Error('no room');
    });
    afterAnswer(request, async () => {
      heard.push('third');
    });
    return { said: true };
  });
  return { app, heard, told, goOn: resolve };
}

test('an answer leaves before what waits for it is done, and closing waits for that', async () => {
  const { app, heard, told, goOn } = door();
  expect((await app.inject('/')).json()).toEqual({ said: true });
  expect(heard).not.toContain('first');
  const closed = app.close();
  goOn();
  await closed;
  expect(heard).toEqual(['third', 'first']);
  // One that fails is told, and keeps no other from being done.
  expect(told).toEqual([new Error('no room')]);
});

test('nothing waits where nothing was kept', async () => {
  const app = Fastify();
  addAfterwards(app, { log: () => undefined });
  app.get('/', async () => 'here');
  expect((await app.inject('/')).body).toBe('here');
  await app.close();
});
