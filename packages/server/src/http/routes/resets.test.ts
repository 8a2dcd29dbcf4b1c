import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Authenticator, authenticator } from '../../../test/authenticator.ts';
import {
  type Agent,
  agentOf,
  agreed,
  alsoIn,
  closeUnfailed,
  cookieHeaders,
  firstAdministrator,
  organisation,
  password,
  proveAgain,
  signedIn,
  stranger,
  type TestServer,
  testServer,
  tokenAgent,
} from '../../../test/factories.ts';
import { linkOf, type Mailbox, openMailbox, plainMail } from '../../../test/mailbox.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { keyedSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';
import { resetAsked } from '../../features/sign-in/reset.ts';
import { jobHandlers } from '../../job-handlers.ts';
import { runJob } from '../../jobs/run-job.ts';
import { newId } from '../../store/ids.ts';
import { recentJobs } from '../../store/jobs.ts';
import { addMember } from '../../store/members.ts';

let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
let nobody: Agent;
let person = 0;
const minute = 60_000;
const next = 'a long walk along the quay';

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
  nobody = stranger(server);
});
afterAll(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});
beforeEach(() => {
  mailbox.taken.length = 0;
  mailbox.refuse = null;
});

type Answered = Awaited<ReturnType<Agent['send']>>;
const said = ({ statusCode, body }: Answered) => {
  const { code, errors = [] } = body === '' ? { code: null } : JSON.parse(body);
  return [statusCode, code, ...errors.map((one: { at: string }) => one.at)];
};
/** Somebody with an address and a password of their own. */
async function somebody(roles: Parameters<typeof signedIn>[2] = ['reader']) {
  person += 1;
  const email = `person-${person}@example.org`;
  return { email, agent: await signedIn(server, admin.organisation, roles, { email }) };
}
/** What waits in the queue for wishes is carried out, as a worker does; answers how many there were. */
async function answerWishes(): Promise<number> {
  const { rows } = await server.store.owner.query<{ payload: unknown }>(
    `select j.payload from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'password-reset'`,
  );
  await server.store.owner.query(`delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier = 'password-reset'`);
  for (const { payload } of rows) await resetAsked(server.services, payload);
  return rows.length;
}
const work = (last = false): Promise<void> => workOf(admin.organisation, last);
async function workOf(of: string, last = false): Promise<void> {
  const jobs = await server.store.readWhole(of, (reader) => recentJobs(reader, 50));
  for (const job of jobs.filter((one) => one.ended_at === null).reverse())
    await runJob(server.services, jobHandlers, of, job.id, last);
}
const ask = (email: string, from = '127.0.0.1') =>
  nobody.send('POST', '/password-resets', { email }, { remoteAddress: from });
async function mailedToken(email: string): Promise<string> {
  expect((await ask(email)).statusCode).toBe(202);
  await answerWishes();
  return secretOf(linkOf(mailbox.taken.at(-1), '/password'));
}
const stateOf = async (token: string) =>
  (await nobody.send('POST', '/password-resets/link', { token })).json();
const use = (token: string, more: object = {}) =>
  nobody.send('POST', '/password-resets/use', { token, password: next, ...more });
const enter = (email: string, secret: string) => nobody.send('POST', '/session', { email, password: secret });
const entries = async () => {
  const { rows } = await server.store.owner.query<{ body: Buffer }>('select body from entry order by seq');
  return rows.map(({ body }) => JSON.parse(body.toString('utf8')));
};

describe('a link to a new password, asked for at the door', () => {
  test('is over once its owner changed their password: it was for the one before', async () => {
    const { email, agent } = await somebody();
    const token = await mailedToken(email);
    const next = 'a long walk along the quay';
    expect((await agent.send('PUT', '/account/password', { current: password, next })).statusCode).toBe(204);
    expect((await stateOf(token)).link).toBe('unknown');
    const used = await nobody.send('POST', '/password-resets/use', {
      token,
      password: 'another one by the sea',
    });
    expect(used.statusCode).not.toBe(201);
    expect((await agent.send('GET', '/session')).statusCode).toBe(200);
  });

  test('goes to the address by mail, sets the password once, and ends every other session', async () => {
    const { email, agent } = await somebody();
    const token = await mailedToken(email);
    expect(mailbox.taken[0]).toMatch(new RegExp(`^To: ${email}`, 'm'));
    expect(plainMail(mailbox.taken[0])).toContain('https://aims.example.org/password#token=');
    // Looking at it uses nothing up.
    for (const _again of [1, 2])
      expect(await stateOf(token)).toEqual({
        link: 'usable',
        organisation: 'Example Insurance',
        email,
        secondFactor: false,
      });
    for (const weak of ['short', 'passwordpassword'])
      expect(said(await use(token, { password: weak }))).toEqual([422, 'unprocessable', 'password']);
    const entered = await use(token);
    expect([entered.statusCode, entered.json().member.id]).toEqual([201, agent.id]);
    const cookie = entered.cookies.find(({ name }) => name === 'throughline')?.value ?? '';
    const inside = agentOf(server, cookieHeaders(cookie), admin.organisation, agent.id);
    expect((await agent.send('GET', '/session')).statusCode).toBe(401);
    expect((await inside.send('GET', '/session')).statusCode).toBe(200);
    expect((await enter(email, password)).statusCode).toBe(401);
    expect((await enter(email, next)).statusCode).toBe(200);
    expect((await stateOf(token)).link).toBe('used');
    expect(said(await use(token))).toEqual([409, 'conflict']);
    expect((await inside.send('GET', '/account')).json().resets).toMatchObject([
      { kind: 'password', by: null, reason: null, usedAt: expect.any(String) },
    ]);
    const told = (await entries()).filter(({ act }) => /^(reset|password)\./.test(act)).slice(-3);
    expect(told.map(({ act, actor }) => [act, actor.type])).toEqual([
      ['reset.made', 'rule'],
      ['reset.used', 'person'],
      ['password.set', 'person'],
    ]);
    const kept = await server.store.owner.query(
      `select coalesce(string_agg(j.input::text || coalesce(j.result::text, ''), ''), '') as said from job j`,
    );
    expect(JSON.stringify(kept.rows) + JSON.stringify(await entries())).not.toContain(token);
  });

  test('is answered alike whether or not anybody has the address, before anything is looked up', async () => {
    const { email } = await somebody();
    const answers = [await ask(email), await ask('stranger@example.org'), await ask(email.toUpperCase())];
    const bodies = answers.map(({ statusCode, body, headers }) => [statusCode, body, Object.keys(headers)]);
    expect(new Set(bodies.map((one) => JSON.stringify(one))).size).toBe(1);
    // Wishes for one address that wait are one wish.
    expect(await answerWishes()).toBe(2);
    await work();
    expect(mailbox.taken).toHaveLength(1);
  });

  test('opens for half an hour, and another one does not end it', async () => {
    const { email } = await somebody();
    const first = await mailedToken(email);
    const second = await mailedToken(email);
    expect([(await stateOf(first)).link, (await stateOf(second)).link]).toEqual(['usable', 'usable']);
    server.later(30 * minute + 1);
    await proveAgain(admin);
    expect((await stateOf(first)).link).toBe('expired');
    expect(said(await use(first))).toEqual([409, 'conflict']);
    expect((await enter(email, password)).statusCode).toBe(200);
  });

  test('once used, ends the others that wait', async () => {
    const { email } = await somebody();
    const first = await mailedToken(email);
    const second = await mailedToken(email);
    expect((await use(second)).statusCode).toBe(201);
    expect((await stateOf(first)).link).toBe('unknown');
    expect(said(await use(first, { password: 'another walk along the quay' }))).toEqual([409, 'conflict']);
  });

  test('two who use it at once: one does', async () => {
    const { email } = await somebody();
    const token = await mailedToken(email);
    const both = await Promise.all([use(token), use(token)]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  });

  test('fills no mailbox: three open at once, whoever asks', async () => {
    const { email } = await somebody();
    for (let n = 0; n < 5; n += 1) {
      await ask(email, `192.0.2.${n}`);
      await answerWishes();
      await work();
    }
    expect(mailbox.taken).toHaveLength(3);
    for (const mail of mailbox.taken)
      expect((await stateOf(secretOf(linkOf(mail, '/password')))).link).toBe('usable');
  });

  test('asked for too often at one place has to wait there, and nobody elsewhere does', async () => {
    const { email } = await somebody();
    const statuses: number[] = [];
    for (let n = 0; n < 7; n += 1) statuses.push((await ask(email, '192.0.2.77')).statusCode);
    expect([statuses[0], statuses.at(-1)]).toEqual([202, 429]);
    expect((await ask(email, '192.0.2.78')).statusCode).toBe(202);
    expect((await enter(email, password)).statusCode).toBe(200);
    await answerWishes();
  });

  test('asks for the second factor where there is one, and stays unused until it is shown', async () => {
    const { email, agent } = await somebody();
    const phone = authenticator(server, agent);
    await phone.add();
    const token = await mailedToken(email);
    expect((await stateOf(token)).secondFactor).toBe(true);
    const asked = await use(token);
    expect([asked.statusCode, asked.cookies, asked.json().methods]).toEqual([202, [], ['totp', 'recovery']]);
    const { step } = asked.json();
    expect(said(await use(token, { step, code: '000000' }))).toEqual([401, 'unauthenticated']);
    expect((await stateOf(token)).link).toBe('usable');
    // A step of somebody else, or of another purpose, is none of this one.
    const door = (await enter(email, password)).json().step;
    expect(said(await use(token, { step: door, code: phone.code() }))).toEqual([409, 'conflict']);
    const entered = await use(token, { step, code: phone.code() });
    expect(entered.statusCode).toBe(201);
    expect((await enter(email, next)).statusCode).toBe(202);
  });

  test('goes to nobody who left, and to nobody without a password here', async () => {
    const { email, agent } = await somebody();
    const token = await mailedToken(email);
    await admin.send('PATCH', `/members/${agent.id}`, { active: false });
    expect((await stateOf(token)).link).toBe('expired');
    expect(said(await use(token))).toEqual([409, 'conflict']);
    mailbox.taken.length = 0;
    await ask(email);
    const other = await somebody();
    const { rows } = await server.store.owner.query<{ password_hash: string }>(
      'select password_hash from person where email = $1',
      [other.email],
    );
    const hold = (hash: string | null) =>
      server.store.owner.query('update person set password_hash = $2 where email = $1', [other.email, hash]);
    await hold(null);
    await ask(other.email);
    await answerWishes();
    await work();
    expect(mailbox.taken).toEqual([]);
    await hold(rows[0]?.password_hash ?? null);
  });

  test('that does not leave the server ends, and the next try makes another', async () => {
    const { email } = await somebody();
    mailbox.refuse = 450;
    await ask(email);
    await expect(answerWishes()).rejects.toThrow('The mail server was not reached');
    const open = await server.store.owner.query(
      `select 1 from sign_in_link where email = $1 and used_at is null and purpose = 'password-reset'`,
      [email],
    );
    expect(open.rowCount).toBe(0);
    mailbox.refuse = null;
    // As the queue does with a wish that failed.
    await resetAsked(server.services, { address: email });
    expect((await stateOf(secretOf(linkOf(mailbox.taken[0], '/password')))).link).toBe('usable');
  });
});

describe('an administrator', () => {
  const byHand = (id: string) => admin.send('POST', `/members/${id}/password-reset?byHand=true`);

  test('makes a link that is shown once, or mailed, and the person is told', async () => {
    const { email, agent } = await somebody();
    const shown = await byHand(agent.id);
    expect(shown.json()).toMatchObject({ member: agent.id, mailed: false, until: expect.any(String) });
    const token = secretOf(shown.json().link);
    await work();
    expect(plainMail(mailbox.taken[0])).toContain('Head of compliance made a link');
    expect(plainMail(mailbox.taken[0])).not.toContain(token);
    expect((await use(token)).statusCode).toBe(201);
    const mailed = await admin.send('POST', `/members/${agent.id}/password-reset`);
    expect(mailed.json()).toEqual({ member: agent.id, link: null, until: null, mailed: true });
    await work();
    expect((await stateOf(secretOf(linkOf(mailbox.taken.at(-1), '/password')))).email).toBe(email);
    const last = (await entries()).filter(({ act }) => act === 'reset.made').at(-1);
    expect(last).toMatchObject({
      member: agent.id,
      kind: 'password',
      actor: { type: 'person', id: admin.id },
    });
  });

  test('ends the link that was handed over before with a further one, and none that went by mail', async () => {
    const { agent, email } = await somebody();
    const mailed = await mailedToken(email);
    const first = secretOf((await byHand(agent.id)).json().link);
    const second = secretOf((await byHand(agent.id)).json().link);
    expect((await stateOf(first)).link).toBe('unknown');
    expect(said(await use(first))).toEqual([409, 'conflict']);
    expect([(await stateOf(mailed)).link, (await stateOf(second)).link]).toEqual(['usable', 'usable']);
    expect((await use(second)).statusCode).toBe(201);
    await work();
  });

  test('is answered once for one key, without the link a second time', async () => {
    const { agent } = await somebody();
    const key = { headers: { 'idempotency-key': 'reset-1' } };
    const path = `/members/${agent.id}/password-reset?byHand=true`;
    const first = (await admin.send('POST', path, undefined, key)).json();
    const again = (await admin.send('POST', path, undefined, key)).json();
    expect([typeof first.link, again.link, again.member]).toEqual(['string', null, agent.id]);
    await work();
    expect(mailbox.taken).toHaveLength(1);
  });

  test('resets nothing for themselves, for nobody, for a program, nor by a program', async () => {
    expect(said(await byHand(admin.id))).toEqual([409, 'conflict']);
    expect(said(await byHand('01890000-0000-7000-8000-0000000000ff'))).toEqual([404, 'not-found']);
    const body = { name: 'Inventory sync', owner: admin.id, roles: ['reader'] };
    const { id } = (await admin.send('POST', '/service-accounts', body)).json();
    expect(said(await byHand(id))).toEqual([409, 'conflict']);
    const invited = { name: 'New', email: 'not-yet@example.org', roles: ['reader'] };
    const { member } = (await admin.send('POST', '/members', invited)).json();
    expect(said(await byHand(member))).toEqual([409, 'conflict']);
    const { agent } = await somebody();
    const token = await tokenAgent(server, admin.organisation, ['admin']);
    for (const [path, more] of [
      ['password-reset', undefined],
      ['factors-reset', { reason: 'The telephone fell into the lake' }],
    ] as const)
      expect(said(await token.send('POST', `/members/${agent.id}/${path}`, more))).toEqual([
        403,
        'forbidden',
      ]);
    await work();
  });

  test('holds no link to an account that leads elsewhere too: it goes to the person alone', async () => {
    const { email, agent } = await somebody();
    const phone = authenticator(server, agent);
    await phone.add();
    const elsewhere = await organisation(server, 'Other Bank');
    const { rows } = await server.store.owner.query<{ person: string }>(
      'select person from member where id = $1',
      [agent.id],
    );
    const actor = { type: 'rule', rule: 'test' } as const;
    const ctx = { organisation: elsewhere, actor, at: server.services.clock(), because: null, request: null };
    await server.store.change(ctx, (write) =>
      addMember(write, {
        ...{ id: newId(), person: rows[0]?.person ?? null, name: 'Reader', roles: ['reader'], until: null },
      }),
    );
    const refused = await byHand(agent.id);
    expect(said(refused)).toEqual([409, 'conflict']);
    expect(refused.body).not.toContain('Other Bank');
    const reason = { reason: 'The telephone fell into the lake' };
    expect(said(await admin.send('POST', `/members/${agent.id}/factors-reset`, reason))).toEqual([
      409,
      'conflict',
    ]);
    expect((await admin.send('POST', `/members/${agent.id}/password-reset`)).statusCode).toBe(201);
    await work();
    expect(mailbox.taken[0]).toMatch(new RegExp(`^To: ${email}`, 'm'));
  });
});

describe('a link that an administrator holds, of an account that leads to another organisation since', () => {
  const byHand = async (id: string) =>
    secretOf((await admin.send('POST', `/members/${id}/password-reset?byHand=true`)).json().link);
  const hashOf = async (email: string) =>
    (await server.store.owner.query('select password_hash from person where email = $1', [email])).rows;

  test('opens nothing, also once they have left there, or nobody is let in there; one that was mailed does', async () => {
    const mill = await organisation(server, 'Old Mill');
    for (const after of [
      'select 1',
      'update member set active = false where organisation = $1',
      `update member set left_on = '2020-01-01' where organisation = $1`,
      'update organisation set archived_at = now() where id = $1',
    ]) {
      const { email, agent } = await somebody();
      const before = await hashOf(email);
      const held = await byHand(agent.id);
      expect((await stateOf(held)).link).toBe('usable');
      const mailed = await mailedToken(email);
      const there = await alsoIn(server, agent, mill, ['reader']);
      await server.store.owner.query(after, after.includes('$1') ? [mill] : []);
      expect([after, await stateOf(held)]).toMatchObject([after, { link: 'expired', email: null }]);
      expect(said(await use(held))).toEqual([409, 'conflict']);
      expect(await hashOf(email)).toEqual(before);
      // Nor is another one made, or a second factor ended.
      const again = await admin.send('POST', `/members/${agent.id}/password-reset?byHand=true`);
      expect([after, ...said(again)]).toEqual([after, 409, 'conflict']);
      await authenticator(server, agent).add();
      const factors = await admin.send('POST', `/members/${agent.id}/factors-reset`, {
        reason: 'The telephone fell into the lake',
      });
      expect([after, ...said(factors)]).toEqual([after, 409, 'conflict']);
      expect((await stateOf(mailed)).link).toBe('usable');
      expect(there).not.toBe(agent.id);
    }
    await work();
  });

  test('ends as they join there; used while they join, it sets nothing or comes before', async () => {
    const bank = await organisation(server, 'Other Bank');
    const banker = await signedIn(server, bank, ['admin']);
    const invitation = async (email: string) => {
      await banker.send('POST', '/members', { name: 'Guest', email, roles: ['reader'] });
      // By mail: what is handed over takes no password here.
      await workOf(bank);
      return secretOf(linkOf(mailbox.taken.at(-1), '/invitation'));
    };
    const { email, agent } = await somebody();
    const [held, token] = [await byHand(agent.id), await invitation(email)];
    expect((await nobody.send('POST', '/invitations/accept', { token, password })).statusCode).toBe(201);
    expect((await stateOf(held)).link).toBe('unknown');
    // Whoever joins holds the row of the person by the foreign key: the other waits, and then is asked again.
    const late = await somebody();
    const second = await byHand(late.agent.id);
    const { rows } = await server.store.owner.query('select person from member where id = $1', [
      late.agent.id,
    ]);
    const joining = await server.store.owner.connect();
    await joining.query('begin');
    await joining.query(`update member set person = $1 where id = $2`, [
      rows[0]?.person,
      await spareMember(bank),
    ]);
    const used = use(second);
    await waitsForLock();
    await joining.query('commit');
    joining.release();
    expect(said(await used)).toEqual([409, 'conflict']);
    expect((await enter(late.email, password)).statusCode).toBe(200);
    await work();
  });

  /** A member of an organisation whom nobody signs in as. */
  async function spareMember(of: string): Promise<string> {
    const id = newId();
    const actor = { type: 'rule', rule: 'test' } as const;
    const ctx = { organisation: of, actor, at: server.services.clock(), because: null, request: null };
    await server.store.change(ctx, (write) =>
      addMember(write, { id, person: null, name: 'Spare', roles: ['reader'], until: null }),
    );
    return id;
  }
  async function waitsForLock(): Promise<void> {
    await expect
      .poll(
        async () => {
          const { rows } = await server.store.owner.query(
            `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
          );
          return rows.length;
        },
        { timeout: 20_000 },
      )
      .toBe(1);
  }
});

describe('second factors that are lost', () => {
  const reason = 'The telephone fell into the lake';
  const reset = (id: string, body: object = { reason }) =>
    admin.send('POST', `/members/${id}/factors-reset`, body);
  let phone: Authenticator;

  test('are ended by an administrator with a reason; the person and other administrators are told', async () => {
    const { email, agent } = await somebody();
    const other = await somebody(['admin']);
    const grouped = await somebody();
    const group = { name: 'Office', roles: ['admin'], members: [grouped.agent.id] };
    const office = agreed(server, admin.organisation, admin.send('POST', '/groups', group));
    expect((await office).statusCode).toBe(201);
    expect(said(await reset(agent.id))).toEqual([409, 'conflict']);
    phone = authenticator(server, agent);
    await phone.add();
    expect(said(await reset(agent.id, { reason: 'lost' }))).toEqual([422, 'unprocessable', 'reason']);
    expect((await reset(agent.id)).statusCode).toBe(204);
    expect((await agent.send('GET', '/session')).statusCode).toBe(401);
    expect((await enter(email, password)).statusCode).toBe(200);
    await work();
    const to = mailbox.taken.map((mail) => /^To: (\S+)/m.exec(mail)?.[1]);
    expect(to).toContain(email);
    expect(to).toContain(other.email);
    expect(to).toContain(grouped.email);
    expect(to).not.toContain('admin@example.org');
    for (const mail of mailbox.taken) expect(plainMail(mail)).toContain(reason);
    const [made] = (await entries()).filter(({ act, kind }) => act === 'reset.made' && kind === 'factors');
    expect(made).toMatchObject({ member: agent.id, digest: expect.any(String) });
    expect(JSON.stringify(made)).not.toContain('lake');
    await other.agent.send('PATCH', `/members/${other.agent.id}`, { active: false });
  });

  test('ask for a proof of the administrator first', async () => {
    const { agent } = await somebody();
    const own = authenticator(server, admin);
    const first = (await admin.send('POST', '/session/proof/begin')).json().step;
    await admin.send('POST', '/session/proof', { step: first, password });
    await own.add();
    server.later(16 * minute);
    for (const path of ['factors-reset', 'password-reset']) {
      const body = path === 'factors-reset' ? { reason } : undefined;
      expect(said(await admin.send('POST', `/members/${agent.id}/${path}`, body))).toEqual([403, 'step-up']);
    }
    const { step } = (await admin.send('POST', '/session/proof/begin')).json();
    await admin.send('POST', '/session/proof', { step, code: own.code() });
    expect((await admin.send('POST', `/members/${agent.id}/password-reset`)).statusCode).toBe(201);
    await work();
  });
});

test('without a mail server the door says who makes a link, and every link is shown', async () => {
  const bare = await testServer();
  const its = await firstAdministrator(bare);
  const anybody = stranger(bare);
  expect((await anybody.send('GET', '/setup')).json().mail).toBe(false);
  expect((await nobody.send('GET', '/setup')).json().mail).toBe(true);
  const asked = await anybody.send('POST', '/password-resets', { email: 'admin@example.org' });
  expect([asked.statusCode, asked.json().detail]).toEqual([
    409,
    expect.stringContaining('administrator of your organisation'),
  ]);
  const reader = await signedIn(bare, its.organisation, ['reader']);
  const made = (await its.send('POST', `/members/${reader.id}/password-reset`)).json();
  expect(made).toMatchObject({ mailed: false, link: expect.stringContaining('/password#token=') });
  await closeUnfailed(bare);
});

test('all of it stands in the log, and the log tells what does not fit it', async () => {
  const signing = await keyedSigning(server.store);
  await publish(server, signing);
  expect(await found(server, admin.organisation)).toEqual([]);
  const tampered = async (statement: string) => {
    const client = await server.store.owner.connect();
    await client.query('create table if not exists kept_reset as select * from account_reset');
    await client.query(statement);
    const faults = await found(server, admin.organisation);
    await client.query('delete from account_reset');
    await client.query('insert into account_reset select * from kept_reset');
    client.release();
    return faults.map((fault) => fault.replace(/#\d+$/, '#'));
  };
  const factors = `where kind = 'factors'`;
  expect(await tampered(`update account_reset set reason = 'Asked nicely' ${factors}`)).toEqual([
    'content-differs account_reset.reason, salt #',
  ]);
  expect(await tampered(`update account_reset set reason = null ${factors}`)).toEqual([
    'content-gone account_reset.reason, salt #',
  ]);
  expect(await tampered(`update account_reset set by_id = member::text ${factors}`)).toEqual([
    'row-differs account_reset.by_id #',
  ]);
  expect(await tampered(`update account_reset set used_at = now() ${factors}`)).toEqual([
    'row-differs account_reset.used_at #',
  ]);
  expect(await tampered(`delete from account_reset ${factors}`)).toEqual(['row-gone account_reset #']);
  const copy = `insert into account_reset select organisation, gen_random_uuid(), member, kind, reason, salt, by_type, by_id,
    at, expires_at, used_at from account_reset ${factors}`;
  expect(await tampered(copy)).toEqual(['row-unlogged account_reset']);
  signing.close();
});
