import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { closeUnfailed, type TestServer, testServer } from '../../test/factories.ts';

/** As often as one place may ask an open route in a minute. */
const most = 120;
let bare: TestServer;
let behind: TestServer;
beforeAll(async () => {
  bare = await testServer();
  behind = await testServer({ trustedProxies: ['10.0.0.0/8', '2001:db8:ffff::1'] });
});
afterAll(async () => {
  await closeUnfailed(bare);
  await closeUnfailed(behind);
});

/** Asks `times` and answers the statuses, each once. */
async function ask(
  server: TestServer,
  times: number,
  from: (n: number) => { peer: string; forwarded?: string },
) {
  const seen = new Set<number>();
  for (let n = 0; n < times; n += 1) {
    const { peer, forwarded } = from(n);
    const answer = await server.app.inject({
      url: '/api/v1/setup',
      remoteAddress: peer,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    });
    seen.add(answer.statusCode);
    if (answer.statusCode === 429) {
      expect(answer.json()).toMatchObject({ code: 'too-many', facts: { retryAfter: expect.any(Number) } });
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  }
  return [...seen];
}

describe('without a proxy that is trusted', () => {
  test('an address that the sender writes itself is not believed', async () => {
    const liar = (n: number) => ({ peer: '203.0.113.1', forwarded: `198.51.100.${n % 250}` });
    expect(await ask(bare, most, liar)).toEqual([200]);
    expect(await ask(bare, 3, liar)).toEqual([429]);
    expect(await ask(bare, 1, () => ({ peer: '203.0.113.2' }))).toEqual([200]);
  });

  test('all addresses of one customer in IPv6 count together, the next customer apart', async () => {
    const neighbour = (n: number) => ({ peer: `2001:db8:1:2::${(n + 1).toString(16)}` });
    expect(await ask(bare, most, neighbour)).toEqual([200]);
    expect(await ask(bare, 3, (n) => neighbour(n + most))).toEqual([429]);
    expect(await ask(bare, 1, () => ({ peer: '2001:db8:1:3::1' }))).toEqual([200]);
  });

  test('an address of IPv4 counts as itself however it is written', async () => {
    expect(await ask(bare, most, () => ({ peer: '192.0.2.9' }))).toEqual([200]);
    expect(await ask(bare, 1, () => ({ peer: '::ffff:192.0.2.9' }))).toEqual([429]);
    expect(await ask(bare, 1, () => ({ peer: '::ffff:192.0.2.10' }))).toEqual([200]);
  });
});

describe('behind proxies that are trusted', () => {
  test('each person counts apart, though one proxy sends for all', async () => {
    const busy = () => ({ peer: '10.0.0.1', forwarded: '203.0.113.1' });
    expect(await ask(behind, most, busy)).toEqual([200]);
    expect(await ask(behind, 2, busy)).toEqual([429]);
    expect(await ask(behind, 1, () => ({ peer: '10.0.0.2', forwarded: '203.0.113.1' }))).toEqual([429]);
    expect(await ask(behind, 1, () => ({ peer: '10.0.0.1', forwarded: '203.0.113.2' }))).toEqual([200]);
  });

  test('what the person wrote before the proxy added to it is not believed', async () => {
    const liar = (n: number) => ({ peer: '10.0.0.1', forwarded: `198.51.100.${n % 250}, 203.0.113.3` });
    expect(await ask(behind, most, liar)).toEqual([200]);
    expect(await ask(behind, 2, liar)).toEqual([429]);
    const through = (n: number) => ({
      peer: '10.0.0.1',
      forwarded: `198.51.100.${n}, 203.0.113.3, 10.9.9.9`,
    });
    expect(await ask(behind, 2, through)).toEqual([429]);
  });

  test('who reaches the server past the proxies writes nothing that is believed', async () => {
    const past = (n: number) => ({ peer: '203.0.113.4', forwarded: `10.0.0.1, 198.51.100.${n % 250}` });
    expect(await ask(behind, most, past)).toEqual([200]);
    expect(await ask(behind, 2, past)).toEqual([429]);
  });

  test('an address that is none lets nobody past the limit', async () => {
    const odd = (n: number) => ({ peer: '2001:db8:ffff::1', forwarded: `unknown-${n}, 203.0.113.5` });
    expect(await ask(behind, most, odd)).toEqual([200]);
    expect(await ask(behind, 2, odd)).toEqual([429]);
  });
});

test('every route that anybody may ask is limited', () => {
  for (const route of bare.routes.filter(({ access }) => access === 'open'))
    expect([route.path, route.perMinute]).toEqual([route.path, expect.any(Number)]);
});
