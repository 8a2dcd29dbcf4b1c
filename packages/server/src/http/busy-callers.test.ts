import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  signedIn,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../test/factories.ts';

const most = 20;
let server: TestServer;
let admin: Agent;
let clock: ReturnType<typeof vi.spyOn>;
let now = 1_000_000;
beforeAll(async () => {
  server = await testServer({ requestsPerCaller: most, trustedProxies: ['10.0.0.0/8'] });
  admin = await firstAdministrator(server);
  clock = vi.spyOn(performance, 'now').mockImplementation(() => now);
});
/** The next ten seconds: nothing that was asked before counts. */
beforeEach(() => {
  now += 10_000;
});
afterAll(async () => {
  clock.mockRestore();
  await closeUnfailed(server);
});

const statuses = async (times: number, ask: (n: number) => Promise<{ statusCode: number }>) => {
  const seen: number[] = [];
  for (let n = 0; n < times; n += 1) seen.push((await ask(n)).statusCode);
  return [...new Set(seen)];
};
const ask = (agent: Agent, more: object = {}) => agent.send('GET', '/session', undefined, more);

test('one session asks so often in ten seconds, is told when it may again, and then may', async () => {
  expect(await statuses(most, () => ask(admin))).toEqual([200]);
  now += 4_000;
  const refused = await ask(admin);
  expect([refused.statusCode, refused.headers['retry-after'], refused.json()]).toMatchObject([
    429,
    '6',
    { code: 'too-many', facts: { retryAfter: 6 } },
  ]);
  now += 6_000;
  expect((await ask(admin)).statusCode).toBe(200);
});

test('whoever asks too often takes nothing from anybody else, from the same address either', async () => {
  const other = await signedIn(server, admin.organisation, ['reader']);
  expect(await statuses(most + 5, () => ask(admin))).toEqual([200, 429]);
  expect(await statuses(most, () => ask(other))).toEqual([200]);
  expect((await server.app.inject('/api/v1/session/providers')).statusCode).toBe(200);
});

test('a token counts as itself, from whichever address it is sent and however it is written', async () => {
  const token = await tokenAgent(server, admin.organisation, ['reader']);
  const { authorization = '' } = token.headers;
  const send = (n: number) =>
    server.app.inject({
      url: '/api/v1/systems',
      remoteAddress: n % 2 === 0 ? '10.0.0.1' : `203.0.113.${n}`,
      headers: {
        authorization: authorization.replace(' ', ' '.repeat(1 + (n % 3))),
        cookie: `throughline=${n}`,
        'x-forwarded-for': `198.51.100.${n}`,
      },
    });
  expect(await statuses(most, send)).toEqual([200]);
  expect(await statuses(3, send)).toEqual([429]);
  expect((await ask(admin)).statusCode).toBe(200);
});

test('a change that is refused so is not carried out', async () => {
  await statuses(most, () => ask(admin));
  const body = { fields: { name: 'Claims triage' } };
  expect((await admin.send('POST', '/systems', body)).statusCode).toBe(429);
  now += 10_000;
  expect((await admin.send('GET', '/systems')).json().items).toEqual([]);
});

test('what lets nobody in is bounded by its network, at provisioning too, and not here', async () => {
  const scim = () =>
    server.app.inject({
      url: '/scim/v2/Users',
      headers: { ...admin.headers, authorization: `Bearer ${'x'.repeat(40)}` },
    });
  expect(await statuses(most + 5, scim)).toEqual([401]);
});
