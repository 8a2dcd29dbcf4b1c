import { usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Agent,
  alsoIn,
  closeUnfailed,
  firstAdministrator,
  organisation,
  password,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { linkOf, type Mailbox, openMailbox } from '../../../test/mailbox.ts';
import { secretOf } from '../../../test/secret-of.ts';
import { resetAsked } from '../../features/sign-in/reset.ts';

// Anybody may knock in anybody's name. What an organisation is told of it is the same whether its member belongs to
// another one too, which the door takes first, or not.
let mailbox: Mailbox;
let server: TestServer;
let admin: Agent;
let nobody: Agent;
let bank: string;
let banker: Agent;
let people = 0;

beforeAll(async () => {
  mailbox = await openMailbox();
  server = await testServer({ mail: mailbox.mail });
  admin = await firstAdministrator(server);
  nobody = stranger(server);
  bank = await organisation(server, 'Harbour Bank');
  banker = await signedIn(server, bank, ['admin']);
});
beforeEach(() => {
  mailbox.taken.length = 0;
});
afterAll(async () => {
  await mailbox.close();
  await closeUnfailed(server);
});

/** A member of the bank alone, and one who is in an organisation before it by name. */
async function aloneAndElsewhere() {
  const [alone, elsewhere] = [`guest-${++people}@example.org`, `guest-${++people}@example.org`];
  const here = await signedIn(server, bank, ['reader'], { email: alone });
  const there = await signedIn(server, admin.organisation, ['reader'], { email: elsewhere });
  const member = await alsoIn(server, there, bank, ['reader']);
  return [
    { email: alone, member: here.id },
    { email: elsewhere, member },
  ] as const;
}

/** What the bank is told of a member since a place in its log: acts and who acted, and the names of what they say. */
async function toldSince(seq: string, member: string): Promise<unknown> {
  const { rows } = await server.store.owner.query<{ body: string }>(
    `select convert_from(body, 'UTF8') as body from entry
      where organisation = $1 and seq > $2 and position($3 in convert_from(body, 'UTF8')) > 0 order by seq`,
    [bank, seq, member],
  );
  return rows.map(({ body }) => {
    const said = JSON.parse(body);
    return { act: said.act, actor: said.actor, says: Object.keys(said).sort() };
  });
}
async function place(): Promise<string> {
  const { rows } = await server.store.owner.query<{ seq: string }>(
    'select coalesce(max(seq), 0)::text as seq from entry where organisation = $1',
    [bank],
  );
  return rows[0]?.seq ?? '0';
}
const resetsIn = async (member: string) => {
  const { rows } = await server.store.owner.query(
    'select kind, used_at from account_reset where organisation = $1 and member = $2 order by at, id',
    [bank, member],
  );
  return rows;
};
const guess = (email: string, named?: string) =>
  nobody.send('POST', '/session', { email, password: 'not the password at all', organisation: named });
const jobs = async () => (await banker.send('GET', '/jobs')).json().items;

test('a wrong password is told of alike', async () => {
  const told: unknown[] = [];
  for (const { email, member } of await aloneAndElsewhere()) {
    const before = await place();
    const refused = await nobody.send('POST', '/session', { email, password: 'not the password at all' });
    expect(refused.statusCode).toBe(401);
    // Written once the answer has left.
    await expect.poll(() => toldSince(before, member)).toHaveLength(1);
    told.push(await toldSince(before, member));
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[0]).toMatchObject([{ act: 'session.refused', actor: { type: 'visitor' } }]);
});

test('a wrong password at one organisation’s door is told to that one', async () => {
  const [, { email, member }] = await aloneAndElsewhere();
  const before = await place();
  const refused = await nobody.send('POST', '/session', {
    email,
    password: 'not the password at all',
    organisation: admin.organisation,
  });
  expect(refused.statusCode).toBe(401);
  await nobody.send('POST', '/session', { email, password: 'not the password at all', organisation: bank });
  await expect.poll(() => toldSince(before, member)).toHaveLength(1);
});

test('a wrong password of whoever’s access ended is told to an organisation that is named alone', async () => {
  const told: unknown[] = [];
  for (const { email, member } of await aloneAndElsewhere()) {
    expect((await banker.send('PATCH', `/members/${member}`, { active: false })).statusCode).toBe(200);
    const before = await place();
    const refused = await guess(email);
    // Somebody who belongs to neither is told of by what the bank knows itself, and so is where else they belong.
    await guess(email, admin.organisation);
    const named = await guess(email, bank);
    expect([named.statusCode, named.json().detail]).toEqual([401, refused.json().detail]);
    await expect.poll(() => toldSince(before, member)).toHaveLength(1);
    told.push(await toldSince(before, member));
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[0]).toMatchObject([{ act: 'session.refused', actor: { type: 'visitor' } }]);
});

test('a wrong password at the door of another organisation is told to none that was not named', async () => {
  for (const { email, member } of await aloneAndElsewhere()) {
    const before = await place();
    // More often than the bank is told of: what else it were told is written by then.
    for (const named of [admin.organisation, admin.organisation, bank])
      expect((await guess(email, named)).statusCode).toBe(401);
    await expect.poll(() => toldSince(before, member)).toHaveLength(1);
  }
});

test('a wish for a new password of whoever’s access ended is told to nobody there', async () => {
  const [alone, elsewhere] = await aloneAndElsewhere();
  for (const { email, member } of [alone, elsewhere]) {
    await banker.send('PATCH', `/members/${member}`, { active: false });
    const before = await place();
    await resetAsked(server.services, { address: email });
    expect([await toldSince(before, member), await resetsIn(member)]).toEqual([[], []]);
  }
  expect(mailbox.taken).toEqual([expect.stringContaining(elsewhere.email)]);
});

test('a wished link is made where a password lets in, and told of there alone', async () => {
  // By name before the bank, and entered by its own provider.
  const anchor = await organisation(server, 'Anchor Bank');
  const anchored = await signedIn(server, anchor, ['admin']);
  const kept = await anchored.send('PUT', '/sign-in-provider', {
    ...{ ...usualProvider, issuer: 'https://provider.example.org', clientId: 'throughline', secret: 'kept' },
    ...{ text: 'Staff account', offered: true, ownSignIn: 'administrators' },
  });
  expect(kept.statusCode, kept.body).toBe(200);
  const email = `guest-${++people}@example.org`;
  const member = await alsoIn(server, await signedIn(server, bank, ['reader'], { email }), anchor, [
    'reader',
  ]);
  await resetAsked(server.services, { address: email });
  const token = secretOf(linkOf(mailbox.taken[0], '/password'));
  const used = await nobody.send('POST', '/password-resets/use', { token, password: `${password} again` });
  expect([used.statusCode, used.json().organisation?.id], used.body).toEqual([201, bank]);
  const { rows } = await server.store.owner.query('select kind from account_reset where member = $1', [
    member,
  ]);
  expect(rows).toEqual([]);
});

test('a wish for a new password is told of alike, is no job of theirs, and is one mail', async () => {
  const told: unknown[] = [];
  for (const { email, member } of await aloneAndElsewhere()) {
    const [before, had] = [await place(), await jobs()];
    for (const many of [1, 2, 3, 3]) {
      await resetAsked(server.services, { address: email });
      expect(mailbox.taken.filter((mail) => mail.includes(email))).toHaveLength(many);
    }
    told.push([await toldSince(before, member), await resetsIn(member)]);
    expect(await jobs()).toEqual(had);
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[0]).toMatchObject([Array.from({ length: 3 }, () => ({ act: 'reset.made' })), [{}, {}, {}]]);
});
