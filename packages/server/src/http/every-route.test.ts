import { isObject } from '@throughline/domain/json.ts';
import { roles } from '@throughline/domain/permissions.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../test/every-route/row.ts';
import { rows } from '../../test/every-route/rows.ts';
import { makeWorld, type World } from '../../test/every-route/world.ts';
import { wrongBodies } from '../../test/every-route/wrong-input.ts';
import type { Agent } from '../../test/factories.ts';
import type { Method, Route } from './route.ts';

const listed = Object.keys(rows);

let world: World;
let document: { paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } };
beforeAll(async () => {
  world = await makeWorld();
  document = (await world.server.app.inject({ url: '/api/v1/openapi.json' })).json();
});
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

const nameOf = (route: Route) => `${route.method} ${route.path}`;
function rowOf(name: string): Row & { readonly method: Method; readonly route: Route } {
  const row = rows[name];
  const route = world.server.routes.find((one) => nameOf(one) === name);
  if (!row || !route) throw new Error(`${name} has no row or no route`);
  return { ...row, method: route.method, route };
}

async function ask(name: string, who: Agent, thing: string, body?: unknown): Promise<LightMyRequestResponse> {
  const { method, path, more, body: good } = rowOf(name);
  return who.send(method, path(thing), body ?? good?.(world, thing), more);
}

/** A refusal without what differs by occurrence. */
function refusal(answer: LightMyRequestResponse): unknown {
  const { instance: _, ...rest } = answer.json();
  return rest;
}

async function nothingWritten(act: () => Promise<void>): Promise<void> {
  const before = await world.written();
  await act();
  expect(await world.written()).toBe(before);
}

test('every route has one row, and every row is a route', () => {
  expect(listed.toSorted()).toEqual(world.server.routes.map(nameOf).toSorted());
});

test('every operation of the document is one of these routes, and the other way round', () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(isObject(methods) ? methods : {}).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const collections = world.server.services.registry.kinds.map((kind) => kind.collection);
  const served = world.server.routes.flatMap((route) =>
    (route.path.includes(':collection') ? collections : ['']).map(
      (collection) =>
        `${route.method} ${route.path.replace(':collection', collection).replace(/:([A-Za-z]+)/g, '{$1}')}`,
    ),
  );
  expect(new Set(described)).toEqual(new Set(served));
});

describe('without signing in', () => {
  test.each(listed)('%s', async (name) => {
    const { thing, nowhere, route, works } = rowOf(name);
    const made = nowhere ?? (await thing?.(world)) ?? '';
    await nothingWritten(async () => {
      if (route.access === 'open') return;
      const answer = await ask(name, world.nobody, made);
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthenticated']);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
    });
    if (route.access === 'open') expect(works).toBeDefined();
  });
});

describe('with a role that does not allow it', () => {
  test.each(listed.filter((name) => rows[name]?.refused))('%s', async (name) => {
    const { thing, refused } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    await nothingWritten(async () => {
      const answer = await ask(name, world[refused?.as ?? 'reader'], made);
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
      expect(answer.json().title).toBe('Your roles do not allow this');
      expect(answer.json().facts?.who ?? []).toEqual(refused?.who);
      // In words too: a refusal without a way on is a dead end.
      expect(answer.json().detail).toMatch(/\.$/);
      expect(roles).toEqual(expect.arrayContaining([...(refused?.who ?? [])]));
    });
  });
});

describe('with a token that only reads', () => {
  test.each(listed)('%s', async (name) => {
    const { thing, route, method } = rowOf(name);
    if (route.access === 'open') return;
    const made = (await thing?.(world)) ?? '';
    if (method === 'GET') {
      if (rows[name]?.endless) return;
      const answer = await ask(name, world.readOnly, made);
      // Administration is more than reading, and an import is read by whoever may import.
      const beyond =
        ['members', 'tokens', 'jobs'].includes(route.access) || route.path.startsWith('/imports/:');
      // An account belongs to a person: no token has one, whatever its scope.
      expect(answer.statusCode === 403).toBe(beyond || route.path === '/account');
      if (beyond) expect(answer.json().code).toBe('out-of-scope');
      return;
    }
    await nothingWritten(async () => {
      const answer = await ask(name, world.readOnly, made);
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'out-of-scope']);
      expect(answer.json().title).toBe('The scope of this token does not allow this');
    });
  });
});

describe('in another organisation it is as if it were not there', () => {
  test.each(listed.filter((name) => rows[name]?.nowhere))('%s', async (name) => {
    const { thing, nowhere = '' } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    await nothingWritten(async () => {
      const there = await ask(name, world.foreigner, made);
      const missing = await ask(name, world.foreigner, nowhere);
      expect([there.statusCode, there.json().code]).toEqual([404, 'not-found']);
      expect(refusal(there)).toEqual(refusal(missing));
    });
  });
});

describe('with a body that breaks its description', () => {
  test.each(listed.filter((name) => rows[name]?.body))('%s', async (name) => {
    const { thing, body, method, route, path, more } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    const good = body?.(world, made);
    const wrongs = [
      { what: 'nothing', body: null, at: '' },
      ...wrongBodies(schemaOf(route), good, document.components.schemas),
    ];
    expect(wrongs.length).toBeGreaterThan(2);
    const seen: unknown[] = [];
    await nothingWritten(async () => {
      for (const wrong of wrongs) {
        const answer = await world.manager.send(method, path(made), undefined, {
          ...more,
          payload: JSON.stringify(wrong.body),
          headers: { 'content-type': 'application/json', ...more?.headers },
        });
        const { code, errors = [] } = answer.json();
        const at = errors.map((one: { at: string }) => one.at);
        seen.push([
          wrong.at,
          wrong.what,
          answer.statusCode,
          code,
          at.some((one: string) => names(one, wrong.at)) ? wrong.at : at,
        ]);
      }
      expect(seen).toEqual(wrongs.map(({ at, what }) => [at, what, 422, 'unprocessable', at]));
    });
  });
});

describe('with a body that cannot be read', () => {
  const deep = `${'{"fields":'.repeat(40)}1${'}'.repeat(40)}`;
  test.each(listed.filter((name) => rows[name]?.body))('%s', async (name) => {
    const { thing, method, path, more } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    await nothingWritten(async () => {
      for (const payload of [deep, '{"a":', '']) {
        const answer = await world.manager.send(method, path(made), undefined, {
          ...more,
          payload,
          headers: { 'content-type': 'application/json', ...more?.headers },
        });
        expect([payload.slice(0, 5), answer.statusCode, answer.json().code]).toEqual([
          payload.slice(0, 5),
          400,
          'malformed',
        ]);
      }
    });
  });
});

describe('with a parameter that is unknown or holds what cannot be kept', () => {
  test.each(listed.filter((name) => !rows[name]?.endless))('%s', async (name) => {
    const { thing, path, method, more, body, by } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    const good = body?.(world, made);
    const who = (await by?.(world)) ?? world.manager;
    const send = (query: string) => {
      const address = path(made);
      return who.send(method, `${address}${address.includes('?') ? '&' : '?'}${query}`, good, more);
    };
    await nothingWritten(async () => {
      for (const query of ['colour=red', 'constructor=x', 'colour=%00']) {
        const answer = await send(query);
        const at = query.split('=')[0];
        expect([query, answer.statusCode, answer.json().code]).toEqual([query, 422, 'unprocessable']);
        expect(answer.json().errors.map((one: { at: string }) => one.at)).toContain(at);
      }
    });
  });
});

describe('as it should be', () => {
  test.each(listed.filter((name) => !rows[name]?.endless))('%s', async (name) => {
    const { thing, works, says, by } = rowOf(name);
    const made = (await thing?.(world)) ?? '';
    const answer = await ask(name, (await by?.(world)) ?? world.manager, made);
    expect([answer.statusCode, answer.statusCode === works ? '' : answer.body]).toEqual([works, '']);
    expect(answer.headers['cache-control']).toBeDefined();
    await says?.(answer, world, made);
  });
});

/** Whether an item names the place, or the list that the place is an entry of. */
function names(item: string, place: string): boolean {
  return item === place || item === place.replace(/\.0$/, '');
}

function schemaOf(route: Route): Record<string, unknown> {
  const path = route.path.replace(':collection', route.path.endsWith('/approvals') ? 'use-cases' : 'systems');
  const operations = document.paths[path.replace(/:([A-Za-z]+)/g, '{$1}')];
  const operation = isObject(operations) ? operations[route.method.toLowerCase()] : undefined;
  let found: unknown = operation;
  for (const step of ['requestBody', 'content', 'application/json', 'schema'])
    found = isObject(found) ? found[step] : undefined;
  if (!isObject(found)) throw new Error(`${nameOf(route)} describes no body`);
  return found;
}
