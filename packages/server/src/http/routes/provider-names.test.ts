import { type ProviderSettings, usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Agent,
  closeUnfailed,
  firstAdministrator,
  organisation,
  signedIn,
  stranger,
  type TestServer,
  testServer,
} from '../../../test/factories.ts';
import { lead, leadNoMore } from '../../../test/mail-domains.ts';
import { openidProvider, type TestProvider } from '../../../test/openid-provider.ts';

/** By which names a provider is found at the door, and that none of them tells who else is here. */
let server: TestServer;
let admin: Agent;
let neighbour: Agent;
let provider: TestProvider;

beforeAll(async () => {
  server = await testServer();
  admin = await firstAdministrator(server);
  neighbour = await signedIn(server, await organisation(server, 'Neighbour'), ['admin']);
  provider = await openidProvider('http://127.0.0.1:4270/sign-in/return');
});
afterAll(async () => {
  await provider.close();
  await closeUnfailed(server);
});

async function put(agent: Agent, more: Partial<ProviderSettings>) {
  const { issuer, client } = provider;
  const body = { ...usualProvider, issuer, clientId: client.clientId, text: 'Staff', offered: true, ...more };
  return agent.send('PUT', '/sign-in-provider', body);
}
async function given(agent: Agent, address: string | null): Promise<string | null> {
  const answer = await put(agent, { address });
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json().provider.address;
}
const begin = (body: Record<string, unknown>) => stranger(server).send('POST', '/session/provider', body);

test('an address gets an ending that nobody guesses: no word is ever taken, and what stands stays', async () => {
  const ours = await given(admin, 'harbour');
  const theirs = await given(neighbour, 'harbour');
  expect(theirs).toMatch(/^harbour-[a-z2-9]{8}$/);
  expect(theirs).not.toBe(ours);
  expect(await given(neighbour, theirs)).toBe(theirs);
  expect(await given(neighbour, 'harbour')).toBe(theirs);
  // The whole address of another organisation is a word like any other.
  const copied = await given(neighbour, ours);
  expect(copied).toMatch(new RegExp(`^${ours}-[a-z2-9]{8}$`));
  expect((await begin({ address: theirs })).statusCode).toBe(404);
  expect((await begin({ address: copied })).statusCode).toBe(200);
  expect((await begin({ address: 'harbour' })).statusCode).toBe(404);
});

test('what the server has no room behind is refused at the field; the longest is as long as the door takes', async () => {
  const long = await put(neighbour, { address: 'x'.repeat(32) });
  expect([long.statusCode, long.json().errors]).toMatchObject([422, [{ at: 'address' }]]);
  const whole = await given(neighbour, 'x'.repeat(31));
  expect(whole).toHaveLength(40);
  expect((await begin({ address: whole })).statusCode).toBe(200);
});

test('an address of an earlier release stands as it was chosen, until another is', async () => {
  await server.store.owner.query(
    `update sign_in_provider set settings = settings || '{"address":"quay"}' where organisation = $1 and removed_at is null`,
    [neighbour.organisation],
  );
  expect(await given(neighbour, 'quay')).toBe('quay');
  expect((await begin({ address: 'quay' })).statusCode).toBe(200);
  expect(await given(admin, 'quay')).toMatch(/^quay-/);
  expect(await given(neighbour, null)).toBeNull();
  expect((await begin({ address: 'quay' })).statusCode).toBe(404);
});

describe('mail domains', () => {
  const settings = async (agent: Agent) => (await agent.send('GET', '/sign-in-provider')).json();
  const byMail = async (domain: string) => (await begin({ email: `a@${domain}` })).statusCode;
  const domains = ['shared.example'];

  test('that an organisation lets in lead nowhere: whether another one names them too shows in nothing', async () => {
    const alone = await put(neighbour, { domains });
    expect(alone.statusCode).toBe(200);
    expect(await byMail('shared.example')).toBe(404);
    expect((await put(admin, { domains })).statusCode).toBe(200);
    const { id, issuer, clientId, ...same } = alone.json().provider;
    expect((await settings(admin)).provider).toMatchObject({ domains, secret: same.secret, linked: 0 });
    expect(await byMail('shared.example')).toBe(404);
  });

  test('lead where the operator says, which the settings of that organisation show and no other’s', async () => {
    await lead(server, admin.organisation, 'shared.example');
    await lead(server, admin.organisation, 'a.example');
    expect(await byMail('Shared.example')).toBe(200);
    expect((await settings(admin)).leads).toEqual(['a.example', 'shared.example']);
    expect((await settings(neighbour)).leads).toEqual([]);
    // What another organisation sets takes nothing from whom it leads to.
    expect((await put(neighbour, { domains })).statusCode).toBe(200);
    expect(await byMail('shared.example')).toBe(200);
    await leadNoMore(server, admin.organisation, 'shared.example');
    expect(await byMail('shared.example')).toBe(404);
    await lead(server, neighbour.organisation, 'shared.example');
    expect(await byMail('shared.example')).toBe(200);
    expect((await settings(admin)).leads).toEqual(['a.example']);
  });

  test('lead to no provider that is not offered, nor into an archived organisation', async () => {
    await put(neighbour, { offered: false });
    expect(await byMail('shared.example')).toBe(404);
    await put(neighbour, {});
    expect(await byMail('shared.example')).toBe(200);
    const archived = (at: string) =>
      server.store.owner.query(`update organisation set archived_at = ${at} where id = $1`, [
        neighbour.organisation,
      ]);
    await archived('now()');
    expect(await byMail('shared.example')).toBe(404);
    await archived('null');
  });
});
