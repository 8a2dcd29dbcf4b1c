import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Authenticator, authenticator } from '../../../test/authenticator.ts';
import { inDays } from '../../../test/days.ts';
import {
  type Agent,
  agentOf,
  aloneReason,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  ifMatch,
  password,
  record,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { softPasskey } from '../../../test/passkey.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { wholePolicy } from '../../../test/whole.ts';

let server: TestServer;
let admin: Agent;
let nobody: Agent;
let phone: Authenticator;
const email = 'admin@example.org';
const minute = 60_000;
beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  nobody = stranger(server);
  phone = authenticator(server, admin);
});
afterAll(() => closeUnfailed(server));

type Answered = Awaited<ReturnType<Agent['send']>>;
const said = ({ statusCode, body }: Answered) => {
  const { code, errors = [] } = body === '' ? { code: null } : JSON.parse(body);
  return [statusCode, code, ...errors.map((one: { at: string }) => one.at)];
};
const account = async (who = admin) => (await who.send('GET', '/account')).json();
const cookieOf = (answer: Answered) => answer.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
const enter = (body: object, secret = password) =>
  nobody.send('POST', '/session', { email, password: secret, ...body });
/** Proves by a code once more that it is whoever it is. */
async function prove(who: Agent, shown: object): Promise<Answered> {
  const { step } = (await who.send('POST', '/session/proof/begin')).json();
  return who.send('POST', '/session/proof', { step, ...shown });
}
const acts = async () => {
  const { rows } = await server.store.owner.query<{ act: string }>('select act from entry order by seq');
  return rows.map(({ act }) => act);
};

test('the account tells its owner how they sign in and where, and nothing secret', async () => {
  const entered = await enter({});
  const other = await account(
    agentOf(server, cookieHeaders(cookieOf(entered)), admin.organisation, admin.id),
  );
  expect(other).toMatchObject({
    email,
    factors: [],
    recoveryCodes: null,
    stepUp: { minutes: 15, everyone: true },
  });
  expect(other.sessions).toHaveLength(2);
  expect(other.sessions.filter((one: { current: boolean }) => one.current)).toHaveLength(1);
  expect(other.sessions[0]).toMatchObject({
    methods: ['password'],
    host: '127.0.0.1',
    agent: 'lightMyRequest',
  });
  expect(JSON.stringify(other)).not.toMatch(/\$argon2|hash|secret/);
});

test('a session is ended from another, and all others at once', async () => {
  const tokens = [cookieOf(await enter({})), cookieOf(await enter({}))];
  const before = (await account()).sessions;
  const target = before.find((one: { current: boolean }) => !one.current);
  expect((await admin.send('DELETE', `/account/sessions/${target.id}`)).statusCode).toBe(204);
  expect((await account()).sessions).toHaveLength(before.length - 1);
  expect(said(await admin.send('DELETE', `/account/sessions/${target.id}`))).toEqual([404, 'not-found']);
  expect((await admin.send('DELETE', '/account/sessions')).statusCode).toBe(204);
  expect((await account()).sessions).toHaveLength(1);
  for (const token of tokens)
    expect(
      (await nobody.send('GET', '/session', undefined, { headers: cookieHeaders(token) })).statusCode,
    ).toBe(401);
});

test('nobody ends a session of somebody else', async () => {
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const [own] = (await account()).sessions;
  expect(said(await reader.send('DELETE', `/account/sessions/${own.id}`))).toEqual([404, 'not-found']);
  expect((await reader.send('DELETE', '/account/sessions')).statusCode).toBe(204);
  expect((await account()).sessions).toHaveLength(1);
});

test('a password is changed by whoever knows it, ends other sessions, and is in the log', async () => {
  const other = cookieOf(await enter({}));
  const next = 'a long walk along the quay';
  const change = (current: string, to: string) =>
    admin.send('PUT', '/account/password', { current, next: to });
  expect(said(await change('not this one at all', next))).toEqual([422, 'unprocessable', 'current']);
  expect(said(await change(password, 'short'))).toEqual([422, 'unprocessable', 'next']);
  for (const weak of [email, `${email}1`, 'password1234', 'qwertyuiop123', 'throughline1234'])
    expect(said(await change(password, weak))).toEqual([422, 'unprocessable', 'next']);
  expect((await change(password, next)).statusCode).toBe(204);
  expect(
    (await nobody.send('GET', '/session', undefined, { headers: cookieHeaders(other) })).statusCode,
  ).toBe(401);
  expect((await enter({})).statusCode).toBe(401);
  expect((await enter({}, next)).statusCode).toBe(200);
  expect((await change(next, password)).statusCode).toBe(204);
  // The first one of everybody was bound as they joined.
  expect((await acts()).filter((act) => act === 'password.set')).toHaveLength(2);
});

test('guesses at the password on an open browser wait as they do at the door', async () => {
  const guess = () =>
    admin.send('PUT', '/account/password', { current: 'guess', next: 'x' }, { remoteAddress: '192.0.2.50' });
  for (let count = 0; count < 5; count += 1) expect((await guess()).statusCode).toBe(422);
  expect((await guess()).statusCode).toBe(429);
});

test('an authenticator counts from its first code on, and brings recovery codes', async () => {
  const begun = (await admin.send('POST', '/account/totp/begin')).json();
  expect(begun.uri).toContain(begun.secret);
  const wrong = { step: begun.step, name: 'Telephone', code: '000000' };
  expect(said(await admin.send('POST', '/account/totp', wrong))).toEqual([422, 'unprocessable', 'code']);
  expect((await account()).factors).toEqual([]);
  await phone.add();
  const { factors, recoveryCodes } = await account();
  expect(factors).toMatchObject([{ kind: 'totp', name: 'Telephone', usedAt: null }]);
  expect(recoveryCodes).toBe(10);
  expect((await acts()).slice(-2)).toEqual(['factor.set', 'session.proved']);
});

test('from then on the password alone opens nothing, and a code opens it once', async () => {
  const asked = await enter({});
  expect(asked.statusCode).toBe(202);
  expect(asked.json()).toMatchObject({ methods: ['totp', 'recovery'], passkey: null });
  expect(asked.cookies).toEqual([]);
  const { step } = asked.json();
  const take = (code: string, of = step) => nobody.send('POST', '/session/step', { step: of, code });
  expect(said(await take('000000'))).toEqual([401, 'unauthenticated']);
  expect((await acts()).at(-1)).toBe('session.refused');
  const code = phone.code();
  const entered = await take(code);
  expect(entered.statusCode).toBe(200);
  // The step is over, and the code was shown.
  expect(said(await take(code))).toEqual([409, 'conflict']);
  expect(said(await take(code, (await enter({})).json().step))).toEqual([401, 'unauthenticated']);
  const who = agentOf(server, cookieHeaders(cookieOf(entered)), admin.organisation, admin.id);
  const { sessions } = await account(who);
  expect(sessions.find((one: { current: boolean }) => one.current).methods).toEqual(['password', 'totp']);
});

test('two who show the same code at once: one is in', async () => {
  const steps = [(await enter({})).json().step, (await enter({})).json().step];
  const code = phone.code();
  const both = await Promise.all(steps.map((step) => nobody.send('POST', '/session/step', { step, code })));
  expect(both.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
});

test('a recovery code opens once, in any writing, and is counted down', async () => {
  const code = phone.recovery();
  const { step } = (await enter({})).json();
  const entered = await nobody.send('POST', '/session/step', {
    step,
    code: code.toUpperCase().replaceAll('-', ' '),
  });
  expect(entered.statusCode).toBe(200);
  expect((await account()).recoveryCodes).toBe(9);
  const again = (await enter({})).json().step;
  expect(said(await nobody.send('POST', '/session/step', { step: again, code }))).toEqual([
    401,
    'unauthenticated',
  ]);
  // Which code was used is told to its owner alone: whoever just joined would have it from elsewhere.
  expect((await acts()).at(-2)).toBe('session.started');
});

test('a step ends after ten minutes, and a step of one purpose is none of another', async () => {
  const { step } = (await enter({})).json();
  const proof = (await admin.send('POST', '/session/proof/begin')).json().step;
  const code = phone.code();
  expect(said(await nobody.send('POST', '/session/step', { step: proof, code }))).toEqual([409, 'conflict']);
  expect(said(await admin.send('POST', '/session/proof', { step, code }))).toEqual([409, 'conflict']);
  server.later(10 * minute + 1);
  expect(said(await nobody.send('POST', '/session/step', { step, code: phone.code() }))).toEqual([
    409,
    'conflict',
  ]);
});

test('whoever knows the password guesses few codes, and a recovery code from elsewhere still opens', async () => {
  const guess = async () => {
    const { step } = (await enter({})).json();
    return nobody.send('POST', '/session/step', { step, code: '000000' }, { remoteAddress: '192.0.2.60' });
  };
  for (let count = 0; count < 5; count += 1) expect((await guess()).statusCode).toBe(401);
  expect((await guess()).statusCode).toBe(429);
  const { step } = (await enter({})).json();
  expect((await nobody.send('POST', '/session/step', { step, code: phone.recovery() })).statusCode).toBe(200);
});

test('an invitation to somebody with a second factor joins them, and lets nobody in by the password alone', async () => {
  const invited = { name: 'Head of compliance', email: 'second@example.org', roles: ['reader'] };
  const join = async (body: object) => {
    const { link } = (await admin.send('POST', '/members', { ...invited, ...body })).json();
    return secretOf(link);
  };
  const first = await nobody.send('POST', '/invitations/accept', { token: await join({}), password });
  const { member, organisation } = first.json();
  const own = agentOf(server, cookieHeaders(cookieOf(first)), organisation.id, member.id);
  const theirs = authenticator(server, own);
  await theirs.add();
  const other = await server.store.owner.query(`update member set person = null where id = $1`, [member.id]);
  expect(other.rowCount).toBe(1);
  const again = await admin.send('POST', `/members/${member.id}/invitation`);
  expect(again.statusCode).toBe(201);
  const token = secretOf(again.json().link);
  const asked = await nobody.send('POST', '/invitations/accept', { token, password });
  expect([asked.statusCode, asked.cookies]).toEqual([202, []]);
  const body = { step: asked.json().step, code: theirs.code() };
  expect((await nobody.send('POST', '/session/step', body)).json().member.id).toBe(member.id);
});

test('an approval asks for a new proof when the last is old, and goes on once it is given', async () => {
  const author = await signedIn(server, admin.organisation, ['aims-manager']);
  const document = await record(author, 'documents', { name: 'AI policy', ...wholePolicy });
  const approve = () =>
    admin.send('POST', `/documents/${document.ref}/approvals`, {
      ...{ act: 'approve', version: 1, digest: document.proof.digest },
    });
  await prove(admin, { code: phone.code() });
  server.later(15 * minute + 1000);
  const refused = await approve();
  expect([...said(refused), refused.json().facts]).toEqual([403, 'step-up', { minutes: 15 }]);
  expect(refused.json().title).toBe('Show once more that it is you');
  expect(said(await prove(admin, { code: '000000' }))).toEqual([422, 'unprocessable', 'code']);
  // The password is known to whoever took the session over with it: it proves nothing here.
  expect(said(await prove(admin, { password }))).toEqual([422, 'unprocessable', 'password']);
  expect((await prove(admin, { code: phone.code() })).statusCode).toBe(204);
  expect((await approve()).statusCode).toBe(200);
});

test('somebody without a second factor is asked too, unless the organisation leaves them out', async () => {
  const author = await signedIn(server, admin.organisation, ['aims-manager']);
  const first = await record(author, 'documents', { ...wholePolicy, name: 'Method', type: 'method' });
  const second = await record(author, 'documents', { name: 'Objectives', ...wholePolicy });
  const top = await signedIn(server, admin.organisation, ['aims-manager', 'top-management']);
  const approve = ({ ref, proof }: typeof first) =>
    top.send('POST', `/documents/${ref}/approvals`, { act: 'approve', version: 1, digest: proof.digest });
  server.later(3 * 60 * minute);
  // Nobody said anything of it here: a fresh proof is the rule.
  expect(said(await approve(first))).toEqual([403, 'step-up']);
  const rule = (stepUp: object) => admin.send('PATCH', '/organisation', { stepUp, reason: aloneReason });
  expect(said(await rule({ minutes: 60, everyone: false }))).toEqual([403, 'step-up']);
  await prove(admin, { code: phone.code() });
  expect((await rule({ minutes: 15, everyone: false })).statusCode).toBe(200);
  expect((await approve(first)).statusCode).toBe(200);
  expect((await rule({ minutes: 0, everyone: true })).statusCode).toBe(422);
  expect((await rule({ minutes: 60, everyone: true })).json().stepUp).toEqual({
    minutes: 60,
    everyone: true,
  });
  expect(said(await approve(second))).toEqual([403, 'step-up']);
  expect((await rule({ minutes: 720, everyone: true })).statusCode).toBe(200);
  expect((await approve(second)).statusCode).toBe(200);
  expect((await rule({ minutes: 15, everyone: true })).statusCode).toBe(200);
});

test('what lets others in, ends them or takes away for good asks for a proof as an approval does', async () => {
  server.later(16 * minute);
  const reader = await signedIn(server, admin.organisation, ['reader']);
  const manager = await signedIn(server, admin.organisation, ['aims-manager']);
  const { ref } = await record(manager, 'nonconformities', { name: 'No owner' });
  const today = inDays(server, 0);
  const named = { absent: manager.id, member: reader.id, first: today, last: today, why: 'Away' };
  const deputy = (await manager.send('POST', '/deputies', named)).json().id;
  const changes = [
    () => admin.send('POST', '/tokens', { name: 'Pipeline', roles: ['reader'] }),
    () => admin.send('PATCH', `/members/${reader.id}`, { active: false }),
    () => admin.send('PUT', '/authority', { grants: [] }),
    () => admin.send('POST', '/members', { name: 'New', email: 'new@example.org', roles: ['admin'] }),
    () => admin.send('POST', `/nonconformities/${ref}/erase`, { reason: 'mistake' }, ifMatch(1)),
    () => admin.send('DELETE', `/deputies/${deputy}`),
    () => admin.send('DELETE', '/demo'),
  ];
  for (const change of changes) expect(said(await change())).toEqual([403, 'step-up']);
  // What is refused by its shape is told first.
  expect(said(await admin.send('POST', '/tokens', {})).slice(0, 2)).toEqual([422, 'unprocessable']);
  await prove(admin, { code: phone.code() });
  expect((await changes[1]?.())?.statusCode).toBe(200);
  expect((await changes[5]?.())?.statusCode).toBe(204);
  // A token has no person to ask, and what it may do was decided as it was made.
  expect((await tokenAgent(server, admin.organisation, ['admin'])).headers).toHaveProperty('authorization');
});

test('a step of the life cycle that others rely on asks for a proof, a light one for none, many at once too', async () => {
  const own = await signedIn(server, admin.organisation, ['aims-manager']);
  const theirs = authenticator(server, own);
  await theirs.add();
  // Whoever wrote the answer does not close on it.
  const author = await signedIn(server, admin.organisation, ['aims-manager']);
  const finding = async () => {
    const { ref } = await record(author, 'findings', {
      ...{ name: 'No minutes', grade: 'opportunity', followUp: 'improvement' },
      ...{ answer: 'They are kept from now on', closedOn: '2026-01-31' },
    });
    return ref;
  };
  const [one, two] = [await finding(), await finding()];
  server.later(16 * minute);
  const step = (transition: string) =>
    own.send(
      'POST',
      `/findings/${one}/transitions`,
      { transition },
      ifMatch(transition === 'answer' ? 1 : 2),
    );
  const many = (transition: string, more = '') =>
    own.send('POST', `/findings/bulk${more}`, { refs: [two], transition });
  expect((await step('answer')).statusCode).toBe(200);
  expect((await many('answer')).statusCode).toBe(200);
  expect(said(await step('close'))).toEqual([403, 'step-up']);
  expect(said(await many('close'))).toEqual([403, 'step-up']);
  expect((await many('close', '?dryRun=true')).json().refused).toEqual([]);
  await prove(own, { code: theirs.code() });
  expect((await step('close')).statusCode).toBe(200);
  expect((await many('close')).json().refused).toEqual([]);
});

test('what somebody signs in with is changed only after a new proof', async () => {
  const factor = (await account()).factors[0].id;
  const changes = [
    () => admin.send('POST', '/account/totp/begin'),
    () => admin.send('POST', '/account/passkeys/begin'),
    () => admin.send('POST', '/account/recovery-codes'),
    () => admin.send('DELETE', `/account/factors/${factor}`),
    () => admin.send('PUT', '/account/password', { current: password, next: password }),
  ];
  server.later(16 * minute);
  for (const change of changes) expect(said(await change())).toEqual([403, 'step-up']);
  expect((await prove(admin, { code: phone.code() })).statusCode).toBe(204);
  expect((await admin.send('POST', '/account/recovery-codes')).statusCode).toBe(201);
  expect((await account()).recoveryCodes).toBe(10);
});

test('a passkey is added, proves, opens as second step and alone, and answers no old challenge', async () => {
  const key = softPasskey();
  const begun = (await admin.send('POST', '/account/passkeys/begin')).json();
  const body = { step: begun.step, name: 'Laptop', passkey: key.create(begun.options) };
  expect((await admin.send('POST', '/account/passkeys', body)).json()).toMatchObject({
    factor: { kind: 'passkey', name: 'Laptop' },
    recoveryCodes: null,
  });
  expect(said(await admin.send('POST', '/account/passkeys', body))).toEqual([409, 'conflict']);
  const again = (await admin.send('POST', '/account/passkeys/begin')).json();
  expect(again.options.excludeCredentials).toMatchObject([{ id: key.id }]);
  const twice = { ...body, step: again.step, passkey: key.create(again.options) };
  expect((await admin.send('POST', '/account/passkeys', twice)).statusCode).toBe(409);

  const second = (await enter({})).json();
  expect(second.passkey.allowCredentials).toMatchObject([{ id: key.id, transports: ['usb'] }]);
  const shown = key.get(second.passkey, { verifies: false });
  const old = { step: (await enter({})).json().step, passkey: shown };
  expect(said(await nobody.send('POST', '/session/step', old))).toEqual([401, 'unauthenticated']);
  const taken = await nobody.send('POST', '/session/step', { step: second.step, passkey: shown });
  expect(taken.statusCode).toBe(200);

  const alone = (await nobody.send('POST', '/session/passkey')).json();
  expect(alone.passkey).toMatchObject({ userVerification: 'required' });
  const unverified = { step: alone.step, passkey: key.get(alone.passkey, { verifies: false }) };
  expect(said(await nobody.send('POST', '/session/step', unverified))).toEqual([401, 'unauthenticated']);
  const { userHandle, ...unnamed } = key.get(alone.passkey);
  for (const passkey of [unnamed, { ...unnamed, userHandle: Buffer.alloc(16).toString('base64url') }]) {
    const named = await nobody.send('POST', '/session/step', { step: alone.step, passkey });
    expect(said(named)).toEqual([401, 'unauthenticated']);
  }
  const entered = await nobody.send('POST', '/session/step', {
    step: alone.step,
    passkey: { ...unnamed, userHandle },
  });
  expect(entered.json().member.id).toBe(admin.id);
  // Beside the password it is the second factor, and having it is enough; where it was all that was shown, it is not.
  const here = agentOf(server, cookieHeaders(cookieOf(entered)), admin.organisation, admin.id);
  for (const [who, asks, code] of [
    [admin, 'preferred', 204],
    [here, 'required', 422],
  ] as const) {
    const proof = (await who.send('POST', '/session/proof/begin')).json();
    expect(proof.passkey.userVerification).toBe(asks);
    const proved = { step: proof.step, passkey: key.get(proof.passkey, { verifies: false }) };
    expect((await who.send('POST', '/session/proof', proved)).statusCode).toBe(code);
  }
  const proof = (await here.send('POST', '/session/proof/begin')).json();
  const proved = { step: proof.step, passkey: key.get(proof.passkey) };
  expect((await here.send('POST', '/session/proof', proved)).statusCode).toBe(204);
});

test('a passkey of another place, of another key, of nobody, or with certificates to ask about opens nothing', async () => {
  const begin = async () => (await admin.send('POST', '/account/passkeys/begin')).json();
  const refuse = async (make: (options: { challenge: string }) => object) => {
    const { step, options } = await begin();
    return said(await admin.send('POST', '/account/passkeys', { step, name: 'X', passkey: make(options) }));
  };
  const refused = [422, 'unprocessable', 'passkey'];
  expect(await refuse((options) => softPasskey('https://evil.example').create(options))).toEqual(refused);
  expect(await refuse(() => softPasskey().create({ challenge: 'AAAA' }))).toEqual(refused);
  const certificates = [new Uint8Array([1, 2, 3])];
  expect(await refuse((o) => softPasskey().create(o, { fmt: 'packed', certificates }))).toEqual(refused);
  expect(await refuse((o) => softPasskey().create(o, { fmt: 'fido-u2f' }))).toEqual(refused);
  expect(await refuse((o) => ({ ...softPasskey().create(o), attestationObject: 'AA' }))).toEqual(refused);
  const { step, passkey } = (await nobody.send('POST', '/session/passkey')).json();
  const unknown = { step, passkey: softPasskey().get(passkey) };
  expect(said(await nobody.send('POST', '/session/step', unknown))).toEqual([401, 'unauthenticated']);
});

test('a security key that counts is refused once a copy of it was used', async () => {
  const key = softPasskey(undefined, { counts: true });
  const begun = (await admin.send('POST', '/account/passkeys/begin')).json();
  const passkey = key.create(begun.options);
  await admin.send('POST', '/account/passkeys', { step: begun.step, name: 'Counting key', passkey });
  const show = async (of: (asked: { challenge: string }) => object) => {
    const { step, passkey: asked } = (await nobody.send('POST', '/session/passkey')).json();
    return (await nobody.send('POST', '/session/step', { step, passkey: of(asked) })).statusCode;
  };
  const { step, passkey: early } = (await nobody.send('POST', '/session/passkey')).json();
  const copied = key.get(early);
  expect(await show((asked) => key.get(asked))).toBe(200);
  expect((await nobody.send('POST', '/session/step', { step, passkey: copied })).statusCode).toBe(401);
});

test('the right passkey opens while somebody guesses codes at the same place', async () => {
  const key = softPasskey();
  const begun = (await admin.send('POST', '/account/passkeys/begin')).json();
  await admin.send('POST', '/account/passkeys', {
    step: begun.step,
    name: 'Key',
    passkey: key.create(begun.options),
  });
  const at = { remoteAddress: '192.0.2.61' };
  for (let count = 0; count < 6; count += 1) {
    const { step } = (await enter({})).json();
    await nobody.send('POST', '/session/step', { step, code: '000000' }, at);
  }
  const { step, passkey } = (await enter({})).json();
  const shown = { step, passkey: key.get(passkey) };
  expect((await nobody.send('POST', '/session/step', shown, at)).statusCode).toBe(200);
});

test('with the last factor recovery codes end too, and the password alone opens again', async () => {
  await prove(admin, { code: phone.code() });
  for (const { id } of (await account()).factors)
    expect((await admin.send('DELETE', `/account/factors/${id}`)).statusCode).toBe(204);
  expect(await account()).toMatchObject({ factors: [], recoveryCodes: null });
  expect((await enter({})).statusCode).toBe(200);
  expect(said(await admin.send('POST', '/account/recovery-codes'))).toEqual([409, 'conflict']);
  const { rows } = await server.store.owner.query(
    'select 1 from factor where ended_at is not null and secret is not null',
  );
  expect(rows).toEqual([]);
});

test('secrets of authenticators stand encrypted, recovery codes and steps hashed', async () => {
  const { secret, step } = (await admin.send('POST', '/account/totp/begin')).json();
  const code = new TOTP({ secret }).generate({ timestamp: server.services.clock().getTime() });
  const { recoveryCodes } = (await admin.send('POST', '/account/totp', { step, name: 'T', code })).json();
  const { rows } = await server.store.owner.query<{ all: string }>(
    `select string_agg(encode(secret, 'escape'), '') || string_agg(encode(secret, 'hex'), '') as all from factor`,
  );
  const kept = rows[0]?.all ?? '';
  const raw = Buffer.from(new TOTP({ secret }).secret.bytes).toString('hex');
  for (const shown of [secret, raw, ...recoveryCodes]) expect(kept).not.toContain(shown);
  const steps = await server.store.owner.query(
    `select 1 from sign_in_step where encode(token_hash, 'escape') like $1`,
    [`%${step}%`],
  );
  expect(steps.rows).toEqual([]);
});

test('a person reached by a bare IP address has no passkeys, and the page can say why', async () => {
  const bare = await testServer({ publicUrl: 'http://192.0.2.10:4270' });
  try {
    const one = await firstAdministrator(bare);
    expect((await account(one)).passkeysAt).toBeNull();
    expect(said(await one.send('POST', '/account/passkeys/begin'))).toEqual([409, 'conflict']);
    expect(said(await stranger(bare).send('POST', '/session/passkey'))).toEqual([409, 'conflict']);
  } finally {
    await closeUnfailed(bare);
  }
});

test('strangers from many hosts guess few codes together, and shut nobody out of a browser or off a recovery code', async () => {
  const address = 'guessed@example.org';
  const own = await signedIn(server, admin.organisation, ['reader'], { email: address });
  const theirs = authenticator(server, own);
  await theirs.add();
  const from = async (host: string, code: string, headers = {}) => {
    const more = { remoteAddress: host, headers };
    const { step } = (await nobody.send('POST', '/session', { email: address, password }, more)).json();
    return nobody.send('POST', '/session/step', { step, code }, more);
  };
  const entered = await from('192.0.2.200', theirs.code());
  const browser = entered.cookies.find(({ name }) => name === 'throughline-browser')?.value;
  const tried = await Promise.all(
    Array.from({ length: 30 }, (_, at) => from(`198.51.100.${at + 1}`, '000000')),
  );
  expect(tried.map(({ statusCode }) => statusCode).sort()).toEqual([
    ...Array(20).fill(401),
    ...Array(10).fill(429),
  ]);
  server.later(31_000);
  expect((await from('192.0.2.201', theirs.code())).statusCode).toBe(200);
  for (let count = 0; count < 8; count += 1) {
    const waits = Number((await from(`203.0.113.${count}`, '000000')).headers['retry-after'] ?? 0);
    server.later(waits * 1000);
  }
  const stranger = await from('192.0.2.202', theirs.code());
  expect([stranger.statusCode, stranger.json().detail]).toEqual([429, expect.stringContaining('not known')]);
  const known = { cookie: `throughline-browser=${browser}` };
  expect((await from('192.0.2.202', theirs.code(), known)).statusCode).toBe(200);
  expect((await from('192.0.2.203', theirs.recovery())).statusCode).toBe(200);
});
