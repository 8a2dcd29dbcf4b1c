import type { Actor } from '@throughline/domain/actor.ts';
import { provisioningScope, type TokenScope, wholeScope } from '@throughline/domain/token-scope.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  signedIn,
  startedServer,
  type TestServer,
  tokenAgent,
} from '../../test/factories.ts';
import { administration, ensureMayHandOn, handsOnOf } from './hands-on.ts';

let server: TestServer;
let admin: Agent;
let deputy: Agent;
let other: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
  deputy = await signedIn(server, admin.organisation, ['reader'], { name: 'Actuary' });
  other = await signedIn(server, admin.organisation, ['reader'], { name: 'Head of claims' });
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(server.services.clock());
  const place = { absent: admin.id, member: deputy.id, first: day, last: day, why: 'Leave' };
  expect((await admin.send('POST', '/deputies', place)).statusCode).toBe(201);
});
afterAll(() => closeUnfailed(server));

const administering = () =>
  server.routes.filter(
    ({ method, access }) => method !== 'GET' && access !== 'open' && access !== 'signed-in',
  );
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const narrow = (acts: TokenScope['acts']) =>
  tokenAgent(server, admin.organisation, ['admin'], { kinds: 'all', acts });

test('of every administrative change it was decided whether it hands on rights, and of nothing else', () => {
  const routes = administering().map(nameOf);
  expect(
    administering()
      .filter((route) => handsOnOf(route) === undefined)
      .map(nameOf),
  ).toEqual([]);
  expect(Object.keys(administration).filter((name) => !routes.includes(name))).toEqual([]);
});

test('a change that nobody thought of hands on', () => {
  const away: Actor = {
    type: 'person',
    member: 'm1',
    roles: [],
    standsFor: [{ member: 'm2', roles: ['admin'] }],
  };
  const route = { method: 'POST', path: '/new', access: 'members' } as const;
  expect(() => ensureMayHandOn(route, away, {})).toThrow(/right of your own/);
  expect(() => ensureMayHandOn(route, { type: 'person', member: 'm2', roles: ['admin'] }, {})).not.toThrow();
});

/** What hands on rights, as it would be sent. `it` is a member, group or token. */
const acts = (it: string, oneself: string): [string, 'POST' | 'PATCH' | 'PUT', string, object][] => [
  ['a member', 'POST', '/members', { name: 'New', email: 'new@example.org', roles: ['admin'] }],
  ['a role', 'PATCH', `/members/${oneself}`, { roles: ['admin'] }],
  ['an end', 'PATCH', `/members/${it}`, { until: null }],
  ['a way back', 'PATCH', `/members/${it}`, { active: true }],
  ['a group with roles', 'POST', '/groups', { name: 'Administrators', roles: ['admin'], members: [oneself] }],
  ['a service account', 'POST', '/service-accounts', { name: 'Sync', owner: oneself, roles: ['admin'] }],
  ['a password', 'POST', `/members/${it}/password-reset`, {}],
  ['that two are one person', 'POST', '/same-persons', { members: [it, oneself] }],
  ['the table of authority', 'PUT', '/authority', { grants: [] }],
  ['how fresh a proof is', 'PATCH', '/organisation', { stepUp: { minutes: 60, everyone: false } }],
  ['how long things are kept', 'PATCH', '/organisation', { retention: { sessions: 30 } }],
  ['who reads the log', 'PATCH', '/organisation', { logPublic: true }],
  ['how long tokens last', 'PATCH', '/organisation', { name: 'Example Insurance', tokenMaxDays: 900 }],
  ['the second factor', 'PATCH', '/organisation', { secondFactor: { of: 'nobody', days: 14 } }],
];

describe('a deputy of an administrator hands on no right', () => {
  test.each(acts('', '').map(([name]) => name))('%s', async (name) => {
    const [, method, path, body] = acts(other.id, deputy.id).find(([one]) => one === name) ?? [];
    const answer = await deputy.send(method ?? 'POST', path ?? '', body);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
    expect(answer.json().detail).toContain('it takes a right of your own');
  });

  test('nor makes a token, nor sees the table of authority as theirs to edit', async () => {
    const token = await deputy.send('POST', '/tokens', { name: 'Mine', roles: ['admin'] });
    expect([token.statusCode, token.json().code]).toEqual([403, 'forbidden']);
    for (const path of ['/authority', '/sign-in-provider'])
      expect((await deputy.send('GET', path)).json().abilities.edit.allowed).toBe(false);
    expect((await admin.send('GET', '/authority')).json().abilities.edit.allowed).toBe(true);
  });

  test('nor waives that another person approves', async () => {
    const { until, reason } = { until: '2027-01-31', reason: 'We are two' };
    expect((await deputy.send('POST', '/duty-waivers', { until, reason })).statusCode).toBe(403);
  });

  test('and still looks after what is to be done meanwhile', async () => {
    const gone = await signedIn(server, admin.organisation, ['reader']);
    expect((await deputy.send('PATCH', `/members/${gone.id}`, { active: false })).statusCode).toBe(200);
    expect((await deputy.send('POST', '/groups', { name: 'Readers', roles: [] })).statusCode).toBe(201);
    const calendar = { calendar: { workingDays: [1, 2, 3, 4, 5], holidays: [], due: 'next' } };
    expect((await deputy.send('PATCH', '/organisation', calendar)).statusCode).toBe(200);
    const zone = await deputy.send('PATCH', '/organisation', { timeZone: 'Europe/Paris' });
    const { edit, secure } = zone.json().abilities;
    expect([edit.allowed, secure]).toEqual([true, expect.objectContaining({ allowed: false })]);
    expect(secure.reason).toContain('it takes a right of your own');
    await deputy.send('PATCH', '/organisation', { timeZone: 'Europe/Berlin' });
    const { token } = (await admin.send('POST', '/tokens', { name: 'Old', roles: ['reader'] })).json();
    expect((await deputy.send('DELETE', `/tokens/${token.id}`)).statusCode).toBe(204);
  });
});

describe('a token that is narrowed hands on no right', () => {
  test.each(acts('', '').map(([name]) => name))('%s', async (name) => {
    const [, method, path, body] = acts(other.id, other.id).find(([one]) => one === name) ?? [];
    const answer = await (await narrow(['members', 'settings'])).send(method ?? 'POST', path ?? '', body);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'out-of-scope']);
  });

  test('nor a place in which somebody stands', async () => {
    const place = {
      absent: admin.id,
      member: other.id,
      first: '2027-01-01',
      last: '2027-01-02',
      why: 'Leave',
    };
    const token = await narrow(['members']);
    expect((await token.send('POST', '/deputies', place)).statusCode).toBe(403);
  });

  test('one that is whole does what its roles let it, and one for provisioning still works', async () => {
    const whole = await tokenAgent(server, admin.organisation, ['admin'], wholeScope);
    const made = await whole.send('POST', '/groups', { name: 'By a program', roles: ['reader'] });
    expect(made.statusCode).toBe(201);
    const program = await tokenAgent(server, admin.organisation, [], provisioningScope);
    const users = await server.app.inject({ url: '/scim/v2/Users', headers: program.headers });
    expect(users.statusCode).toBe(200);
  });
});
