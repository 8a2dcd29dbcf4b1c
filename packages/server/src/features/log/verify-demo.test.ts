import { afterAll, beforeAll, expect, test } from 'vitest';
import { organisation, type TestServer, testServer } from '../../../test/factories.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { contextOf, found, publish } from '../../../test/verified-world.ts';
import { loadDemo } from '../demo/load-demo.ts';
import { removeDemo } from '../demo/remove-demo.ts';

let server: TestServer;
let signing: TestSigning;

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store, 'aims.example.org');
});
afterAll(async () => {
  signing.close();
  await server.close();
});

test('a whole organisation with every kind of record verifies, and after its records were archived too', async () => {
  const id = await organisation(server);
  await loadDemo(server.services, contextOf(server, id), async () => undefined);
  await publish(server, signing);
  expect(await found(server, id)).toEqual([]);
  await removeDemo(server.services, contextOf(server, id));
  await publish(server, signing);
  expect(await found(server, id)).toEqual([]);
});
