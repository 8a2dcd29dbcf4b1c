import { type ProviderSettings, usualProvider } from '@throughline/domain/provider.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
