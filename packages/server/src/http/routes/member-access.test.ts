import { afterAll, beforeAll, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  agentOf,
  aloneReason,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  password,
  proveAgain,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
});
afterAll(() => closeUnfailed(server));

type Answered = Awaited<ReturnType<Agent['send']>>;
const day = 24 * 3_600_000;
const codeOf = ({ statusCode, body }: Answered) => [statusCode, body === '' ? null : JSON.parse(body).code];
async function enter(email: string, agent?: string): Promise<Agent> {
  const headers = agent === undefined ? {} : { 'user-agent': agent };
  const entered = await stranger(server).send('POST', '/session', { email, password }, { headers });
  const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const { organisation, member } = entered.json();
  return agentOf(server, cookieHeaders(cookie), organisation.id, member.id);
}
const demand = (of: string, days: number) =>
  admin.send('PATCH', '/organisation', { secondFactor: { of, days }, reason: aloneReason });

test('an administrator sees where a member is signed in, and nothing of where they are', async () => {
  const email = 'claims@example.org';
  const { id } = await signedIn(server, admin.organisation, ['reader'], { email });
  await enter(email, 'Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0');
  await enter(email, 'a private word');
  const { items } = (await admin.send('GET', `/members/${id}/sessions`)).json();
  expect(items).toHaveLength(3);
  expect(items.map((one: { agent: string | null }) => one.agent).filter(Boolean)).toEqual(['Firefox, Linux']);
  for (const item of items) expect(Object.keys(item).sort()).toEqual(['agent', 'id', 'seenAt', 'startedAt']);
  expect(JSON.stringify(items)).not.toMatch(/127\.0\.0\.1|private/);
});

test('an administrator ends one session of a member or all, and the log says who did', async () => {
  const email = 'pricing@example.org';
  const first = await signedIn(server, admin.organisation, ['reader'], { email });
  const second = await enter(email);
  const path = `/members/${first.id}/sessions`;
  const [newest] = (await admin.send('GET', path)).json().items;
  expect((await admin.send('DELETE', `${path}/${newest.id}`)).statusCode).toBe(204);
  expect(codeOf(await admin.send('DELETE', `${path}/${newest.id}`))).toEqual([404, 'not-found']);
  expect((await second.send('GET', '/session')).statusCode).toBe(401);
  expect((await first.send('GET', '/session')).statusCode).toBe(200);
  // One session by the name of another member ends nothing.
  const [own] = (await admin.send('GET', `/members/${admin.id}/sessions`)).json().items;
  expect(codeOf(await admin.send('DELETE', `${path}/${own.id}`))).toEqual([404, 'not-found']);
  expect((await admin.send('DELETE', path)).statusCode).toBe(204);
  expect((await first.send('GET', '/session')).statusCode).toBe(401);
  const { rows } = await server.store.owner.query<{ body: Buffer }>(
    `select body from entry where act = 'session.ended' order by seq`,
  );
  const ended = rows.map(({ body }) => JSON.parse(body.toString('utf8')));
  expect(ended.map(({ actor, member }) => [actor.id, member])).toEqual([
    [admin.id, first.id],
    [admin.id, first.id],
  ]);
});

test('a second factor that is demanded of deciders is demanded of whoever stands in for one', async () => {
  const manager = await signedIn(server, admin.organisation, ['aims-manager']);
  const deputy = await signedIn(server, admin.organisation, ['reader']);
  await demand('deciders', 7);
  const due = async () => (await deputy.send('GET', '/session')).json().factorDue;
  expect(await due()).toBeUndefined();
  const today = inDays(server, 0);
  const place = { absent: manager.id, member: deputy.id, first: today, last: today, why: 'Leave' };
  expect((await manager.send('POST', '/deputies', place)).statusCode).toBe(201);
  expect(await due()).toEqual(expect.any(String));
  await demand('nobody', 7);
});

test('of two factors that are ended at once one stays where one is demanded, with its recovery codes', async () => {
  const holder = await signedIn(server, admin.organisation, ['reader']);
  const phone = authenticator(server, holder);
  const both = [await phone.add(), await phone.add()];
  await demand('everyone', 7);
  const ended = await Promise.all(both.map((id) => holder.send('DELETE', `/account/factors/${id}`)));
  expect(ended.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
  const { factors, recoveryCodes } = (await holder.send('GET', '/account')).json();
  expect([factors.length, recoveryCodes]).toEqual([1, 10]);
  await demand('nobody', 7);
  expect((await holder.send('DELETE', `/account/factors/${factors[0].id}`)).statusCode).toBe(204);
  expect((await holder.send('GET', '/account')).json()).toMatchObject({ factors: [], recoveryCodes: null });
});

test('a second factor that is demanded is waited for, and then whoever has none opens their account alone', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const manager = await signedIn(server, admin.organisation, ['aims-manager']);
  const program = await tokenAgent(server, admin.organisation, ['aims-manager']);
  expect((await demand('deciders', 7)).json().secondFactor).toMatchObject({ of: 'deciders', days: 7 });
  const me = async (who: Agent) => (await who.send('GET', '/session')).json();
  expect(await me(reader)).not.toHaveProperty('factorDue');
  expect(Date.parse((await me(manager)).factorDue) - server.services.clock().getTime()).toBeLessThanOrEqual(
    7 * day,
  );
  expect((await manager.send('GET', '/systems')).statusCode).toBe(200);
  server.later(7 * day + 1000);
  const again = await signedIn(server, admin.organisation, ['reader']);
  expect((await again.send('GET', '/systems')).statusCode).toBe(200);
  const late = await enter('admin@example.org');
  for (const [method, path] of [
    ['GET', '/systems'],
    ['GET', '/members'],
    ['GET', '/log/state'],
    ['POST', '/views'],
    ['GET', '/organisation'],
  ] as const)
    expect([path, ...codeOf(await late.send(method, path))]).toEqual([path, 403, 'second-factor-needed']);
  expect((await late.send('GET', '/account')).json().factorDue).toEqual(expect.any(String));
  const tree = await server.app.inject({
    url: `/log/${admin.organisation}/checkpoint`,
    headers: late.headers,
  });
  expect(tree.statusCode).toBe(404);
  // A program has none to add, and whoever adds one goes on.
  expect((await program.send('GET', '/systems')).statusCode).toBe(200);
  const phone = authenticator(server, late);
  const factor = await phone.add();
  expect((await late.send('GET', '/systems')).statusCode).toBe(200);
  expect(await me(late)).not.toHaveProperty('factorDue');
  // What is demanded is not taken away again.
  expect(codeOf(await late.send('DELETE', `/account/factors/${factor}`))).toEqual([409, 'conflict']);
  admin = late;
  expect((await demand('nobody', 14)).json().secondFactor).toEqual({ of: 'nobody', days: 14, since: null });
  expect((await late.send('DELETE', `/account/factors/${factor}`)).statusCode).toBe(204);
});

test('a demand begins its days again where it is made of others, and not where the days change', async () => {
  const set = async (of: string, days: number) => (await demand(of, days)).json().secondFactor.since;
  const first = await set('deciders', 90);
  server.later(60_000);
  expect(await set('deciders', 80)).toBe(first);
  expect(await set('everyone', 90)).not.toBe(first);
  expect(codeOf(await demand('everyone', 91))).toEqual([422, 'unprocessable']);
  expect(codeOf(await demand('some', 3))).toEqual([422, 'unprocessable']);
  await demand('nobody', 14);
});

test('ending the sessions of somebody else asks who it is, as administering people does', async () => {
  const one = await signedIn(server, admin.organisation, ['admin']);
  const other = await signedIn(server, admin.organisation, ['reader']);
  const path = `/members/${other.id}/sessions`;
  const [session] = (await one.send('GET', path)).json().items;
  server.later(16 * 60_000);
  for (const address of [path, `${path}/${session.id}`])
    expect(codeOf(await one.send('DELETE', address))).toEqual([403, 'step-up']);
  expect((await other.send('GET', '/session')).statusCode).toBe(200);
  await proveAgain(one);
  expect((await one.send('DELETE', path)).statusCode).toBe(204);
  expect((await other.send('GET', '/session')).statusCode).toBe(401);
});
