import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  password,
  signedIn,
  staffedServer,
  stranger,
  type TestServer,
} from '../../../test/factories.ts';

let server: TestServer;
let manager: Agent;
let base: string;
beforeAll(async () => {
  ({ server, manager } = await staffedServer());
  base = await server.app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(() => closeUnfailed(server));

/** Opens a stream and answers its status and how to leave it. */
async function open(headers: Record<string, string>) {
  const leave = new AbortController();
  const answer = await fetch(`${base}/api/v1/events`, { headers, signal: leave.signal });
  return { status: answer.status, answer, leave: () => leave.abort() };
}

test('a session keeps so many streams open, another person is not held, and one that ends makes room', async () => {
  const streams = [];
  for (let count = 0; count < 20; count += 1) streams.push(await open(manager.headers));
  expect(streams.map(({ status }) => status)).toEqual(Array(20).fill(200));
  const refused = await open(manager.headers);
  expect([refused.status, refused.answer.headers.get('retry-after')]).toEqual([429, '60']);
  expect(await refused.answer.json()).toMatchObject({ code: 'too-many' });
  const other = await open((await signedIn(server, manager.organisation, ['reader'])).headers);
  expect(other.status).toBe(200);
  streams.pop()?.leave();
  await expect.poll(async () => (await open(manager.headers)).status).toBe(200);
  for (const { leave } of [...streams, other]) leave();
});

test('a person keeps so many streams open over all their sessions', async () => {
  const email = 'busy@example.org';
  await signedIn(server, manager.organisation, ['reader'], { email });
  const seen = [];
  const streams = [];
  for (let count = 0; count < 3; count += 1) {
    const entered = await stranger(server).send('POST', '/session', { email, password });
    const cookie = `throughline=${entered.cookies.find(({ name }) => name === 'throughline')?.value}`;
    for (let each = 0; each < 20; each += 1) {
      const stream = await open({ cookie });
      seen.push(stream.status);
      streams.push(stream);
    }
  }
  expect(seen).toEqual([...Array(50).fill(200), ...Array(10).fill(429)]);
  for (const { leave } of streams) leave();
});
