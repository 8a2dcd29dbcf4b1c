import { afterAll, beforeAll, expect, test } from 'vitest';
import { addressOf } from '../../test/address.ts';
import { authenticator } from '../../test/authenticator.ts';
import { type Ran, runCommand } from '../../test/command-line.ts';
import {
  type Agent,
  closeUnfailed,
  password,
  signedIn,
  startedServer,
  stranger,
  type TestServer,
} from '../../test/factories.ts';
import { secretOf } from '../../test/secret-of.ts';

let server: TestServer;
let admin: Agent;
beforeAll(async () => {
  ({ server, admin } = await startedServer());
});
afterAll(() => closeUnfailed(server));

const reason = 'The only administrator lost the telephone and the password.';
const run = (...words: string[]): Promise<Ran> => command('reset', ...words);
const command = (...words: string[]): Promise<Ran> =>
  runCommand(words, {
    DATABASE_URL: addressOf(server.database.owner),
    PUBLIC_URL: 'https://aims.example.org',
  });
const next = 'another correct horse battery';
const entries = async () => {
  const { rows } = await server.store.owner.query<{ body: Buffer }>('select body from entry order by seq');
  return rows.map(({ body }) => JSON.parse(body.toString('utf8')));
};

test('a sole administrator without mail gets back in by a link that the operator makes, second factor or not', async () => {
  await authenticator(server, admin).add();
  const made = await run('admin@example.org', '--reason', reason, '--factors');
  expect([made.code, made.err]).toEqual([
    0,
    'The second factors of admin@example.org have ended.\nHand this link to admin@example.org; it sets a new password once, for eight hours. The log says so.\n',
  ]);
  expect(made.out).toMatch(/^https:\/\/aims\.example\.org\/password#token=[\w-]{43}\n$/);
  // Who was signed in is out, and the old password still stands until the link is used.
  expect((await admin.send('GET', '/session')).statusCode).toBe(401);
  const token = secretOf(made.out.trim());
  const nobody = stranger(server);
  const use = () => nobody.send('POST', '/password-resets/use', { token, password: next });
  expect((await use()).statusCode).toBe(201);
  expect((await use()).statusCode).toBe(409);
  const enter = (secret: string) =>
    nobody.send('POST', '/session', { email: 'admin@example.org', password: secret });
  expect([(await enter(password)).statusCode, (await enter(next)).statusCode]).toEqual([401, 200]);
  const told = (await entries()).filter(({ act }) => act === 'reset.made');
  expect(told.map(({ kind, actor, digest }) => [kind, actor.type, typeof digest])).toEqual([
    ['factors', 'rule', 'string'],
    ['password', 'rule', 'string'],
  ]);
});

test('a login that nobody is a member by is erased by the operator, and no other one', async () => {
  const { rows } = await server.store.owner.query<{ id: string }>('select id from organisation');
  const left = await signedIn(server, rows[0]?.id ?? '', ['reader'], { email: 'left@example.org' });
  expect((await command('erase-login', 'left@example.org')).code).toBe(4);
  // As erasures of earlier releases left it.
  await server.store.owner.query('update member set person = null where id = $1', [left.id]);
  const done = await command('erase-login', 'Left@Example.org');
  expect([done.code, done.out]).toEqual([
    0,
    'The login is erased: its address, password and second factors. The log says so.\n',
  ]);
  expect((await entries()).at(-1)).toMatchObject({ act: 'account.erased', reason: 'person-asked' });
  expect((await command('erase-login', 'left@example.org')).code).toBe(3);
});

test('without a reason, and for nobody, nothing is made', async () => {
  const before = (await entries()).length;
  expect((await run('admin@example.org')).code).not.toBe(0);
  expect((await run('admin@example.org', '--reason', 'short')).code).not.toBe(0);
  const unknown = await run('nobody@example.org', '--reason', reason);
  expect([unknown.code === 0, unknown.out]).toEqual([false, '']);
  expect((await entries()).length).toBe(before);
});

test('where the other administrator is away for good, the operator makes a member one, and the log says who did', async () => {
  const { rows } = await server.store.owner.query<{ id: string }>('select id from organisation');
  const here = rows[0]?.id ?? '';
  const member = await signedIn(server, here, ['reader'], {
    email: 'claims@example.org',
    name: 'Head of claims',
  });
  const made = await command('administrator', 'Claims@Example.org');
  expect([made.code, made.out]).toEqual([
    0,
    'Head of claims is an administrator. The log says that whoever operates the server did it.\n',
  ]);
  expect((await member.send('GET', '/session')).json().roles).toEqual(['admin', 'reader']);
  const last = (await entries()).at(-1);
  expect(last).toMatchObject({
    act: 'member.changed',
    member: member.id,
    actor: { type: 'rule', id: 'operator' },
  });
  expect((await command('administrator', 'claims@example.org')).code).toBe(4);
  expect((await command('administrator', 'nobody@example.org')).code).toBe(3);
  await signedIn(server, here, ['external-auditor'], { email: 'auditor@example.org' });
  expect((await command('administrator', 'auditor@example.org', '--json')).code).toBe(4);
});
