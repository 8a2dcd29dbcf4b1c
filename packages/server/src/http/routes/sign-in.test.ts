import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  cookieHeaders,
  firstAdministrator,
  password,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { Attempts } from '../../features/sign-in/attempts.ts';
import { signInLink } from '../../features/sign-in/first-run.ts';
import { signIn } from '../../features/sign-in/sign-in.ts';
import { newId } from '../../store/ids.ts';

let server: TestServer;
let nobody: Agent;
const email = 'admin@example.org';
const setup = (token: string) => ({
  token,
  organisation: { name: 'Example Insurance', timeZone: 'Europe/Berlin' },
  person: { name: 'Head of compliance', email, password },
});

beforeAll(async () => {
  server = await testServer();
  nobody = stranger(server);
});
afterAll(() => server.close());

type Answered = Awaited<ReturnType<Agent['send']>>;
const cookieOf = (answer: { cookies: { name: string; value: string }[] }) =>
  answer.cookies.find((one) => one.name === 'throughline');

test('before the first run the door says that an administrator is missing, and nothing else opens', async () => {
  expect((await nobody.send('GET', '/setup')).json()).toEqual({
    ...{ needed: true, allowed: false },
    ...{ link: null, mail: false },
  });
  expect((await nobody.send('GET', '/session')).statusCode).toBe(401);
  expect((await nobody.send('POST', '/session', { email, password })).statusCode).toBe(401);
});

test('a new link ends the one before, and a link ends after 24 hours', async () => {
  const first = await signInLink(server.store, server.services.clock());
  const second = await signInLink(server.store, server.services.clock());
  expect(first).not.toBeNull();
  const early = await nobody.send('POST', '/setup', setup(first ?? ''));
  expect([early.statusCode, early.json().facts]).toEqual([409, { link: 'unknown' }]);
  server.later(24 * 3_600_000 + 1);
  const late = await nobody.send('POST', '/setup', setup(second ?? ''));
  expect([late.statusCode, late.json().facts]).toEqual([409, { link: 'expired' }]);
});

test('a weak password, a wrong time zone and a missing name are refused by name, and the link stays good', async () => {
  const token = (await signInLink(server.store, server.services.clock())) ?? '';
  const weak = setup(token);
  const short = await nobody.send('POST', '/setup', {
    ...weak,
    person: { ...weak.person, password: 'short' },
  });
  expect([short.statusCode, short.json().errors[0].at]).toEqual([422, 'password']);
  for (const guessable of ['123456789012', `${weak.organisation.name}2026!!`]) {
    const known = await nobody.send('POST', '/setup', {
      ...weak,
      person: { ...weak.person, password: guessable },
    });
    expect([known.statusCode, known.json().errors[0].at]).toEqual([422, 'password']);
  }
  const zone = await nobody.send('POST', '/setup', {
    ...weak,
    organisation: { name: 'X', timeZone: 'Mars/Base' },
  });
  expect([zone.statusCode, zone.json().errors[0].at]).toEqual([422, 'organisation.timeZone']);
  const nameless = await nobody.send('POST', '/setup', { ...weak, person: { email, password, name: ' ' } });
  expect([nameless.statusCode, nameless.json().errors[0].at]).toEqual([422, 'person.name']);
  expect((await nobody.send('POST', '/setup/link', { token })).json()).toMatchObject({
    allowed: true,
    link: 'usable',
  });
});

test('two people with one link: one becomes administrator', async () => {
  const token = (await signInLink(server.store, server.services.clock())) ?? '';
  const answers = await Promise.all([
    nobody.send('POST', '/setup', setup(token)),
    nobody.send('POST', '/setup', setup(token)),
  ]);
  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([201, 409]);
  const made = answers.find((answer) => answer.statusCode === 201);
  expect(made?.json()).toMatchObject({
    member: { name: 'Head of compliance', roles: ['admin', 'aims-manager'], you: true },
    organisation: { name: 'Example Insurance', timeZone: 'Europe/Berlin' },
  });
  const cookie = made ? cookieOf(made) : undefined;
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  expect(await signInLink(server.store, server.services.clock())).toBeNull();
  const again = await nobody.send('POST', '/setup', setup(token));
  expect([again.statusCode, again.json().facts]).toEqual([409, { link: 'used' }]);
});

test('signing in answers who one is; a wrong password and an unknown address get the same words', async () => {
  const right = await nobody.send('POST', '/session', { email: 'ADMIN@example.org', password });
  expect(right.statusCode).toBe(200);
  expect(right.json().member.name).toBe('Head of compliance');
  const wrong = await nobody.send('POST', '/session', { email, password: 'not the right one' });
  const unknown = await nobody.send('POST', '/session', { email: 'nobody@example.org', password });
  expect([wrong.statusCode, unknown.statusCode]).toEqual([401, 401]);
  expect(wrong.json().detail).toBe(unknown.json().detail);
});

test('an address that is known costs no statement more than one that is not, until the answer has left', async () => {
  const attempts = new Attempts();
  let [asked, refusedInLog] = [0, -1];
  const count = () => {
    asked += 1;
  };
  server.store.app.on('acquire', count);
  const entries = async () => {
    const { rows } = await server.store.owner.query<{ n: number }>(
      `select count(*)::int as n from entry where act = 'session.refused'`,
    );
    return rows[0]?.n ?? 0;
  };
  const before = await entries();
  const tried = async (given: { email: string; password: string }) => {
    const left: (() => Promise<void>)[] = [];
    const request = {
      ...{ at: server.services.clock(), id: newId(), ip: '192.0.2.77', browser: 'b'.repeat(43) },
      newBrowser: () => 'n'.repeat(43),
      afterwards: (work: () => Promise<void>) => left.push(work),
    };
    asked = 0;
    await expect(signIn({ ...server.services, attempts }, given, request, null)).rejects.toThrow(
      'The address or the password is not right.',
    );
    const statements = asked;
    refusedInLog = await entries();
    for (const work of left) await work();
    return [statements, left.length];
  };
  const unknown = await tried({ email: 'nobody@example.org', password });
  const known = await tried({ email, password: 'not the right one' });
  expect(unknown).toEqual(known);
  expect(unknown[0]).toBeGreaterThan(0);
  // Of the known one it is told all the same, once the answer has left.
  expect([refusedInLog, await entries()]).toEqual([before, before + 1]);
  server.store.app.off('acquire', count);
});

test('a change with a cookie but without the header is refused, as a foreign page would send it', async () => {
  const { value = '' } = cookieOf(await nobody.send('POST', '/session', { email, password })) ?? {};
  const forged = await server.app.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { cookie: `throughline=${value}` },
  });
  expect([forged.statusCode, forged.json().code]).toEqual([403, 'foreign-page']);
});

test('signing out ends the session; signing in again ends the one that the browser held', async () => {
  const session = async () =>
    cookieOf(await nobody.send('POST', '/session', { email, password }))?.value ?? '';
  const who = (token: string) => server.app.inject({ url: '/api/v1/session', headers: cookieHeaders(token) });
  const first = await session();
  expect((await who(first)).statusCode).toBe(200);
  const second = await nobody.send(
    'POST',
    '/session',
    { email, password },
    { headers: cookieHeaders(first) },
  );
  expect((await who(first)).statusCode).toBe(401);
  const held = cookieOf(second)?.value ?? '';
  const out = await nobody.send('DELETE', '/session', undefined, { headers: cookieHeaders(held) });
  expect([out.statusCode, cookieOf(out)?.value]).toEqual([204, '']);
  expect((await who(held)).statusCode).toBe(401);
});

test('a session slides for as long as it is used, ends after 12 idle hours, and after 14 days in any case', async () => {
  const hour = 3_600_000;
  const session = async () =>
    cookieOf(await nobody.send('POST', '/session', { email, password }))?.value ?? '';
  const alive = async (token: string) =>
    (await server.app.inject({ url: '/api/v1/session', headers: cookieHeaders(token) })).statusCode === 200;
  const used = await session();
  for (let passed = 0; passed < 33; passed += 1) {
    server.later(10 * hour);
    expect(await alive(used)).toBe(true);
  }
  server.later(7 * hour);
  expect(await alive(used)).toBe(false);
  const idle = await session();
  server.later(12 * hour + 1);
  expect(await alive(idle)).toBe(false);
});

const from = (ip: string, secret: string, headers: Record<string, string> = {}) =>
  nobody.send('POST', '/session', { email, password: secret }, { remoteAddress: ip, headers });
const guess = async (ip: string, times: number, headers: Record<string, string> = {}) => {
  const refused = [];
  for (let count = 0; count < times; count += 1)
    refused.push((await from(ip, `wrong ${count}`, headers)).statusCode);
  return refused;
};

test('refused attempts wait longer and longer at one place, and the same person enters from another', async () => {
  expect(await guess('192.0.2.1', 6)).toEqual([...Array(5).fill(401), 429]);
  const blocked = await from('192.0.2.1', password);
  expect([blocked.statusCode, blocked.headers['retry-after']]).toEqual([429, '10']);
  expect((await from('192.0.2.2', password)).statusCode).toBe(200);
  const waits = [];
  for (let round = 0; round < 9; round += 1) {
    const wait = Number((await from('192.0.2.1', password)).headers['retry-after']);
    waits.push(wait);
    server.later(wait * 1000);
    expect((await from('192.0.2.1', 'wrong again')).statusCode).toBe(401);
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 320, 640, 900, 900]);
  server.later(900_000);
  expect((await from('192.0.2.1', password)).statusCode).toBe(200);
  expect(await guess('192.0.2.1', 1)).toEqual([401]);
});

test('a browser that its owner signed in from before gets in while somebody guesses from the same host', async () => {
  const kept = (await from('192.0.2.7', password)).cookies.find(({ name }) => name === 'throughline-browser');
  const known = { cookie: `throughline-browser=${kept?.value}` };
  expect((await guess('192.0.2.7', 7)).at(-1)).toBe(429);
  expect((await from('192.0.2.7', password)).statusCode).toBe(429);
  const entered = await from('192.0.2.7', password, known);
  expect(entered.statusCode).toBe(200);
  // The browser stays the one it was: it is known by all that its owner signed in from it.
  expect(entered.cookies.find(({ name }) => name === 'throughline-browser')?.value).toBe(kept?.value);
});

test('what a browser keeps lets nobody in, counts its own refusals, and is nothing to another address', async () => {
  const kept = (await from('192.0.2.8', password)).cookies.find(({ name }) => name === 'throughline-browser');
  const known = { cookie: `throughline-browser=${kept?.value}` };
  const alone = await nobody.send('GET', '/session', undefined, { headers: known });
  expect(alone.statusCode).toBe(401);
  expect((await guess('192.0.2.8', 6, known)).at(-1)).toBe(429);
  const made = { cookie: `throughline-browser=${'x'.repeat(43)}` };
  expect((await guess('192.0.2.9', 6, made)).at(-1)).toBe(429);
  expect((await from('192.0.2.9', password)).statusCode).toBe(429);
});

test('a mark that was put into a browser is none: whoever signs in there gets one that was made here', async () => {
  for (const planted of ['B'.repeat(43), `${'B'.repeat(42)}A`, 'short']) {
    const entered = await from('192.0.2.40', password, { cookie: `throughline-browser=${planted}` });
    const mark = entered.cookies.find(({ name }) => name === 'throughline-browser')?.value;
    expect(mark).toMatch(/^[\w-]{43}$/);
    expect(mark).not.toBe(planted);
    // As the mark is nobody's, its session says nothing of the browser that brought it.
    expect((await guess('192.0.2.41', 6, { cookie: `throughline-browser=${planted}` })).at(-1)).toBe(429);
    server.later(15 * 60_000 + 3_600_000);
  }
});

test('many attempts at once are no more than one after the other, and the right word among them gets nobody in', async () => {
  const words = Array.from({ length: 40 }, (_, at) => (at === 30 ? password : `wrong ${at}`));
  const answers = await Promise.all(words.map((word) => from('192.0.2.30', word)));
  const statuses = answers.map(({ statusCode }) => statusCode);
  expect([...new Set(statuses)].sort()).toEqual([401, 429]);
  expect(statuses.filter((status) => status === 401)).toHaveLength(5);
});

test('more passwords at once than can be looked at are refused at once, whoever they are for, and count against nobody', async () => {
  const all = await Promise.all(
    Array.from({ length: 110 }, (_, at) => {
      const body = { email: at % 2 ? email : `crowd-${at}@example.org`, password: 'wrong' };
      const from = { remoteAddress: `10.1.${at}.1` };
      return nobody.send('POST', '/session', body, from).then((answer) => ({ at, answer }));
    }),
  );
  const refused = all.filter(({ answer }) => answer.statusCode === 429);
  expect(refused.length).toBeGreaterThan(10);
  expect(new Set(all.map(({ answer }) => answer.statusCode))).toEqual(new Set([401, 429]));
  for (const { answer } of refused) {
    expect(answer.headers['retry-after']).toBe('2');
    expect(answer.json().detail).toContain('Many people');
  }
  expect(new Set(refused.map(({ at }) => at % 2))).toEqual(new Set([0, 1]));
  const [one] = refused;
  // Five are free there, as if the refused one had not been.
  expect(await guess(`10.1.${one?.at}.1`, 6)).toEqual([...Array(5).fill(401), 429]);
});

test('one host may not try many addresses either', async () => {
  const tried = [];
  for (let count = 0; count < 101; count += 1) {
    const body = { email: `nobody-${count}@example.org`, password: 'wrong' };
    tried.push((await nobody.send('POST', '/session', body, { remoteAddress: '192.0.2.77' })).statusCode);
  }
  expect([tried.slice(0, 100).every((status) => status === 401), tried.at(-1)]).toEqual([true, 429]);
});

test('a member who left, or whose last day passed, has no session any more', async () => {
  const me = await nobody.send('POST', '/session', { email, password });
  const organisation = me.json().organisation.id;
  const auditor = await signedIn(server, organisation, ['external-auditor']);
  expect((await auditor.send('GET', '/session')).statusCode).toBe(200);
  const headers = cookieHeaders(cookieOf(me)?.value ?? '');
  const shorten = await nobody.send('PATCH', `/members/${auditor.id}`, { until: '2020-01-31' }, { headers });
  expect(shorten.statusCode).toBe(200);
  expect((await auditor.send('GET', '/session')).statusCode).toBe(401);
});

describe('over TLS', () => {
  const hostCookie = (answer: Answered) => answer.cookies.find(({ name }) => name === '__Host-throughline');
  const who = (of: TestServer, headers: Record<string, string>) =>
    of.app.inject({ url: '/api/v1/session', headers });

  test('the cookie is this host’s alone, and one of the plain name opens nothing', async () => {
    const secure = await testServer({ publicUrl: 'https://aims.example.org' });
    try {
      await firstAdministrator(secure);
      const answer = await stranger(secure).send('POST', '/session', { email, password });
      const cookie = hostCookie(answer);
      expect(cookie).toMatchObject({ secure: true, path: '/', httpOnly: true, sameSite: 'Lax' });
      expect(cookie).not.toHaveProperty('domain');
      expect(cookieOf(answer)).toBeUndefined();
      expect(answer.headers['strict-transport-security']).toBeDefined();
      const value = cookie?.value ?? '';
      expect((await who(secure, { cookie: `__Host-throughline=${value}` })).statusCode).toBe(200);
      // A neighbouring host, or a forged answer without TLS, can plant the plain name.
      expect((await who(secure, { cookie: `throughline=${value}` })).statusCode).toBe(401);
      const both = `throughline=${'A'.repeat(43)}; __Host-throughline=${value}`;
      expect((await who(secure, { cookie: both })).statusCode).toBe(200);
      const headers = { cookie: `__Host-throughline=${value}`, 'x-throughline': '1' };
      const out = await stranger(secure).send('DELETE', '/session', undefined, { headers });
      expect(hostCookie(out)).toMatchObject({ value: '', secure: true });
    } finally {
      await secure.close();
    }
  });

  test('so it is where a trusted proxy says so, and not where anybody does', async () => {
    const behind = await testServer({ trustedProxies: ['10.0.0.0/8'] });
    try {
      await firstAdministrator(behind);
      const from = async (remoteAddress: string, proto: string) => {
        const headers = { 'x-forwarded-proto': proto };
        const more = { headers, remoteAddress };
        const answer = await stranger(behind).send('POST', '/session', { email, password }, more);
        return answer.cookies.map(({ name, secure = false }) => [name, secure]);
      };
      const plain = [
        ['throughline', false],
        ['throughline-browser', false],
      ];
      expect(await from('10.0.0.1', 'https')).toEqual([
        ['__Host-throughline', true],
        ['__Host-throughline-browser', true],
      ]);
      expect(await from('10.0.0.1', 'http')).toEqual(plain);
      expect(await from('203.0.113.1', 'https')).toEqual(plain);
    } finally {
      await behind.close();
    }
  });
});

test('a key for one answer is refused where no answer is kept, without saying that it does no harm', async () => {
  const { value = '' } = cookieOf(await nobody.send('POST', '/session', { email, password })) ?? {};
  const headers = { 'idempotency-key': 'once', ...cookieHeaders(value) };
  const answer = await nobody.send('POST', '/session/proof/begin', undefined, { headers });
  expect([answer.statusCode, answer.json().errors[0].at]).toEqual([422, 'idempotency-key']);
  expect(answer.json().errors[0].message).toMatch(/Look at what stands/);
});

test('nothing of this was an error of ours', () => {
  expect(server.failures).toEqual([]);
});
