import type { Actor } from '@throughline/domain/actor.ts';
import { provisioningScope, type TokenScope, wholeScope } from '@throughline/domain/token-scope.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inDays } from '../../test/days.ts';
import {
  type Agent,
  closeUnfailed,
  ifMatch,
  record,
  signedIn,
  startedServer,
  type TestServer,
  tokenAgent,
} from '../../test/factories.ts';
import { administration, heavierThan, weightOf } from './lasting.ts';

let server: TestServer;
let admin: Agent;
let deputy: Agent;
let other: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
  deputy = await signedIn(server, admin.organisation, ['reader'], { name: 'Actuary' });
  other = await signedIn(server, admin.organisation, ['reader'], { name: 'Head of claims' });
  const day = inDays(server, 0);
  const place = { absent: admin.id, member: deputy.id, first: day, last: day, why: 'Leave' };
  expect((await admin.send('POST', '/deputies', place)).statusCode).toBe(201);
});
afterAll(() => closeUnfailed(server));

const administering = () =>
  server.routes.filter(
    ({ method, access }) => method !== 'GET' && access !== 'open' && access !== 'signed-in',
  );
const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const own = /right of your own/;
const narrow = (acts: TokenScope['acts']) =>
  tokenAgent(server, admin.organisation, ['admin'], { kinds: 'all', acts });

test('of every administrative change it was decided how it weighs, and of nothing else', () => {
  const routes = administering().map(nameOf);
  expect(
    administering()
      .filter((route) => weightOf(route) === undefined)
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
  expect(heavierThan(route, away, {})).toMatchObject({ code: 'forbidden', why: expect.stringMatching(own) });
  expect(heavierThan(route, { type: 'person', member: 'm2', roles: ['admin'] }, {})).toBeUndefined();
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
    expect(answer.json().detail).toMatch(own);
    expect(answer.json().facts.people).toEqual([{ id: admin.id, name: expect.any(String) }]);
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
    const renamed = { name: 'Head of life claims' };
    expect((await deputy.send('PATCH', `/members/${other.id}`, renamed)).statusCode).toBe(200);
    const group = (await deputy.send('POST', '/groups', { name: 'Readers', roles: [] })).json();
    expect((await deputy.send('PATCH', `/groups/${group.id}`, { name: 'All readers' })).statusCode).toBe(200);
    expect((await deputy.send('GET', `/members/${other.id}/sessions`)).statusCode).toBe(200);
    const calendar = { calendar: { workingDays: [1, 2, 3, 4, 5], holidays: [], due: 'next' } };
    expect((await deputy.send('PATCH', '/organisation', calendar)).statusCode).toBe(200);
    const zone = await deputy.send('PATCH', '/organisation', { timeZone: 'Europe/Paris' });
    const { edit, secure } = zone.json().abilities;
    expect([edit.allowed, secure]).toEqual([true, expect.objectContaining({ allowed: false })]);
    expect(secure.reason).toMatch(own);
    await deputy.send('PATCH', '/organisation', { timeZone: 'Europe/Berlin' });
  });
});

describe('nor does a deputy what is not undone, or outlasts the absence', () => {
  /** Each with what it is done to, made by the administrator; whatever was there stays. */
  const lasting: [string, () => Promise<readonly ['POST' | 'PATCH' | 'PUT' | 'DELETE', string, object?]>][] =
    [
      ['ends access', async () => ['PATCH', `/members/${other.id}`, { active: false }]],
      ['ends sessions', async () => ['DELETE', `/members/${other.id}/sessions`]],
      [
        'ends one session',
        async () => {
          const [one] = (await admin.send('GET', `/members/${other.id}/sessions`)).json().items;
          return ['DELETE', `/members/${other.id}/sessions/${one.id}`];
        },
      ],
      [
        'erases a name',
        async () => {
          const gone = await signedIn(server, admin.organisation, ['reader']);
          await admin.send('PATCH', `/members/${gone.id}`, { active: false });
          return ['POST', `/members/${gone.id}/erase`, { reason: 'mistake' }];
        },
      ],
      ['exports what is held about somebody', async () => ['POST', `/members/${other.id}/export`, {}]],
      ['takes somebody out of a group', async () => ['PATCH', await groupOf(), { remove: [other.id] }]],
      ['ends a group', async () => ['DELETE', await groupOf()]],
      ['ends a token', async () => ['DELETE', `/tokens/${await tokenOf()}`]],
      ['takes a new secret', async () => ['POST', `/tokens/${await tokenOf()}/rotation`, {}]],
      ['puts rules in force', async () => ['PUT', '/classification/rules', { follow: true, version: '1' }]],
      ['loads the demo', async () => ['POST', '/demo']],
      ['removes the demo', async () => ['DELETE', '/demo']],
    ];
  const groupOf = async () => {
    const body = { name: `Claims ${crypto.randomUUID()}`, roles: [], members: [other.id] };
    return `/groups/${(await admin.send('POST', '/groups', body)).json().id}`;
  };
  const tokenOf = async (): Promise<string> =>
    (await admin.send('POST', '/tokens', { name: 'Old', roles: ['reader'] })).json().token.id;

  test.each(lasting)('%s', async (_name, asked) => {
    const [method, path, body] = await asked();
    const answer = await deputy.send(method, path, body);
    expect([answer.statusCode, answer.json().code]).toEqual([403, 'forbidden']);
    expect(answer.json().detail).toMatch(own);
    expect(answer.json().facts.people).toEqual([{ id: admin.id, name: expect.any(String) }]);
  });

  test('nor erases what a record says; whoever is away still may, and each reads so beforehand', async () => {
    const manager = await signedIn(server, admin.organisation, ['aims-manager']);
    const { ref, version } = await record(manager, 'tasks', { name: 'Old task' });
    await manager.send('POST', `/tasks/${ref}/archive`, {}, ifMatch(version));
    const erase = (who: Agent) =>
      who.send('POST', `/tasks/${ref}/erase`, { reason: 'mistake' }, ifMatch(version + 1));
    const ability = async (who: Agent) => (await who.send('GET', `/tasks/${ref}`)).json().abilities.erase;
    expect(await ability(deputy)).toMatchObject({
      ...{ allowed: false, reason: expect.stringMatching(own), who: ['admin'] },
      people: [{ id: admin.id }],
    });
    expect(await ability(other)).toMatchObject({ reason: expect.not.stringMatching(own) });
    const refused = await erase(deputy);
    expect([refused.statusCode, refused.json().detail]).toEqual([403, expect.stringMatching(own)]);
    expect(await ability(admin)).toEqual({ allowed: true });
    expect((await erase(admin)).statusCode).toBe(200);
  });

  test('and reads beforehand what a token, and the rules of classification, ask for', async () => {
    const id = await tokenOf();
    const seen = async (who: Agent) => {
      const { items, abilities } = (await who.send('GET', '/tokens')).json();
      const { rotate, end } = items.find((one: { id: string }) => one.id === id).abilities;
      const rules = (await who.send('GET', '/classification/rules')).json().abilities.adopt;
      return [abilities.make, rotate, end, rules];
    };
    for (const ability of await seen(deputy))
      expect(ability).toMatchObject({
        allowed: false,
        reason: expect.stringMatching(own),
        who: expect.arrayContaining(['admin']),
      });
    expect(await seen(admin)).toEqual(Array(4).fill({ allowed: true }));
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
