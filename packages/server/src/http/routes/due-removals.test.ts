import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type Agent,
  ifMatch,
  organisation,
  signedIn,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';

/** What is due for removal is proposed; a person archives it, another right erases it, and a hold bars both reasons. */
let server: TestServer;
let house: string;
let manager: Agent;
let admin: Agent;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  house = await organisation(server);
  [manager, admin] = await Promise.all([
    signedIn(server, house, ['aims-manager']),
    signedIn(server, house, ['admin', 'aims-manager']),
  ]);
});

const make = async (fields: Record<string, unknown>, collection = 'evidence') => {
  const answer = await manager.send('POST', `/${collection}`, { fields });
  expect(answer.statusCode).toBe(201);
  return answer.json().record as { id: string; ref: string };
};
const due = async (who: Agent) => (await who.send('GET', '/due-removals')).json();
const archive = (id: string, collection = 'evidence') =>
  manager.send('POST', `/${collection}/${id}/archive`, {}, ifMatch(1));
const erase = (id: string, reason: string, collection = 'evidence') =>
  admin.send('POST', `/${collection}/${id}/erase`, { reason }, ifMatch(2));

test('records of every such kind whose time is over are listed, earliest first, with what comes next', async () => {
  await make({ name: 'Log', keepUntil: '2021-01' });
  await make({ name: 'Kept', keepUntil: '2999-01-01' });
  await make({ name: 'Unsaid' });
  await make({ name: 'Policy', type: 'policy', keepUntil: '2020-05-01' }, 'documents');
  const { items, more } = await due(admin);
  expect(more).toBe(false);
  expect(items).toMatchObject([
    { record: { title: 'Policy' }, until: '2020-05-01', hold: null, archived: false },
    { record: { title: 'Log' }, until: '2021-01-31' },
  ]);
  expect(items[0].erase).toMatchObject({
    allowed: false,
    reason: 'Archive this record first. Erasing cannot be undone.',
  });
  const offered = (await due(manager)).items[0].erase;
  expect(offered).toMatchObject({ allowed: false, who: ['admin'] });
});

test('another organisation hears nothing of it', async () => {
  await make({ name: 'Log', keepUntil: '2021-01' });
  const elsewhere = await signedIn(server, await organisation(server), ['admin', 'aims-manager']);
  expect(await due(elsewhere)).toEqual({ items: [], more: false });
});

test('archived, it is erased for that reason, and due no more', async () => {
  const { id } = await make({ name: 'Log', keepUntil: '2021-01' });
  await archive(id);
  expect((await due(admin)).items[0]).toMatchObject({ archived: true, erase: { allowed: true } });
  expect((await erase(id, 'retention')).statusCode).toBe(200);
  expect((await due(admin)).items).toEqual([]);
});

test('before its time is over, or without one, it is not erased for that reason; for another it is', async () => {
  for (const [fields, said] of [
    [{ name: 'Kept', keepUntil: '2999-01-01' }, 'It is kept until 1 Jan 2999.'],
    [{ name: 'Unsaid' }, 'Nothing says until when it is kept, so that time is not over.'],
  ] as const) {
    const { id } = await make(fields);
    await archive(id);
    const refused = await erase(id, 'retention');
    expect([refused.statusCode, refused.json().detail]).toEqual([409, said]);
    expect((await erase(id, 'law')).statusCode).toBe(200);
  }
});

test('under a legal hold it is erased for no reason, and the page says so', async () => {
  const { id } = await make({ name: 'Log', keepUntil: '2021-01', legalHold: 'A claim is open' });
  await archive(id);
  const held = 'It is under a legal hold, which is lifted first.';
  for (const reason of ['retention', 'law', 'person-asked', 'mistake']) {
    const refused = await erase(id, reason);
    expect([refused.statusCode, refused.json().detail]).toEqual([409, held]);
  }
  expect((await due(admin)).items).toMatchObject([
    { hold: 'A claim is open', erase: { allowed: false, reason: held } },
  ]);
  expect((await admin.send('GET', `/evidence/${id}`)).json().abilities.erase).toMatchObject({
    allowed: false,
    reason: held,
  });
});
