import { type Role, roles } from '@throughline/domain/permissions.ts';
import type { TokenScope } from '@throughline/domain/token-scope.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Row } from '../../test/every-route/row.ts';
import { rows } from '../../test/every-route/rows.ts';
import { makeWorld, type World } from '../../test/every-route/world.ts';
import { type Agent, record, signedIn, tokenAgent } from '../../test/factories.ts';
import type { Method, Route } from './route.ts';

/**
 * Every route, for every role, in every standing: of the organisation itself, of another one, signed out. Made from the
 * list of routes and the table of rows, so that a new route is in it without a word here.
 */
let world: World;
let theirs: string;
/** One member a role and organisation, who is never changed. */
const own = new Map<Role, Agent>();
const foreign = new Map<Role, Agent>();
const ended = new Map<Role, Agent>();

beforeAll(async () => {
  world = await makeWorld();
  theirs = world.foreigner.organisation;
  // Where records stand the demo is not loaded.
  await record(world.foreigner, 'systems', { name: 'Elsewhere' });
  for (const role of roles) {
    own.set(role, await signedIn(world.server, world.manager.organisation, [role]));
    foreign.set(role, await signedIn(world.server, theirs, [role]));
    const out = await signedIn(world.server, world.manager.organisation, [role]);
    await out.send('DELETE', '/session');
    ended.set(role, out);
  }
});
afterAll(async () => {
  expect(world.server.failures).toEqual([]);
  await world.close();
});

const agentOf = (agents: ReadonlyMap<Role, Agent>, role: Role): Agent => {
  const agent = agents.get(role);
  if (!agent) throw new Error(`Nobody has the role ${role}`);
  return agent;
};

type Case = Row & { readonly name: string; readonly method: Method; readonly route: Route };
function caseOf(name: string): Case {
  const row = rows[name];
  const route = world.server.routes.find((one) => `${one.method} ${one.path}` === name);
  if (!row || !route) throw new Error(`${name} has no row or no route: add it to test/every-route`);
  return { ...row, name, method: route.method, route };
}
const listed = Object.keys(rows).filter((name) => !rows[name]?.endless);

let asked = 0;
async function ask(of: Case, who: Agent, thing: string): Promise<LightMyRequestResponse> {
  asked += 1;
  // Guesses are counted by place: nobody here stands in for somebody else's.
  const remoteAddress = `203.0.113.${asked % 250}`;
  return who.send(of.method, of.path(thing), of.body?.(world, thing), { ...of.more, remoteAddress });
}

/** What the table says: who is let in gets what the route answers, the rest a refusal, single roles what they have. */
function expected({ refused, works, roles: single }: Row, role: Role): number {
  const named = single?.[role];
  if (named !== undefined) return named;
  return refused === null || refused.as === 'token' || refused.who.includes(role) ? works : 403;
}

test('the rows name roles that there are', () => {
  for (const row of Object.values(rows))
    expect(roles).toEqual(
      expect.arrayContaining([...Object.keys(row.roles ?? {}), ...(row.refused?.who ?? [])]),
    );
});

describe('in its own organisation each role gets what the table says', () => {
  test.each(listed)('%s', async (name) => {
    const of = caseOf(name);
    if (of.personal) return;
    const seen: Record<string, number> = {};
    const shared = (await of.thing?.(world)) ?? '';
    const before = of.route.access === 'open' ? 0 : await world.written();
    const refused = roles.filter((role) => expected(of, role) >= 400);
    for (const role of refused) seen[role] = (await ask(of, agentOf(own, role), shared)).statusCode;
    if (refused.length > 0 && of.route.access !== 'open') expect(await world.written()).toBe(before);
    for (const role of roles.filter((one) => !refused.includes(one))) {
      // What a role changes is made for it alone, and whoever asks may end their own session by it.
      const changes = of.method !== 'GET';
      const thing = changes ? ((await of.thing?.(world)) ?? '') : shared;
      const who = changes
        ? await signedIn(world.server, world.manager.organisation, [role])
        : agentOf(own, role);
      seen[role] = (await ask(of, who, thing)).statusCode;
    }
    expect(seen).toEqual(Object.fromEntries(roles.map((role) => [role, expected(of, role)])));
  });
});

describe('of their own account every role may the same', () => {
  test.each(listed.filter((name) => rows[name]?.personal))('%s', async (name) => {
    const of = caseOf(name);
    const thing = (await of.thing?.(world)) ?? '';
    const seen = new Set<number>();
    for (const role of roles) {
      const who = await signedIn(world.server, world.manager.organisation, [role]);
      seen.add((await ask(of, who, thing)).statusCode);
    }
    expect([...seen]).toEqual([expect.any(Number)]);
    expect(Math.max(...seen)).toBeLessThan(500);
  });
});

/** An answer whole, as bytes on the wire are: but the request's own id and the clock, which are others each time. */
function whole({ statusCode, headers: { date: _, ...headers }, body }: LightMyRequestResponse) {
  return { statusCode, headers, body: body.replace(/"instance":"[^"]*"/, '"instance":""') };
}

describe('in another organisation every role gets what is not there, to the byte', () => {
  test.each(listed.filter((name) => rows[name]?.nowhere && !rows[name]?.everywhere))('%s', async (name) => {
    const of = caseOf(name);
    const thing = (await of.thing?.(world)) ?? '';
    const body = of.body?.(world, thing);
    const before = await world.written();
    for (const role of roles) {
      const who = agentOf(foreign, role);
      const there = whole(await who.send(of.method, of.path(thing), body, of.more));
      const missing = whole(await who.send(of.method, of.path(of.nowhere ?? ''), body, of.more));
      expect(there).toEqual(missing);
      // Who may do this to nothing at all is told so before anything is looked for.
      const coarse = expected(of, role) === 403 ? [403, 404] : [404];
      expect([role, coarse.includes(there.statusCode), there.statusCode]).toEqual([
        role,
        true,
        there.statusCode,
      ]);
    }
    expect(await world.written()).toBe(before);
  });
});

describe('in another organisation nothing of this one is told or written', () => {
  const closed = (name: string) => (!rows[name]?.nowhere || rows[name]?.everywhere) && !rows[name]?.endless;
  test.each(Object.keys(rows).filter(closed))('%s', async (name) => {
    const of = caseOf(name);
    if (of.route.access === 'open') return;
    const { manager, reader } = world;
    const thing = (await of.thing?.(world)) ?? '';
    const before = await world.writtenIn(manager.organisation);
    for (const role of roles) {
      const who = of.method === 'GET' ? agentOf(foreign, role) : await signedIn(world.server, theirs, [role]);
      const answer = await ask(of, who, thing);
      expect(answer.statusCode).toBeLessThan(500);
      const told = [manager.organisation, manager.id, reader.id, 'Example Insurance', 'Made for case'].filter(
        (secret) =>
          answer.body.includes(secret) && !JSON.stringify(of.body?.(world, thing) ?? '').includes(secret),
      );
      expect([role, told]).toEqual([role, []]);
    }
    expect(await world.writtenIn(manager.organisation)).toBe(before);
  });
});

describe('a token of each role that only reads changes nothing, and reads no more than one that may change', () => {
  /** Administration is more than reading, jobs of everybody too, and an import is read by whoever may import. */
  const beyond = ({ route }: Case) =>
    ['members', 'tokens', 'jobs'].includes(route.access) || /^\/(imports|jobs)\/:/.test(route.path);
  const tokens = new Map<Role, { whole: Agent; narrow: Agent }>();
  beforeAll(async () => {
    const make = (role: Role, scope?: TokenScope) =>
      tokenAgent(world.server, world.manager.organisation, [role], scope);
    for (const role of roles)
      tokens.set(role, {
        whole: await make(role),
        narrow: await make(role, { kinds: 'all', acts: 'read-only' }),
      });
  });

  test.each(listed)('%s', async (name) => {
    const of = caseOf(name);
    if (of.route.access === 'open') return;
    const thing = (await of.thing?.(world)) ?? '';
    const before = await world.written();
    for (const role of roles) {
      const { whole: all, narrow } = tokens.get(role) ?? {};
      if (!all || !narrow) throw new Error(`There is no token of the role ${role}`);
      const answer = await ask(of, narrow, thing);
      if (of.method !== 'GET') {
        expect([role, answer.statusCode, answer.json().code]).toEqual([role, 403, 'out-of-scope']);
        continue;
      }
      // What it may not know of is not there; the rest is refused.
      if (beyond(of)) expect([role, [403, 404].includes(answer.statusCode)]).toEqual([role, true]);
      else expect([role, answer.statusCode]).toEqual([role, (await ask(of, all, thing)).statusCode]);
    }
    if (of.method !== 'GET') expect(await world.written()).toBe(before);
  });
});

describe('whoever is not signed in, or not any more, gets one answer, whatever the role was', () => {
  const false1 = { cookie: 'throughline=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'x-throughline': '1' };
  const false2 = { authorization: 'Bearer tl_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' };
  test.each(listed)('%s', async (name) => {
    const of = caseOf(name);
    if (of.route.access === 'open') return;
    const thing = of.nowhere ?? '';
    // Whoever is not let in has nothing read of what they send.
    const body = of.body ? {} : undefined;
    const before = await world.written();
    const send = async (who: Agent, headers: Record<string, string> = {}) =>
      whole(
        await who.send(of.method, of.path(thing), body, {
          ...of.more,
          headers: { ...of.more?.headers, ...headers },
        }),
      );
    const plain = await send(world.nobody);
    expect([plain.statusCode, JSON.parse(plain.body).code]).toEqual([401, 'unauthenticated']);
    for (const headers of [false1, false2]) expect(await send(world.nobody, headers)).toEqual(plain);
    for (const role of roles) expect([role, await send(agentOf(ended, role))]).toEqual([role, plain]);
    expect(await world.written()).toBe(before);
  });
});

describe('what a session may counts at the next request', () => {
  const joined = async (role: Role) => signedIn(world.server, world.manager.organisation, [role]);
  const status = async (who: Agent, path = '/session') => (await who.send('GET', path)).statusCode;

  test('a role that was taken away is gone', async () => {
    const who = await joined('admin');
    expect(await status(who, '/tokens')).toBe(200);
    await world.manager.send('PATCH', `/members/${who.id}`, { roles: ['reader'] });
    expect([await status(who, '/tokens'), await status(who)]).toEqual([403, 200]);
  });

  test('a member who was made inactive is out', async () => {
    const who = await joined('reader');
    await world.manager.send('PATCH', `/members/${who.id}`, { active: false });
    expect(await status(who)).toBe(401);
  });

  test('a member is out after the last day', async () => {
    const who = await joined('external-auditor');
    await world.manager.send('PATCH', `/members/${who.id}`, { until: '2020-01-31' });
    expect(await status(who)).toBe(401);
  });

  test('a token that was taken back is good for nothing', async () => {
    const made = (
      await world.manager.send('POST', '/tokens', { name: 'Pipeline', roles: ['reader'] })
    ).json();
    const headers = { authorization: `Bearer ${made.secret}` };
    const ask = async () => (await world.nobody.send('GET', '/session', undefined, { headers })).statusCode;
    expect(await ask()).toBe(200);
    await world.manager.send('DELETE', `/tokens/${made.token.id}`);
    expect(await ask()).toBe(401);
  });
});
