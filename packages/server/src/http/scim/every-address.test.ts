import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { roles } from '@throughline/domain/permissions.ts';
import { tokenActs } from '@throughline/domain/token-reach.ts';
import { provisioningScope } from '@throughline/domain/token-scope.ts';
import fc from 'fast-check';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostileTexts } from '../../../test/every-route/hostile-input.ts';
import { nowhereId } from '../../../test/every-route/row.ts';
import { scimRows } from '../../../test/every-route/rows-scim.ts';
import { makeWorld, type World } from '../../../test/every-route/world.ts';
import { signedIn, tokenAgent } from '../../../test/factories.ts';
import { aUser, type Provider, patchOf, provider, providerBy } from '../../../test/scim.ts';
import { buildApp } from '../../app.ts';
import { requestsPerMinute, scimRoutes } from './scim-door.ts';

const listed = Object.keys(scimRows);
const guarded = listed.filter((name) => !scimRows[name]?.open);
const named = listed.filter((name) => scimRows[name]?.thing);
const bodied = listed.filter((name) => scimRows[name]?.body && name !== 'POST /Bulk');

let world: World;
let idp: Provider;
let theirs: Provider;
beforeAll(async () => {
  world = await makeWorld();
  idp = await provider(world.server, world.manager.organisation);
  theirs = await provider(world.server, world.foreigner.organisation);
}, 60_000);
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

function rowOf(name: string) {
  const row = scimRows[name];
  const [method = ''] = name.split(' ');
  if (!row) throw new Error(`${name} has no row`);
  return { ...row, method: methods.find((one) => one === method) ?? 'GET' };
}
const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const making = async (name: string) => (await scimRows[name]?.thing?.(idp)) ?? '';
const ask = (name: string, who: Provider, thing: string, body?: unknown) => {
  const { method, path, body: good } = rowOf(name);
  return who.send(method, path(thing), body ?? good?.());
};

/** Every refusal has the one shape, and says something in words. */
function refused(answer: LightMyRequestResponse, status: number): string | undefined {
  const body = answer.json();
  expect([answer.statusCode, body.status]).toEqual([status, String(status)]);
  expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(body.schemas).toEqual(['urn:ietf:params:scim:api:messages:2.0:Error']);
  expect(body.detail).not.toBe('');
  return body.scimType;
}

async function nothingWritten(act: () => Promise<void>): Promise<void> {
  const before = await world.written();
  await act();
  expect(await world.written()).toBe(before);
}

test('every address has one row, and every row is an address', () => {
  const served = scimRoutes(world.server.services).map(({ method, path }) => `${method} ${path}`);
  expect(listed.toSorted()).toEqual(served.toSorted());
});

describe('without a token, with a cookie, and with a token that ended', () => {
  test.each(guarded)('%s', async (name) => {
    const ended = await tokenAgent(world.server, world.manager.organisation, [], provisioningScope);
    await world.manager.send('DELETE', `/tokens/${ended.id}`);
    const thing = await making(name);
    await nothingWritten(async () => {
      for (const who of [world.nobody, world.manager, ended]) {
        const answer = await ask(name, providerBy(world.server, who), thing);
        refused(answer, 401);
        expect(answer.headers['www-authenticate']).toBe('Bearer');
      }
    });
  });
});

describe('with any other token, whatever its roles and scope', () => {
  const strangers: Provider[] = [];
  beforeAll(async () => {
    const { organisation } = world.manager;
    const agents = [world.token, world.readOnly];
    agents.push(await tokenAgent(world.server, organisation, roles, { kinds: 'all', acts: [...tokenActs] }));
    for (const role of roles) agents.push(await tokenAgent(world.server, organisation, [role]));
    strangers.push(...agents.map((agent) => providerBy(world.server, agent)));
  });
  test.each(guarded)('%s', async (name) => {
    const thing = await making(name);
    await nothingWritten(async () => {
      for (const who of strangers) refused(await ask(name, who, thing), 403);
    });
  });
});

test('people of every role are refused here: provisioning is for programs', async () => {
  for (const role of roles) {
    const person = await signedIn(world.server, world.manager.organisation, [role]);
    refused(await providerBy(world.server, person).send('GET', '/Users'), 401);
  }
});

test('a token for provisioning opens no address of the API, and nothing of the log', async () => {
  const { routes, app } = world.server;
  const addresses = routes.filter(({ access }) => access !== 'open');
  expect(addresses.length).toBeGreaterThan(60);
  await nothingWritten(async () => {
    for (const { method, path } of addresses) {
      const url = `/api/v1${path.replace(':collection', 'systems').replace(/:[A-Za-z]+/g, nowhereId)}`;
      const answer = await app.inject({ method, url, headers: { ...idp.headers } });
      expect([method, path, answer.statusCode, answer.json().code]).toEqual([
        method,
        path,
        403,
        'out-of-scope',
      ]);
    }
    const log = `/log/${world.manager.organisation}/checkpoint`;
    expect((await app.inject({ url: log, headers: { ...idp.headers } })).statusCode).toBe(404);
  });
});

describe('in another organisation it is as if it were not there', () => {
  test.each(named)('%s', async (name) => {
    const thing = await making(name);
    await nothingWritten(async () => {
      const there = await ask(name, theirs, thing);
      refused(there, 404);
      expect(there.json()).toEqual((await ask(name, theirs, nowhereId)).json());
      refused(await ask(name, theirs, 'no-id-at-all'), 404);
    });
  });
});

describe('as it should be', () => {
  test.each(listed)('%s', async (name) => {
    const { works, says, open, thing: makes } = rowOf(name);
    const thing = await making(name);
    if (open) expect((await ask(name, providerBy(world.server, world.nobody), thing)).statusCode).toBe(works);
    const answer = await ask(name, idp, thing);
    expect([answer.statusCode, answer.statusCode === works ? '' : answer.body]).toEqual([works, '']);
    if (works !== 204) expect(answer.headers['content-type']).toBe('application/scim+json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    if (works === 204) expect(answer.body).toBe('');
    else says?.(answer.json(), thing);
    if (name.startsWith('GET') && makes) expect(answer.headers.etag).toBe(answer.json().meta.version);
  });
});

describe('with a body that cannot be read', () => {
  const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`;
  test.each(bodied)('%s', async (name) => {
    const thing = await making(name);
    await nothingWritten(async () => {
      for (const body of [deep, '{"a":', '', '[]', '7', 'null'])
        expect([body.slice(0, 5), refused(await ask(name, idp, thing, body), 400)]).toEqual([
          body.slice(0, 5),
          'invalidSyntax',
        ]);
      refused(await ask(name, idp, thing, `{"a":"${'x'.repeat(1_100_000)}"}`), 413);
      const { method, path } = rowOf(name);
      refused(await idp.send(method, path(thing), '<a/>', { 'content-type': 'application/xml' }), 415);
    });
  });
});

describe('with an address that holds what cannot be kept', () => {
  test.each(listed.filter((name) => name !== 'POST /Bulk'))('%s', async (name) => {
    const { path, method, body } = rowOf(name);
    const address = path(await making(name));
    await nothingWritten(async () => {
      const query = `${address}${address.includes('?') ? '&' : '?'}filter=%00`;
      refused(await idp.send(method, query, body?.()), 400);
    });
  });
});

test('the body is taken as application/json too, as some providers send it', async () => {
  const answer = await idp.send('POST', '/Users', aUser(), { 'content-type': 'application/json' });
  expect(answer.statusCode).toBe(201);
});

test('an address that takes other methods says which, and what is nowhere is not there', async () => {
  for (const [method, path, allow] of [
    ['PUT', '/Users', 'GET, POST'],
    ['POST', `/Users/${nowhereId}`, 'DELETE, GET, PATCH, PUT'],
    ['DELETE', '/Schemas', 'GET'],
  ] as const) {
    const answer = await idp.send(method, path);
    refused(answer, 405);
    expect(answer.headers.allow).toBe(allow);
  }
  for (const path of ['', '/', '/Me', '/users', '/Users/', '/Schemas/none', '/ResourceTypes/none'])
    refused(await idp.send('GET', path), 404);
});

test('beside pages an address that is nowhere is answered here too, and by no page', async () => {
  const root = mkdtempSync(join(tmpdir(), 'throughline-pages-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  const app = await buildApp({ ...world.server.services, webRoot: root });
  try {
    for (const url of ['/scim/v2/Me', '/scim/v2/nope'])
      for (const headers of [{}, idp.headers])
        refused(await app.inject({ url, headers: { ...headers } }), 404);
    const log = await app.inject({
      url: '/log/harbour-bank/checkpoint',
      headers: { ...world.manager.headers },
    });
    expect([log.statusCode, log.json().code]).toEqual([404, 'not-found']);
    expect((await app.inject({ url: '/sign-in' })).body).toBe('<!doctype html>');
  } finally {
    await app.close();
    rmSync(root, { recursive: true });
  }
});

test('a program gone wild waits', async () => {
  const answer = await idp.send('GET', '/ServiceProviderConfig');
  expect(answer.headers['x-ratelimit-limit']).toBe(String(requestsPerMinute));
});

test('whatever is sent is answered, never by a failure of ours, and what is refused writes nothing', async () => {
  const id = await making('GET /Users/:id');
  const group = await making('GET /Groups/:id');
  const text = fc.oneof(
    fc.constantFrom(...hostileTexts),
    fc.constantFrom('True', 'False', id, 'a@b.example'),
  );
  const value = fc.oneof(
    { weight: 3, arbitrary: text },
    { weight: 2, arbitrary: fc.constantFrom(true, false, null, 7, [], {}) },
    {
      weight: 2,
      arbitrary: fc.array(fc.record({ value: text, type: text, primary: text }), { maxLength: 3 }),
    },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  );
  const names = fc.constantFrom(
    ...[
      'userName',
      'externalId',
      'displayName',
      'name',
      'name.givenName',
      'emails',
      'emails.value',
      'active',
    ],
    ...[
      'emails[type eq "work"].value',
      'emails[value pr]',
      'groups',
      'id',
      'schemas',
      'meta',
      'title',
      'emails[',
    ],
  );
  const operation = fc.record(
    { op: fc.constantFrom('add', 'Replace', 'remove', 'Remove', 'test'), path: fc.oneof(names, text), value },
    { requiredKeys: ['op'] },
  );
  const body = fc.oneof(
    fc.dictionary(names, value, { maxKeys: 6 }).map((more) => aUser(more)),
    fc.array(operation, { maxLength: 4 }).map((operations) => patchOf(...operations)),
    fc.jsonValue({ maxDepth: 4 }),
  );
  const filter = fc
    .array(
      fc.oneof(names, text, fc.constantFrom('eq', 'and', 'or', 'not', '(', ')', '[', ']', 'pr', '"x"')),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(' '));
  const requests = fc.record({
    method: fc.constantFrom(...methods),
    path: fc.oneof(
      fc.constantFrom('/Users', `/Users/${id}`, '/Groups', `/Groups/${group}`),
      text.map((one) => `/Users/${encode(one)}`),
    ),
    query: fc.tuple(
      fc.constantFrom('filter', 'attributes', 'startIndex', 'count', 'sortBy'),
      fc.oneof(filter, text),
    ),
    asks: fc.boolean(),
    body,
    tag: fc.constantFrom('', '', '', '*', 'W/"x"', '"', '\u00e9'),
  });
  const told: number[] = [];
  for (const one of fc.sample(requests, { numRuns: 900, seed: 7_644 })) {
    const [parameter, asked] = one.query;
    const before = await world.written();
    const answer = await idp.send(
      one.method,
      one.asks ? `${one.path}?${parameter}=${encode(asked)}` : one.path,
      one.method === 'GET' || one.method === 'DELETE' ? undefined : one.body,
      one.tag === '' ? {} : { 'if-match': one.tag },
    );
    told.push(answer.statusCode);
    expect([answer.statusCode < 500, one]).toEqual([true, one]);
    if (answer.statusCode < 400) continue;
    refused(answer, answer.statusCode);
    expect([await world.written(), one]).toEqual([before, one]);
  }
  for (const status of [200, 201, 204, 400, 404, 412]) expect(told).toContain(status);
}, 120_000);

const encode = (text: string): string => encodeURIComponent(text.slice(0, 300).toWellFormed());
