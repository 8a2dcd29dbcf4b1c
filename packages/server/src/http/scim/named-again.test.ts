import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  signedIn,
  staffedServer,
  type TestServer,
} from '../../../test/factories.ts';
import { aUser, type Provider, provider } from '../../../test/scim.ts';
import { keyedSigning, type TestSigning } from '../../../test/signing.ts';
import { found, publish } from '../../../test/verified-world.ts';

let server: TestServer;
let admin: Agent;
let idp: Provider;
let signing: TestSigning;

beforeAll(async () => {
  ({ server, admin } = await staffedServer());
  signing = await keyedSigning(server.store);
  idp = await provider(server, admin.organisation);
}, 60_000);
afterAll(async () => {
  signing.close();
  await closeUnfailed(server);
});

const member = async (id: string) => (await admin.send('GET', `/members/${id}`)).json();

test.each([
  ['while the provider knew them', async () => {}],
  [
    'after it took them away once, and an administrator let them in again',
    async (id: string) => {
      await idp.send('DELETE', `/Users/${id}`);
      await admin.send('PATCH', `/members/${id}`, { active: true });
    },
  ],
])(
  'whom an administrator ended does not come back by being taken away and named again: %s',
  async (_when, first) => {
    const body = aUser();
    const { id } = (await idp.send('POST', '/Users', body)).json();
    await first(id);
    await admin.send('PATCH', `/members/${id}`, { active: false });
    await idp.send('DELETE', `/Users/${id}`);
    for (const more of [{}, { externalId: undefined }, { active: false }]) {
      const answer = await idp.send('POST', '/Users', { ...body, ...more });
      expect([answer.statusCode, answer.json().scimType]).toEqual([409, undefined]);
      expect(answer.json().detail).toMatch(/An administrator ended this access here/);
    }
    expect(await member(id)).toMatchObject({ active: false });
    await publish(server, signing);
    expect(await found(server, admin.organisation)).toEqual([]);
  },
);

test('a mailbox that somebody else has now opens nothing of whoever had it, where the provider names no id of its own', async () => {
  const leaver = await signedIn(server, admin.organisation, ['reader'], { email: 'leaver@scim.example' });
  const said = { userName: 'desk@scim.example', emails: [{ value: 'desk@scim.example', primary: true }] };
  await idp.send('PUT', `/Users/${leaver.id}`, aUser(said));
  await idp.send('DELETE', `/Users/${leaver.id}`);
  const next = (await idp.send('POST', '/Users', aUser({ ...said, externalId: undefined }))).json();
  expect(next.id).not.toBe(leaver.id);
  expect(await member(leaver.id)).toMatchObject({ active: false });
});
