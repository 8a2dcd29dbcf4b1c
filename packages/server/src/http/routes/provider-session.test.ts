import { createHash, generateKeyPairSync } from 'node:crypto';
import type { ProviderSettings } from '@throughline/domain/provider.ts';
import { usualProvider } from '@throughline/domain/provider.ts';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  agentOf,
  aloneReason,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  organisation,
  password,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { lead } from '../../../test/mail-domains.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

let server: TestServer;
let admin: Agent;
let nobody: Agent;
let provider: TestProvider;
let signing: Awaited<ReturnType<typeof keyedSigning>>;
/** Where people sign in, with the ending that the server gave it. */
let address: string;
const redirect = 'http://127.0.0.1:4270/sign-in/return';

const usual = () => ({
  ...usualProvider,
  issuer: provider.issuer,
  clientId: provider.client.clientId,
  text: 'Staff account',
  scopes: ['profile', 'email', 'groups'],
  offered: true,
  listed: true,
  address: 'harbour',
  newMembers: 'anyone' as ProviderSettings['newMembers'],
  groups: [
    { group: 'aims', roles: ['aims-manager'] },
    { group: 'root', roles: ['admin'] },
  ],
});
const set = async (more: Partial<ProviderSettings> & { secret?: string | null } = {}) => {
  const answer = await admin.send('PUT', '/sign-in-provider', { ...usual(), ...more });
  expect(answer.statusCode, answer.body).toBe(200);
  address = answer.json().provider.address;
};
const person = (email: string, more: Record<string, unknown> = {}) => ({
  email,
  email_verified: true,
  name: 'Head of claims',
  ...more,
});

beforeAll(async () => {
  server = await testServer();
  signing = await keyedSigning(server.store);
  admin = await firstAdministrator(server);
  nobody = stranger(server);
  provider = await openidProvider(redirect);
  await set({ secret: provider.client.secret });
});
beforeEach(async () => {
  provider.bend(null);
  provider.down('up');
  provider.denies(false);
});
afterAll(async () => {
  signing.close();
  await provider.close();
  await closeUnfailed(server);
});

type Browser = { readonly kept: string; readonly url: string };

/** Begins as a browser: keeps what it is given to be known by. */
async function begin(body: Record<string, unknown> = { address }, session = ''): Promise<Browser> {
  const answer = await nobody.send('POST', '/session/provider', body, { headers: { cookie: session } });
  expect(answer.statusCode, answer.body).toBe(200);
  const kept = answer.cookies.find(({ name }) => name === 'throughline-browser')?.value ?? '';
  return { kept: `throughline-browser=${kept}`, url: answer.json().url };
}
const comeBack = (browser: Browser, brought: Readonly<Record<string, string>>, session = '') =>
  nobody.send('POST', '/session/provider/return', brought, {
    headers: { cookie: [browser.kept, session].filter((part) => part !== '').join('; ') },
  });
async function enter(body?: Record<string, unknown>): Promise<LightMyRequestResponse> {
  const browser = await begin(body);
  return comeBack(browser, await provider.visit(browser.url));
}
function agentIn(answer: LightMyRequestResponse): Agent {
  expect(answer.statusCode, answer.body).toBe(200);
  const cookie = answer.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
  const { me } = answer.json();
  return agentOf(server, cookieHeaders(cookie), me.organisation.id, me.member.id);
}
const memberOf = async (id: string) =>
  (await admin.send('GET', '/members')).json().items.find((one: { id: string }) => one.id === id);
const refusedBy = async (how: string) => {
  const answer = await enter();
  expect([answer.statusCode, answer.json().facts]).toEqual([409, { provider: how }]);
  expect(answer.cookies.map(({ name }) => name)).not.toContain('throughline');
  return answer.json().detail;
};
const entries = async (act: string) =>
  Number(
    (await server.store.owner.query<{ n: string }>('select count(*) as n from entry where act = $1', [act]))
      .rows[0]?.n,
  );

describe('the whole of a sign-in', () => {
  test('asks for a code with PKCE, state and nonce, comes back to where it began, and is told by the log', async () => {
    provider.says('1001', person('first@example.org', { groups: ['aims', 'canteen'] }));
    const browser = await begin({ address, next: '/systems?state=operation' });
    const asked = new URL(browser.url);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      client_id: 'throughline',
      response_type: 'code',
      redirect_uri: redirect,
      scope: 'openid profile email groups',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    const brought = await provider.visit(browser.url);
    expect(brought).toMatchObject({ iss: provider.issuer });
    const answer = await comeBack(browser, brought);
    expect(answer.json()).toMatchObject({
      next: '/systems?state=operation',
      done: null,
      me: { member: { name: 'Head of claims', roles: ['aims-manager', 'reader'] } },
    });
    const agent = agentIn(answer);
    expect((await agent.send('GET', '/session')).statusCode).toBe(200);
    const { sessions, outside, provider: text } = (await agent.send('GET', '/account')).json();
    expect(sessions).toMatchObject([{ methods: ['provider'], current: true }]);
    expect(outside).toMatchObject([
      { kind: 'openid', source: provider.issuer, address: 'first@example.org' },
    ]);
    expect(text).toBe('Staff account');
    expect(await memberOf(agent.id)).toMatchObject({
      email: 'first@example.org',
      outside: [{ roles: ['aims-manager'] }],
    });
    // The first administrator, and now this one.
    expect([await entries('account.tied'), await entries('password.set')]).toEqual([2, 0]);
    await publish(server, signing);
    expect(await found(server, admin.organisation)).toEqual([]);
  });

  test('finds the person by what the provider calls them from then on, whatever their address is', async () => {
    provider.says('1001', person('married@example.org', { groups: ['aims'] }));
    const before = await entries('member.joined');
    const agent = agentIn(await enter());
    expect(await entries('member.joined')).toBe(before);
    expect((await memberOf(agent.id)).email).toBe('married@example.org');
  });

  test('lets roles follow the groups at each sign-in, and says so in the log', async () => {
    provider.says('1001', person('married@example.org', { groups: [] }));
    const agent = agentIn(await enter());
    expect(await memberOf(agent.id)).toMatchObject({ roles: ['reader'], outside: [{ roles: [] }] });
    provider.says('1001', person('married@example.org', { groups: ['root'] }));
    await enter();
    expect(await memberOf(agent.id)).toMatchObject({
      roles: ['admin', 'reader'],
      outside: [{ roles: ['admin'] }],
    });
    provider.says('1001', person('married@example.org'));
    await enter();
    expect((await memberOf(agent.id)).roles).toEqual(['reader']);
    await publish(server, signing);
    expect(await found(server, admin.organisation)).toEqual([]);
  });

  test('reads what the token does not say from the provider itself', async () => {
    provider.says('1002', person('asked@example.org'));
    provider.bend(({ email: _, email_verified: __, ...claims }) => ({ claims }));
    agentIn(await enter());
    expect(provider.asked).toContain('GET /me');
  });
});

describe('who is let in', () => {
  const refused = async (why: string) => {
    const before = await entries('session.refused');
    const answer = await enter();
    expect([answer.statusCode, answer.json().facts]).toEqual([403, { entrance: why }]);
    expect(await entries('session.refused')).toBe(before + 1);
  };

  test('nobody new where only who was invited may come; whoever was is meant by the invitation', async () => {
    await set({ newMembers: 'invited' });
    provider.says('2001', person('invited@example.org', { groups: ['aims'] }));
    await refused('not-invited');
    const invited = await admin.send('POST', '/members', {
      name: 'Head of underwriting',
      email: 'invited@example.org',
      roles: ['contributor'],
    });
    const agent = agentIn(await enter());
    expect(agent.id).toBe(invited.json().member);
    expect((await memberOf(agent.id)).roles).toEqual(['aims-manager', 'contributor']);
    const token = secretOf(invited.json().link);
    expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(409);
    await set();
  });

  test('nobody whose address the provider did not check, or whose domain is another', async () => {
    provider.says('2002', { email: 'unchecked@example.org', email_verified: false });
    await refused('no-address');
    provider.says('2002', {});
    await refused('no-address');
    await set({ domains: ['example.com'] });
    provider.says('2002', person('other@example.org'));
    await refused('domain');
    await set();
  });

  test('a member of before is linked only where the setting says so, and no administrator is', async () => {
    const member = await signedIn(server, admin.organisation, ['reader'], { email: 'before@example.org' });
    provider.says('2003', person('before@example.org'));
    await refused('not-linked');
    await set({ linksByMail: true });
    const before = await entries('outside.linked');
    expect(agentIn(await enter()).id).toBe(member.id);
    expect(await entries('outside.linked')).toBe(before + 1);
    provider.says('2004', person('admin@example.org'));
    await refused('administrator');
    await set();
  });

  test('nobody who left', async () => {
    provider.says('2005', person('leaver@example.org'));
    const leaver = agentIn(await enter());
    await admin.send('PATCH', `/members/${leaver.id}`, { active: false });
    await refused('left');
  });

  test('the last administrator stays one, whatever the groups say', async () => {
    const elsewhere = await organisation(server, 'Second');
    const only = await signedIn(server, elsewhere, ['reader']);
    provider.says('2006', person('only@example.org', { groups: ['root'] }));
    const agent = agentIn(await enter());
    expect(only.organisation).toBe(elsewhere);
    await admin.send('PATCH', `/members/${admin.id}`, { roles: ['aims-manager'] });
    provider.says('2006', person('only@example.org'));
    const again = agentIn(await enter());
    const listed = (await again.send('GET', '/members')).json().items;
    expect(listed.find((one: { id: string }) => one.id === agent.id).roles).toContain('admin');
    const back = { roles: ['admin', 'aims-manager'], reason: aloneReason };
    await again.send('PATCH', `/members/${admin.id}`, back);
    await enter();
    expect((await memberOf(agent.id)).roles).toEqual(['reader']);
  });
});

describe('an answer that does not hold lets nobody in', () => {
  beforeEach(() => provider.says('1001', person('married@example.org')));

  test('a state is good once, and not in another browser', async () => {
    const browser = await begin();
    const brought = await provider.visit(browser.url);
    const other = await comeBack({ ...browser, kept: `throughline-browser=${'x'.repeat(43)}` }, brought);
    expect([other.statusCode, other.json().detail]).toEqual([
      409,
      'This sign-in began in another browser. Begin again here.',
    ]);
    expect((await comeBack(browser, brought)).statusCode).toBe(409);
    const second = await begin();
    const good = await provider.visit(second.url);
    expect((await comeBack(second, good)).statusCode).toBe(200);
    const replayed = await comeBack(second, good);
    expect([replayed.statusCode, replayed.json().code]).toEqual([409, 'conflict']);
    const third = await begin();
    const foreign = { ...(await provider.visit(third.url)), state: 'of nobody' };
    expect((await comeBack(third, foreign)).statusCode).toBe(409);
  });

  test('of another sign-in, another application, another issuer, another key', async () => {
    provider.bend((claims) => ({ claims: { ...claims, nonce: 'of another' } }));
    await refusedBy('nonce');
    provider.bend((claims) => ({ claims: { ...claims, aud: 'another' } }));
    await refusedBy('audience');
    provider.bend((claims) => ({ claims: { ...claims, azp: 'another' } }));
    await refusedBy('audience');
    provider.bend((claims) => ({ claims: { ...claims, azp: claims.aud } }));
    expect((await enter()).statusCode).toBe(200);
    provider.bend((claims) => ({ claims: { ...claims, iss: 'https://evil.example' } }));
    await refusedBy('issuer');
    const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    provider.bend((claims) => ({ claims, key }));
    await refusedBy('key');
  });

  test('that ran out, or is not yet valid', async () => {
    const now = Math.floor(Date.now() / 1000);
    provider.bend((claims) => ({ claims: { ...claims, exp: now - 120, iat: now - 300 } }));
    expect(await refusedBy('clock')).toContain('clock');
    provider.bend((claims) => ({ claims: { ...claims, nbf: now + 300 } }));
    await refusedBy('clock');
    provider.bend((claims) => ({ claims: { ...claims, exp: now - 5 } }));
    expect((await enter()).statusCode).toBe(200);
    provider.bend((claims) => ({ claims: { ...claims, iat: now + 300 } }));
    await refusedBy('clock');
    provider.bend((claims) => ({ claims: { ...claims, iat: now - 3600 } }));
    await refusedBy('clock');
    provider.bend((claims) => ({ claims: { ...claims, iat: now - 300 } }));
    expect((await enter()).statusCode).toBe(200);
  });

  test('whose access token is another than it was issued with', async () => {
    const hash = (of: string) => createHash('sha256').update(of).digest().toString('base64url', 0, 16);
    for (const at_hash of [hash('another'), '', 7, null]) {
      provider.bend((claims) => ({ claims: { ...claims, at_hash } }));
      await refusedBy('token');
    }
    provider.bend((claims, access) => ({ claims: { ...claims, at_hash: hash(access) } }));
    expect((await enter()).statusCode).toBe(200);
  });

  test('that names another issuer beside the code (RFC 9207), or none', async () => {
    for (const iss of ['https://evil.example', undefined]) {
      const browser = await begin();
      const { iss: _, ...brought } = await provider.visit(browser.url);
      const answer = await comeBack(browser, { ...brought, ...(iss ? { iss } : {}) });
      expect(answer.json().facts).toEqual({ provider: 'issuer' });
    }
  });

  test('that says no', async () => {
    provider.denies(true);
    expect(await refusedBy('denied')).toBe(
      'The sign-in was called off at the provider. Nothing has changed here.',
    );
  });

  test('with a code of another sign-in, or none', async () => {
    const [one, two] = [await begin(), await begin()];
    const [, brought] = [await provider.visit(one.url), await provider.visit(two.url)];
    const crossed = { ...brought, state: new URL(one.url).searchParams.get('state') ?? '' };
    expect((await comeBack(one, crossed)).json().facts).toEqual({ provider: 'code' });
    const three = await begin();
    const { code: _, ...bare } = await provider.visit(three.url);
    expect((await comeBack(three, bare)).json().facts).toEqual({ provider: 'unclear' });
  });

  test('while the provider is out of reach, answers without end, or leads elsewhere', async () => {
    for (const health of ['down', 'huge', 'moved'] as const) {
      const browser = await begin();
      const brought = await provider.visit(browser.url);
      provider.down(health);
      const answer = await comeBack(browser, brought);
      provider.down('up');
      expect([health, answer.statusCode, answer.json().code]).toEqual([health, 409, 'conflict']);
    }
    expect(provider.asked).not.toContain('GET /elsewhere');
  });

  test('with a secret that the provider does not know', async () => {
    await set({ secret: 'another secret' });
    await refusedBy('client');
    await set({ secret: provider.client.secret });
    expect((await enter()).statusCode).toBe(200);
  });

  test('a key that was replaced is asked for and taken at once', async () => {
    expect((await enter()).statusCode).toBe(200);
    provider.rotate();
    expect((await enter()).statusCode).toBe(200);
  });
});

describe('finding a provider', () => {
  test('a button stands on the sign-in page only where the organisation says so', async () => {
    const buttons = async () => (await nobody.send('GET', '/session/providers')).json().items;
    const [button] = await buttons();
    expect(button).toEqual({ id: expect.any(String), text: 'Staff account' });
    expect((await begin({ provider: button.id })).url).toContain(provider.issuer);
    await set({ listed: false });
    expect(await buttons()).toEqual([]);
    expect((await begin({ provider: button.id })).url).toContain(provider.issuer);
    await set();
  });

  test('an organisation without one, one that offers it to nobody, and none at all are told alike', async () => {
    await set();
    await lead(server, admin.organisation, 'example.org');
    expect((await nobody.send('GET', '/session/providers')).json().byMail).toBe(true);
    expect((await begin({ email: 'anybody@Example.org' })).url).toContain(provider.issuer);
    await set({ offered: false });
    expect((await nobody.send('GET', '/session/providers')).json().byMail).toBe(false);
    const answers = [];
    for (const body of [
      { address },
      { address: 'nowhere' },
      { email: 'a@example.org' },
      { email: 'a@nowhere.example' },
    ]) {
      const answer = await nobody.send('POST', '/session/provider', body);
      const { instance: _, ...said } = answer.json();
      answers.push([answer.statusCode, said]);
    }
    expect(new Set(answers.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(answers[0]?.[0]).toBe(404);
    await set();
  });

  test('an archived organisation lets nobody in, by no door, nor whoever was on the way', async () => {
    const browser = await begin();
    const brought = await provider.visit(browser.url);
    const archived = 'update organisation set archived_at = case when $2 then now() end where id = $1';
    const archive = (yes: boolean) => server.store.owner.query(archived, [admin.organisation, yes]);
    await archive(true);
    expect((await nobody.send('GET', '/session/providers')).json().items).toEqual([]);
    expect((await nobody.send('POST', '/session/provider', { address })).statusCode).toBe(404);
    const late = await comeBack(browser, brought);
    await archive(false);
    expect(late.statusCode).toBe(409);
  });

  test.each([
    '//elsewhere.example',
    'https://elsewhere.example',
    '/\\elsewhere.example',
    'javascript:alert(1)',
    '/a b',
  ])('no way leads elsewhere afterwards: %s', async (next) => {
    const answer = await nobody.send('POST', '/session/provider', { address, next });
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'unprocessable']);
  });
});

describe('what the word of a provider is worth', () => {
  test('whoever has a second factor here is asked for it, unless the provider says in a trusted word that it was', async () => {
    const member = await signedIn(server, admin.organisation, ['reader'], { email: 'strong@example.org' });
    const phone = authenticator(server, member);
    await phone.add();
    await set({ linksByMail: true });
    provider.says('3001', person('strong@example.org'), { amr: ['pwd', 'mfa'] });
    const browser = await begin();
    const answer = await comeBack(browser, await provider.visit(browser.url));
    expect([answer.statusCode, answer.json()]).toMatchObject([
      202,
      { next: '/', ask: { methods: ['totp', 'recovery'] } },
    ]);
    await set({ linksByMail: true, factorValues: ['mfa'] });
    const trusted = agentIn(await enter());
    expect((await trusted.send('GET', '/account')).json().sessions).toContainEqual(
      expect.objectContaining({ current: true, methods: ['provider'] }),
    );
    await set();
  });

  test('it opens nothing elsewhere: not the other organisations of the person, nor how they sign in there', async () => {
    const elsewhere = await organisation(server, 'Third');
    const member = await signedIn(server, admin.organisation, ['reader'], { email: 'both@example.org' });
    const { rows } = await server.store.owner.query<{ person: string }>(
      'select person from member where id = $1',
      [member.id],
    );
    await server.store.owner.query(
      `insert into member (organisation, id, person, name, roles, preferences, created_at) values ($1, gen_random_uuid(), $2, 'Both', '{admin}', '{}', now())`,
      [elsewhere, rows[0]?.person],
    );
    await set({ linksByMail: true });
    provider.says('3002', person('both@example.org'));
    const agent = agentIn(await enter());
    const me = (await agent.send('GET', '/session')).json();
    expect(me.organisations).toHaveLength(1);
    const sessions = (await agent.send('GET', '/account')).json().sessions;
    expect(new Set(sessions.map((one: { organisation: { id: string } }) => one.organisation.id))).toEqual(
      new Set([admin.organisation]),
    );
    for (const path of ['/account/totp/begin', '/account/passkeys/begin', '/account/outside'])
      expect((await agent.send('POST', path)).json().code, path).toBe('step-up');
    const ask = (await agent.send('POST', '/session/proof/begin')).json();
    expect(ask.methods).toEqual(['password', 'totp', 'passkey', 'recovery']);
    await agent.send('POST', '/session/proof', { step: ask.step, password });
    expect((await agent.send('POST', '/account/totp/begin')).statusCode).toBe(200);
    expect((await agent.send('GET', '/session')).json().organisations).toHaveLength(2);
    await set();
  });

  test('it proves presence where the setting says so, by a sign-in of this moment and of the same person', async () => {
    await set({ provesPresence: true });
    provider.says('3003', person('present@example.org'));
    const entered = await enter();
    const agent = agentIn(entered);
    const session = `throughline=${entered.cookies.find(({ name }) => name === 'throughline')?.value ?? ''}`;
    expect((await agent.send('POST', '/session/proof/begin')).json().methods).toEqual(['provider']);
    const begun = async (): Promise<Browser> => {
      const answer = await agent.send('POST', '/session/proof/provider', { next: '/documents' });
      const kept = answer.cookies.find(({ name }) => name === 'throughline-browser')?.value ?? '';
      return { kept: `throughline-browser=${kept}`, url: answer.json().url };
    };
    const first = await begun();
    expect(Object.fromEntries(new URL(first.url).searchParams)).toMatchObject({
      prompt: 'login',
      max_age: '0',
    });
    const proofs = await entries('session.proved');
    const done = await comeBack(first, await provider.visit(first.url), session);
    expect(done.json()).toEqual({ next: '/documents', me: null, done: 'prove' });
    expect(await entries('session.proved')).toBe(proofs + 1);
    const old = await begun();
    provider.bend((claims) => ({ claims: { ...claims, auth_time: Number(claims.auth_time) - 600 } }));
    expect((await comeBack(old, await provider.visit(old.url), session)).json().facts).toEqual({
      provider: 'clock',
    });
    provider.bend(null);
    const other = await begun();
    provider.says('1001', person('married@example.org'));
    expect((await comeBack(other, await provider.visit(other.url), session)).statusCode).toBe(409);
    const stray = await begun();
    provider.says('3003', person('present@example.org'));
    expect((await comeBack(stray, await provider.visit(stray.url))).statusCode).toBe(409);
    expect(await entries('session.proved')).toBe(proofs + 1);
    await publish(server, signing);
    expect(await found(server, admin.organisation)).toEqual([]);
    await set();
  });

  test('with own sign-in closed, administrators alone come by password', async () => {
    const email = 'closed@example.org';
    const member = await signedIn(server, admin.organisation, ['aims-manager'], { email });
    const reset = await admin.send('POST', `/members/${member.id}/password-reset`);
    const invited = await admin.send('POST', '/members', {
      ...{ name: 'Head of underwriting', email: 'door@example.org', roles: ['reader'] },
    });
    const tokenIn = (answer: LightMyRequestResponse) => secretOf(answer.json().link);
    await set({ ownSignIn: 'administrators' });
    for (const [path, made] of [
      ['/password-resets/use', reset],
      ['/invitations/accept', invited],
    ] as const) {
      const answer = await nobody.send('POST', path, { token: tokenIn(made), password: `${password} again` });
      expect([path, answer.statusCode, answer.json().facts]).toEqual([path, 403, { entrance: 'provider' }]);
    }
    const closed = await nobody.send('POST', '/session', { email, password });
    expect([closed.statusCode, closed.json().facts]).toEqual([403, { entrance: 'provider' }]);
    expect((await nobody.send('POST', '/session', { email, password: 'wrong wrong wrong' })).statusCode).toBe(
      401,
    );
    expect((await nobody.send('POST', '/session', { email: 'admin@example.org', password })).statusCode).toBe(
      200,
    );
    await set();
    expect((await nobody.send('POST', '/session', { email, password })).statusCode).toBe(200);
  });
});

describe('linking by one’s own hand', () => {
  test('an administrator links their account once, enters by it, and unlinks it', async () => {
    provider.says('4001', person('admin@example.org'));
    const answer = await admin.send('POST', '/account/outside');
    const kept = answer.cookies.find(({ name }) => name === 'throughline-browser')?.value ?? '';
    const browser = { kept: `throughline-browser=${kept}`, url: answer.json().url };
    const done = await comeBack(browser, await provider.visit(browser.url), admin.headers.cookie);
    expect(done.json()).toEqual({ next: '/account', me: null, done: 'link' });
    expect(agentIn(await enter()).id).toBe(admin.id);
    const again = await admin.send('POST', '/account/outside');
    const second = {
      ...browser,
      kept: `throughline-browser=${again.cookies[0]?.value ?? ''}`,
      url: again.json().url,
    };
    expect((await comeBack(second, await provider.visit(second.url), admin.headers.cookie)).statusCode).toBe(
      409,
    );
    const [identity] = (await admin.send('GET', '/account')).json().outside;
    expect((await admin.send('DELETE', `/account/outside/${identity.id}`)).statusCode).toBe(204);
    expect((await admin.send('GET', '/account')).json().outside).toEqual([]);
    expect((await memberOf(admin.id)).roles).toContain('admin');
  });

  test('whoever has nothing else is not unlinked: they would come back as somebody new', async () => {
    provider.says('4002', person('jit@example.org', { groups: ['aims'] }));
    const agent = agentIn(await enter());
    const [identity] = (await agent.send('GET', '/account')).json().outside;
    expect((await agent.send('DELETE', `/account/outside/${identity.id}`)).statusCode).toBe(409);
    const path = `/members/${agent.id}/outside/${identity.id}`;
    expect((await admin.send('DELETE', path)).statusCode).toBe(409);
    await authenticator(server, agent).add();
    expect((await admin.send('DELETE', path)).statusCode).toBe(204);
    expect((await memberOf(agent.id)).roles).toEqual(['reader']);
    expect((await admin.send('DELETE', path)).statusCode).toBe(404);
    await publish(server, signing);
    expect(await found(server, admin.organisation)).toEqual([]);
  });
});
