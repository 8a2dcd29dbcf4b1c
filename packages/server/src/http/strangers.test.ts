import Fastify from 'fastify';
import { afterAll, expect, test, vi } from 'vitest';
import type { Caller } from './caller.ts';
import { problemOf } from './problem.ts';
import { boundStrangers } from './strangers.ts';

const caller: Caller = {
  organisation: 'o',
  actor: { type: 'visitor' },
  by: { type: 'token', token: 't', name: 'Monitor' },
};
const looked = vi.fn();
const identify = boundStrangers(async ({ headers }) => {
  looked(headers.authorization);
  return headers.authorization?.startsWith('Bearer good') ? caller : null;
}, 3);
const app = Fastify();
app.setErrorHandler((error, request, reply) => {
  const { body, headers } = problemOf(error, request.id);
  return reply.code(body.status).headers(headers).send(body);
});
app.get('/', async (request, reply) => reply.code((await identify(request)) ? 200 : 401).send());
afterAll(() => app.close());

const ask = async (authorization: string | undefined, remoteAddress: string) => {
  const headers = authorization === undefined ? {} : { authorization };
  return app.inject({ url: '/', headers, remoteAddress });
};
const statuses = async (asked: readonly (readonly [string | undefined, string])[]) => {
  const seen: number[] = [];
  for (const one of asked) seen.push((await ask(...one)).statusCode);
  return seen;
};

test('tokens that are none are looked up so often a minute from one network, and others go on', async () => {
  const host = '192.0.2.1';
  expect((await ask('Bearer good one', host)).statusCode).toBe(200);
  const guesses = ['Bearer 1', 'Bearer 2', 'Bearer 3', 'Bearer 4'].map((guess) => [guess, host] as const);
  expect(await statuses(guesses)).toEqual([401, 401, 401, 429]);
  expect(looked).not.toHaveBeenCalledWith('Bearer 4');
  const refused = await ask('Bearer 5', host);
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  // What was good before goes on from there, who shows nothing is told so, and another network is not held.
  expect(await statuses([['Bearer good one', host]])).toEqual([200]);
  expect(await statuses([[undefined, host]])).toEqual([401]);
  expect(await statuses([['Bearer 6', '192.0.2.2']])).toEqual([401]);
});

test('neighbours in one network of IPv6 count together', async () => {
  const from = (n: number) => [`Bearer ${n}`, `2001:db8:1:2::${n}`] as const;
  expect(await statuses([from(1), from(2), from(3), from(4)])).toEqual([401, 401, 401, 429]);
});

test('after a minute it begins anew', async () => {
  const now = vi.spyOn(performance, 'now');
  try {
    now.mockReturnValue(1_000_000);
    const again = Array.from({ length: 4 }, (_, n) => [`Bearer ${n}`, '192.0.2.9'] as const);
    expect(await statuses(again)).toEqual([401, 401, 401, 429]);
    now.mockReturnValue(1_060_001);
    expect(await statuses(again)).toEqual([401, 401, 401, 429]);
  } finally {
    now.mockRestore();
  }
});
