import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeUnfailed, type TestServer, testServer } from '../../test/factories.ts';
import { named, proofRuleOf } from './fresh-proof.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => closeUnfailed(server));

const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;

test('of every change it was decided whether it asks for a fresh proof', () => {
  const undecided = server.routes.filter((route) => proofRuleOf(route) === undefined).map(nameOf);
  expect(undecided).toEqual([]);
});

test('nothing is decided of a route that there is not, and nothing twice', () => {
  const routes = new Set(server.routes.map(nameOf));
  expect(named.filter((name) => !routes.has(name))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

test('what lets somebody in, ends people, makes tokens, sets authority or erases asks', () => {
  const asking = server.routes.filter((route) => proofRuleOf(route) === 'asks').map(nameOf);
  for (const name of [
    'POST /members',
    'PATCH /members/:id',
    'POST /members/:id/erase',
    'DELETE /members/:id/sessions',
    'DELETE /members/:id/sessions/:session',
    'POST /tokens',
    'POST /tokens/:id/rotation',
    'PUT /authority',
    'PATCH /organisation',
    'POST /same-persons',
    'POST /:collection/:ref/erase',
  ])
    expect(asking).toContain(name);
});

test('reading asks for none, nor does a door that stands open', () => {
  for (const route of server.routes.filter(({ method, access }) => method === 'GET' || access === 'open'))
    expect([nameOf(route), proofRuleOf(route)]).toEqual([nameOf(route), 'light']);
});

test('a change that nobody thought of asks', () => {
  expect(proofRuleOf({ method: 'POST', path: '/new', access: 'signed-in' })).toBeUndefined();
  expect(proofRuleOf({ method: 'POST', path: '/new', access: 'members' })).toBe('asks');
});
