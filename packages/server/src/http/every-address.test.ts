import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { rows } from '../../test/every-route/rows.ts';
import { scimRows } from '../../test/every-route/rows-scim.ts';
import { type TestServer, testServer } from '../../test/factories.ts';
import { addPages } from './pages.ts';
import { apiPrefix } from './register-route.ts';
import { scimPrefix } from './scim/route.ts';

/** Addresses without a row, and why each needs none. Whoever adds one here says who is let in. */
const open: Readonly<Record<string, string>> = {
  'GET /healthz': 'a probe: says that the process lives, and nothing else',
  'GET /readyz': 'a probe: says whether the database answers',
  'GET /metrics': 'counts of requests and times, for whoever has METRICS_TOKEN: metrics.test.ts',
  [`GET ${apiPrefix}/openapi.json`]: 'the contract, the same for everybody',
  'GET /api/docs': 'the contract as a page',
  'GET /api/docs.css': 'its style',
};

/** Addresses that ask who it is without being rows of the API, and the test that asks them as everybody. */
const elsewhere: readonly { readonly address: RegExp; readonly test: string }[] = [
  { address: /^GET \/log\/:organisation\(\^.*\$\)\/\*$/, test: 'log-tree.test.ts' },
  { address: /^GET \/scim\/v2\/\*$/, test: 'scim/users.test.ts' },
];

let server: TestServer;
const served: string[] = [];

/** Hears of every route that Fastify takes on, however it came there. */
function listen(message: unknown): void {
  if (!isMade(message)) return;
  message.fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') served.push(`${one} ${url}`);
  });
}
const isMade = (message: unknown): message is { readonly fastify: FastifyInstance } =>
  typeof message === 'object' && message !== null && 'fastify' in message;

beforeAll(async () => {
  subscribe('fastify.initialization', listen);
  server = await testServer();
  unsubscribe('fastify.initialization', listen);
});
afterAll(() => server.close());

/** `GET /systems` of a row as the address that is served below a prefix. */
const below = (prefix: string, names: readonly string[]) =>
  names.map((name) => name.replace(' ', ` ${prefix}`));
const tested = () => [
  ...below(apiPrefix, Object.keys(rows)),
  ...below(scimPrefix, Object.keys(scimRows)),
  ...Object.keys(open),
];
const unknown = (addresses: readonly string[]): string[] => {
  const known = new Set(tested());
  return addresses.filter((one) => !known.has(one) && !elsewhere.some(({ address }) => address.test(one)));
};

test('whatever Fastify serves has a row, or stands among the open addresses with its reason', () => {
  expect(served.length).toBeGreaterThan(200);
  expect(unknown(served)).toEqual([]);
});

test('every row and every open address is served, and each once', () => {
  expect(tested().filter((one) => !served.includes(one))).toEqual([]);
  expect(elsewhere.filter(({ address }) => !served.some((one) => address.test(one)))).toEqual([]);
  expect(served.filter((one, at) => served.indexOf(one) !== at)).toEqual([]);
});

/** What is served where `add` adds it to a Fastify of its own. */
async function servedBy(add: (app: FastifyInstance) => Promise<unknown>): Promise<string[]> {
  const before = served.length;
  subscribe('fastify.initialization', listen);
  const app = Fastify();
  unsubscribe('fastify.initialization', listen);
  await add(app);
  await app.close();
  return served.splice(before);
}

test('an address that is added past the list of routes is found', async () => {
  const added = await servedBy(async (app) =>
    app.register(async (inner) => inner.get('/shortcut', async () => ''), { prefix: apiPrefix }),
  );
  expect(unknown(added)).toEqual([`GET ${apiPrefix}/shortcut`]);
});

test('pages, which hold no data, are files of one folder and what leads to them', async () => {
  const root = mkdtempSync(join(tmpdir(), 'throughline-pages-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  const added = await servedBy((app) => addPages(app, root));
  expect(added.toSorted()).toEqual(['GET /*', 'GET /index.html']);
});
